import type { Bilingual } from '../../../../platform/contract/index.ts'
import conditions from '../../content/conditions.json' with { type: 'json' }
import procedures from '../../content/procedures.json' with { type: 'json' }

/** Names of people and of Latin stay capital within a sentence. */
const PROPER = /^(?:[A-Z]{2}|Helicobacter|Parkinson|Alzheimer|Hashimoto)/

const ofConditions = namesIn(conditions.conditions)
const ofProcedures = namesIn(procedures.procedures)

function namesIn(list: readonly ({ code: string } & Bilingual)[]): ReadonlyMap<string, Bilingual> {
  const withinSentence = (en: string) => (PROPER.test(en) ? en : en.charAt(0).toLowerCase() + en.slice(1))
  return new Map(list.map(({ code, zh, en }) => [code, { zh, en: withinSentence(en) }]))
}

/** What a disease is called, as far as the short list for entry has it. A category goes by its unspecified form: I61 as I61.9. */
export function conditionName(code: string): Bilingual | undefined {
  return ofConditions.get(code) ?? (/^[A-Z]\d\d$/.test(code) ? ofConditions.get(`${code}.9`) : undefined)
}

export function procedureName(code: string): Bilingual | undefined {
  return ofProcedures.get(code)
}
