import { dateIn } from '../../../../platform/clock.ts'
import type { Locale } from '../../../../platform/contract/index.ts'
import { nameOf, printUnit, type ObservationRow } from '../../../observation/server/index.ts'
import type { ComparedIndicator } from '../render/report-document.ts'
import { flagOf, printedName, valueOf } from './items.ts'

/** Indicators whose course is printed even when it was never out of range. */
const ALWAYS_COMPARED = ['sbp', 'dbp', 'bmi', 'fpg', 'hba1c', 'tc', 'ldl', 'ua', 'alt', 'crea']
const COMPARED_MOST = 36
const POINTS_MOST = 8

/**
 * 历年对比: the course of what is marked now, of what was marked before, and of what everybody asks for; only exact
 * numbers, up to the day of this examination.
 */
export function comparisonOf(
  abnormal: readonly string[],
  series: ReadonlyMap<string, readonly ObservationRow[]>,
  until: Date,
  language: Locale,
  timeZone: string,
): ComparedIndicator[] {
  const formerly = [...series].filter(([, rows]) => rows.some((row) => flagOf(row) !== '')).map(([code]) => code)
  return [...new Set([...abnormal, ...ALWAYS_COMPARED, ...formerly])]
    .map((code) => (series.get(code) ?? []).filter((row) => isPoint(row) && row.effective_at <= until))
    .filter((rows) => rows.length >= 2)
    .slice(0, COMPARED_MOST)
    .map((rows) => indicatorOf(rows, language, timeZone))
}

const isPoint = (row: ObservationRow) => row.value !== null && row.comparator === null && row.method !== 'home'

function indicatorOf(rows: readonly ObservationRow[], language: Locale, timeZone: string): ComparedIndicator {
  const newest = rows.at(-1)!
  return {
    indicator: nameOf(newest.code, language, printedName(newest)),
    unit: printUnit(newest.unit, language),
    points: rows.slice(-POINTS_MOST).map((row) => ({
      date: dateIn(row.effective_at, timeZone),
      value: row.value!,
      valueText: valueOf(row),
      ...(row.low === null ? {} : { low: row.low }),
      ...(row.high === null ? {} : { high: row.high }),
      flag: flagOf(row),
    })),
  }
}
