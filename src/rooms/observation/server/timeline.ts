import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf, Locale } from '../../../platform/contract/index.ts'
import { indicatorByCode } from '../../../clinical/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { Flag } from '../contract/record.ts'
import { RECORD_KINDS, type recordTimeline } from '../contract/timeline.ts'
import { cursorOf, readCursor } from './cursor.ts'
import { decimalsOf, nameOf, printUnit, textOf } from './name.ts'
import { findTimeline, type TimelineRow } from './store-timeline.ts'

type Page = AnswerOf<typeof recordTimeline>
type Entry = Page['rows'][number]

/** Values shown of one day or report; the rest is counted. */
const LINES = 8

/** The record's share of a patient's timeline, newest first. */
export async function showTimeline(
  ctx: ReadContext,
  patientId: string,
  query: { cursor?: string; limit: number; kinds?: string },
): Promise<Page> {
  await requireVisible(ctx, patientId)
  const asked = query.kinds?.split(',')
  const before = readCursor(query.cursor)
  const rows = await findTimeline(ctx.db, {
    organizationId: ctx.organizationId,
    patientId,
    timeZone: ctx.tenant.timeZone,
    kinds: RECORD_KINDS.filter((kind) => !asked || asked.includes(kind)),
    ...(before ? { before } : {}),
    limit: query.limit + 1,
  })
  const page = rows.slice(0, query.limit)
  const last = page.at(-1)
  return {
    rows: page.map((row) => entryOf(row, patientId, ctx.locale)),
    next: rows.length > query.limit && last ? cursorOf(last.at, last.id) : null,
  }
}

interface Item {
  code: string
  value: number | null
  text: string | null
  comparator: string | null
  unit: string | null
  flag: Flag | null
  name: string | null
}

function entryOf(
  { kind, id, at, date_only: dateOnly, detail, author }: TimelineRow,
  patientId: string,
  locale: Locale,
): Entry {
  const word = (key: string) => (typeof detail[key] === 'string' ? detail[key] : '')
  const entry = { id, kind, at: at.toISOString(), dateOnly, by: author }
  if (kind === 'report' || kind === 'observation-day') {
    const items = (detail[kind === 'report' ? 'abnormal' : 'items'] ?? []) as Item[]
    const danger = items.some(({ flag }) => flag === 'HH' || flag === 'LL')
    return {
      ...entry,
      title: word('title'),
      text: word('impression') || word('performer'),
      lines: items.slice(0, LINES).map((item) => lineOf(item, locale)),
      lineCount: Number(detail[kind === 'report' ? 'items' : 'count'] ?? 0),
      tone: danger ? 'danger' : 'plain',
      to:
        kind === 'report' ? `/patients/${patientId}?tab=reports&report=${id}` : `/patients/${patientId}?tab=indicators`,
    }
  }
  return {
    ...entry,
    title: word('title') || word('name') || word('department'),
    text: word('note'),
    code: word('class') || word('relation'),
    tone: kind === 'allergy' ? 'danger' : 'plain',
    to: `/patients/${patientId}?facts=${kind}`,
  }
}

/** A number as the indicator is shown, without trailing noise. */
export function valueText(
  { code, value, text, comparator }: Pick<Item, 'code' | 'value' | 'text' | 'comparator'>,
  locale: Locale,
): string {
  if (value === null) return textOf(code, text, locale) ?? ''
  const indicator = indicatorByCode(code)
  return `${comparator ?? ''}${indicator ? value.toFixed(decimalsOf(indicator)) : String(value)}`
}

function lineOf(item: Item, locale: Locale): NonNullable<Entry['lines']>[number] {
  return {
    label: nameOf(item.code, locale, item.name),
    value: valueText(item, locale),
    unit: printUnit(item.unit, locale),
    flag: item.flag,
  }
}
