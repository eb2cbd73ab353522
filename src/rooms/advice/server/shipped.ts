import { z } from 'zod'
import type { WriteContext } from '../../../platform/context/context.ts'
import diet from '../content/cards/diet.json' with { type: 'json' }
import exercise from '../content/cards/exercise.json' with { type: 'json' }
import mind from '../content/cards/mind.json' with { type: 'json' }
import wellness from '../content/cards/wellness.json' with { type: 'json' }
import { cardDefinition, type CardDefinition } from '../contract/words.ts'
import { insertShipped } from './card-store.ts'

/** The cards that come with Peiban. */
export const shippedCards: CardDefinition[] = z
  .array(cardDefinition)
  .parse([diet, exercise, mind, wellness].flatMap(({ cards }) => cards as unknown[]))

/**
 * Puts the shipped cards in force in an organization, and newer versions of those that it has left as they were. Runs at
 * its founding and daily, so that new content reaches all.
 * @returns how many came
 */
export async function installShippedAdviceCards(ctx: WriteContext): Promise<number> {
  return insertShipped(ctx.tx, ctx.organizationId, shippedCards, ctx.clock.now())
}
