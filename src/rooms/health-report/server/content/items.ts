import { dateIn } from '../../../../platform/clock.ts'
import type { Locale } from '../../../../platform/contract/index.ts'
import { indicatorByCode, isHepatitisB } from '../../../../clinical/index.ts'
import { nameOf, printUnit, type ObservationRow } from '../../../observation/server/index.ts'
import type { AbnormalItem, ReportFlag, ReportItem } from '../render/report-document.ts'

interface Original {
  name?: unknown
  panel?: unknown
  absent?: unknown
  sensitive?: unknown
}

const originalOf = (row: ObservationRow): Original => (row.original ?? {}) as Original
const textOrNull = (value: unknown): string | null => (typeof value === 'string' ? value : null)

export function printedName(row: ObservationRow): string | null {
  return textOrNull(originalOf(row).name)
}

/** Whether a result is printed on the sealed sheet alone, by its code, its names or the words of its result (R13). */
export function isApart(row: ObservationRow, reportTitle = ''): boolean {
  const { name, panel, sensitive } = originalOf(row)
  const texts = [textOrNull(name), textOrNull(panel), row.value_text, reportTitle]
  return sensitive === true || isHepatitisB({ code: row.code, texts })
}

/** Why an item was not done, as the laboratory printed it (弃检, 标本溶血); null where there is a result. */
export function notDoneBecause(row: ObservationRow): string | null {
  return row.value === null && originalOf(row).absent ? (row.value_text ?? '') : null
}

export function flagOf(row: ObservationRow): ReportFlag {
  if (row.flag === 'H' || row.flag === 'HH') return '↑'
  if (row.flag === 'L' || row.flag === 'LL') return '↓'
  return row.flag === 'A' ? '异常' : ''
}

export function valueOf(row: ObservationRow): string {
  if (row.value === null) return row.value_text ?? ''
  const indicator = indicatorByCode(row.code)
  const digits = indicator?.kind === 'number' ? indicator.decimals : undefined
  return `${row.comparator ?? ''}${digits === undefined ? row.value : row.value.toFixed(digits)}`
}

export function itemOf(row: ObservationRow, language: Locale): ReportItem {
  return {
    name: nameOf(row.code, language, printedName(row)),
    value: valueOf(row),
    unit: printUnit(row.unit, language),
    rangeText: row.range_text ?? rangeText(row.low, row.high),
    flag: flagOf(row),
  }
}

function rangeText(low: number | null, high: number | null): string {
  if (low !== null && high !== null) return `${low}–${high}`
  if (high !== null) return `≤${high}`
  return low === null ? '' : `≥${low}`
}

/** The value before this one in its course, taken the same way: what was measured at home is another course. */
export function previousRow(
  row: ObservationRow,
  series: ReadonlyMap<string, readonly ObservationRow[]>,
): ObservationRow | undefined {
  return (series.get(row.code) ?? [])
    .filter((other) => other.effective_at < row.effective_at && (other.method === 'home') === (row.method === 'home'))
    .at(-1)
}

export function previousOf(before: ObservationRow | undefined, timeZone: string): Pick<AbnormalItem, 'previous'> {
  if (!before) return {}
  return { previous: { date: dateIn(before.effective_at, timeZone), value: valueOf(before), flag: flagOf(before) } }
}
