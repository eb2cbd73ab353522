import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { WriteContext } from '../../../platform/context/context.ts'
import { mediaDefinition, type MediaDefinition } from '../contract/words.ts'
import { cards, written } from './cards.ts'
import { rowOf } from './picture.ts'
import { keepPictures } from './picture-store.ts'

const CONTENT = join(import.meta.dirname, '../content')

/** In the files a picture goes by its name; in a definition by its content. */
const file = z.object({ cards: z.array(z.looseObject({ steps: z.array(z.looseObject({ picture: z.string() })) })) })

/** The drawings that come with Peiban, by the name of their file. They pass the same door as uploaded ones. */
export const shippedPictures = new Map(
  globSync('pictures/*.svg', { cwd: CONTENT }).map((path) => [
    path.replace(/^pictures[/\\](.*)\.svg$/, '$1'),
    rowOf(readFileSync(join(CONTENT, path))),
  ]),
)

/** The cards that come with Peiban. */
export const shippedMedia: MediaDefinition[] = z.array(mediaDefinition).parse(
  globSync('cards/*.json', { cwd: CONTENT })
    .toSorted()
    .flatMap((path) => file.parse(JSON.parse(readFileSync(join(CONTENT, path), 'utf8'))).cards)
    .map((card) => ({
      ...card,
      steps: card.steps.map((step) => ({ ...step, picture: shippedPictures.get(step.picture)?.key ?? step.picture })),
    })),
)

/**
 * Puts the shipped cards and their drawings in force in an organization, and newer versions of those that nobody of it has
 * touched. Runs at its founding and daily, so that new content reaches all.
 * @returns how many cards came
 */
export async function installShippedMedia(ctx: WriteContext): Promise<number> {
  const at = ctx.clock.now()
  const added = { organization_id: ctx.organizationId, added_at: at, added_by: null, added_by_name: 'Peiban' }
  await keepPictures(
    ctx.tx,
    [...shippedPictures.values()].map((row) => ({ ...row, ...added })),
  )
  return cards.ship(ctx, shippedMedia.map(written), at)
}
