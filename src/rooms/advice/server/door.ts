import type { ReadContext } from '../../../platform/context/context.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { CardDefinition, Reason } from '../contract/words.ts'
import { findInForce } from './card-store.ts'
import { choose } from './propose.ts'

export interface ChosenCard {
  version: number
  definition: CardDefinition
  reasons: Reason[]
}

/**
 * Cards that the rules choose for a person today, with reasons; those with something against them left out. Cards on mood
 * and mind are among them only for who may give them.
 * @throws Problem NotFound when the caller may not see the person
 */
export async function chosenAdvice(ctx: ReadContext, patientId: string): Promise<ChosenCard[]> {
  const person = await requireVisible(ctx, patientId)
  if (person.state !== 'active') return []
  const { proposed } = await choose(ctx, person)
  return proposed
    .filter(({ card }) => card.kind !== 'mind' || ctx.actor.permissions.has('advice.give-mind'))
    .map(({ card, reasons }) => ({ version: card.version, definition: card.definition, reasons }))
}

/** Cards in force and not over, for content that refers to them by code. */
export async function adviceCards(
  ctx: ReadContext,
  codes?: readonly string[],
): Promise<{ version: number; definition: CardDefinition }[]> {
  const rows = await findInForce(ctx.db, ctx.organizationId, ctx.today)
  return rows
    .filter(({ code }) => !codes || codes.includes(code))
    .map(({ version, definition }) => ({ version, definition }))
}
