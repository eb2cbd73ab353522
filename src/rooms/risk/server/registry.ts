import { instruments } from '../../../clinical/instrument/registry.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import type { listInstruments } from '../contract/risk.ts'
import { mapped } from './mapping.ts'

const fromRecord = new Set(mapped.map(({ instrument }) => instrument.card.code))

/** Every instrument with what its numbers rest on, from the same cards that compute. */
export function showInstruments(): AnswerOf<typeof listInstruments> {
  return {
    instruments: instruments.map(({ card }) => ({
      code: card.code,
      version: card.version,
      title: card.title,
      about: card.about,
      kind: card.kind,
      badge: card.badge,
      stance: card.licence.stance,
      licence: card.licence.text,
      population: card.population,
      sources: card.sources,
      unconfirmed: card.unconfirmed ?? null,
      checkedOn: card.checkedOn,
      release: card.release,
      fromRecord: fromRecord.has(card.code),
    })),
  }
}
