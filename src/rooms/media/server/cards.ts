import { versionsIn } from '../../../platform/versions/index.ts'
import type { MediaDefinition } from '../contract/words.ts'
import type { MediaCardTable } from './table.ts'

/** Cards by version: drafted by one, published by another, shipped ones renewed where nobody has touched them. */
export const cards = versionsIn<MediaCardTable>('media_card')

/** A definition with the columns that follow from it. */
export function written(definition: MediaDefinition) {
  return {
    code: definition.code,
    definition,
    columns: { kind: definition.kind, expires_on: definition.expiresOn },
  }
}

export type CardRow = Awaited<ReturnType<typeof cards.inForce>>[number]
