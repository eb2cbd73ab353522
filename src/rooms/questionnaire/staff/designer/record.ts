import {
  EXTENSION,
  type Coding,
  type Quantity,
  type QuestionnaireItem,
} from '../../../../clinical/questionnaire/index.ts'
import { flagOf, valueIn, withExtensions, withFlag, withoutExtension } from './extension.ts'

const LOINC = 'http://loinc.org'

/** How an item meets the record: under which code, how old a value may be to stand for the answer, whether it is kept. */
export interface RecordLink {
  code: string
  display: string
  days?: number
  extracts: boolean
}

const DAYS: Record<string, number> = { a: 365, mo: 30, wk: 7, d: 1 }

export function recordLink(item: QuestionnaireItem): RecordLink {
  const coding = Array.isArray(item.code) ? item.code[0] : undefined
  const period = valueIn(item, 'observationLinkPeriod') as Quantity | undefined
  const days =
    period?.value === undefined ? undefined : Math.round(period.value * (DAYS[period.code ?? period.unit ?? 'd'] ?? 1))
  return {
    code: coding?.code ?? '',
    display: coding?.display ?? '',
    ...(days === undefined ? {} : { days }),
    extracts: flagOf(item, 'observationExtract'),
  }
}

/** The first code; others that a file brought stay behind it. */
export function withCode(item: QuestionnaireItem, code: string, display: string): QuestionnaireItem {
  const [first, ...rest] = Array.isArray(item.code) ? item.code : []
  const made: Coding = { ...first, system: first?.system ?? LOINC, code, ...(display ? { display } : {}) }
  const all = code === '' ? rest : [made, ...rest]
  const { code: _old, ...others } = item
  return all.length > 0 ? { ...others, code: all } : others
}

export function withLinkDays(item: QuestionnaireItem, days: number | undefined): QuestionnaireItem {
  if (!days) return withoutExtension(item, 'observationLinkPeriod')
  const valueDuration = { value: days, unit: 'd', system: 'http://unitsofmeasure.org', code: 'd' }
  return withExtensions(item, 'observationLinkPeriod', [{ url: EXTENSION.observationLinkPeriod[0], valueDuration }])
}

export const withExtract = (item: QuestionnaireItem, on: boolean): QuestionnaireItem =>
  withFlag(item, 'observationExtract', on)
