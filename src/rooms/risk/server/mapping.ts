import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { instrumentByCode } from '../../../clinical/instrument/registry.ts'
import type { Instrument } from '../../../clinical/instrument/core/instrument.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import content from '../content/questions.json' with { type: 'json' }

/** How one input of an instrument is found in the record. Windows are in months back from today. */
export type InputSource =
  | { person: 'age' | 'sex' }
  | { indicator: string; months: number }
  /** The mean of the readings of the newest day, taken in the house; a single one stands alone and is marked. */
  | { pressure: 'sbp' | 'dbp'; months: number }
  | { question: string }

/** `content/instrument/*.json` */
export interface Mapping {
  instrument: string
  /** What the number beside the band is called; without it no number is shown. */
  value?: { zh: string; en: string; unit?: string; decimals: number }
  /** The ways of asking that the record can answer, the one that says most first; without it all, in their order. */
  forms?: string[]
  /** Whom the model is made for: one sex, a question that must be answered yes. */
  only?: { sex?: 'male' | 'female'; yes?: string[] }
  /** For whom it does not hold: questions that are answered yes. */
  notWith?: string[]
  inputs: Record<string, InputSource>
}

/** What is asked of a person in words, and which facts of the record answer it. */
export interface Question extends Bilingual {
  code: string
  answerMonths?: number
  /** ICD-10 prefixes; an active one means yes. */
  condition?: string[]
  /** Key of `medicines`. */
  medicine?: string
  observation?: { code: string; months: number; yes: string[]; no: string[] }
  family?: { codes: string[]; relations: string[] }
}

export interface MappedInstrument {
  instrument: Instrument
  mapping: Mapping
}

const folder = join(import.meta.dirname, '../content/instrument')

/** All that are written, also for instruments that are not there yet. */
export const mappings: readonly Mapping[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .toSorted()
  .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as Mapping)

/** Those whose instrument is in the registry: what is computed from the record by itself. */
export const mapped: readonly MappedInstrument[] = mappings.flatMap((mapping) => {
  const instrument = instrumentByCode(mapping.instrument)
  return instrument ? [{ instrument, mapping }] : []
})

const questions = new Map((content.questions as Question[]).map((one) => [one.code, one]))
const medicines: Readonly<Record<string, readonly string[]>> = content.medicines

export function questionByCode(code: string): Question | undefined {
  return questions.get(code)
}

export function medicinesOf(key: string): readonly string[] {
  return medicines[key] ?? []
}

/** Readings of a pressure that are averaged at most; a day has rarely more. */
const PRESSURES_READ = 6

/** Which codes are read from the record, and how many of the newest values of each. */
export const codesRead: ReadonlyMap<string, number> = new Map(
  mapped.flatMap(({ mapping }) =>
    Object.values(mapping.inputs).flatMap((source): [string, number][] => {
      if ('indicator' in source) return [[source.indicator, 1]]
      if ('pressure' in source) return [[source.pressure, PRESSURES_READ]]
      const observed = 'question' in source ? questions.get(source.question)?.observation : undefined
      return observed ? [[observed.code, 1]] : []
    }),
  ),
)

/** Changes with any number, rule or window, so that everybody is looked at anew after an upgrade. */
export const edition: string = createHash('sha256')
  .update(JSON.stringify([mapped.map(({ instrument: { card }, mapping }) => [card.version, mapping]), content]))
  .digest('base64url')
