import { indicatorByCode } from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { staffNames } from '../../staff/server/index.ts'
import type { RecordedValue } from '../contract/record.ts'
import { decimalsOf, nameOf, printUnit, textOf } from './name.ts'
import type { ObservationRow } from './read-observation.ts'
import type { Superseded } from './table.ts'

/** Rows as JSON brings them: dates are text there. */
export type LooseRow = Omit<ObservationRow, 'effective_at' | 'recorded_at' | 'superseded_at'> & {
  effective_at: Date | string
  superseded_at: Date | string | null
}

export type Names = ReadonlyMap<string, string>

/** Names of the authors of facts and of their corrections, in one query. */
export function namesFor(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  rows: readonly { author_id: string | null; superseded_author_id: string | null }[],
): Promise<Names> {
  return staffNames(
    ctx,
    rows.flatMap((row) => [row.author_id, row.superseded_author_id].filter((id) => id !== null)),
  )
}

export const iso = (at: Date | string): string => (at instanceof Date ? at : new Date(at)).toISOString()

export function endedView(
  row: Omit<Superseded, 'superseded_at'> & { id: string; superseded_at: Date | string | null },
  names: Names,
) {
  if (row.superseded_by === null || row.superseded_at === null) return null
  return {
    at: iso(row.superseded_at),
    by: (row.superseded_author_id && names.get(row.superseded_author_id)) || '',
    because: row.superseded_because ?? '',
    withdrawn: row.superseded_by === row.id,
    replacedBy: row.superseded_by,
  }
}

/** A value as pages show it: named, with its own interval and with what was sent. */
export function valueView(row: LooseRow, locale: Locale, names: Names): RecordedValue {
  const original = (row.original ?? {}) as Record<string, unknown>
  const word = (key: string) =>
    typeof original[key] === 'string' || typeof original[key] === 'number' ? String(original[key]) : null
  const sent = { value: word('value'), unit: word('unit'), name: word('name'), code: word('code') }
  const indicator = indicatorByCode(row.code)
  return {
    id: row.id,
    code: row.code,
    name: nameOf(row.code, locale, sent.name),
    at: iso(row.effective_at),
    value: row.value,
    text: textOf(row.code, row.value_text, locale),
    comparator: row.comparator,
    remark: word('remark'),
    unit: row.unit,
    unitPrinted: printUnit(row.unit, locale),
    decimals: decimalsOf(indicator),
    low: row.low,
    high: row.high,
    rangeText: row.range_text,
    flag: row.flag,
    method: row.method,
    source: row.source,
    by: (row.author_id && names.get(row.author_id)) || null,
    reportId: row.report_id,
    original: sent.value !== null || sent.unit !== null ? sent : null,
    derivedFrom: Array.isArray(original['derivedFrom']) ? (original['derivedFrom'] as string[]) : [],
    ended: endedView(row, names),
  }
}
