import type { DayKind, HolidayDay } from '../../contract/holiday.ts'

const DATE = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/

/** What a file calls a day; undefined where it says nothing we know. */
const KINDS: readonly [RegExp, DayKind][] = [
  [/^(work|workday|上班|调休上班|补班|调班|班|0|false)$/i, 'work'],
  [/^(off|holiday|rest|休|休息|放假|假|节假日|1|true)$/i, 'off'],
]

const kindOf = (word: string) => KINDS.find(([pattern]) => pattern.test(word.trim()))?.[1]

/** A calendar date as people write it; undefined when there is no such day. */
function dateOf(text: string): string | undefined {
  const match = DATE.exec(text.trim())
  if (!match) return undefined
  const day = `${match[1]}-${match[2]!.padStart(2, '0')}-${match[3]!.padStart(2, '0')}`
  const time = Date.parse(`${day}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === day ? day : undefined
}

/**
 * Reads days off out of a file: CSV (`2027-01-01,休,元旦`), JSON (a list of `{ date, kind, name }`, `holiday-cn`'s `days`
 * with `isOffDay`, or the two maps of chinese-days), or iCalendar.
 * @returns the days by date, or the number of the first line (of the first entry) that cannot be read
 */
export function readHolidayFile(text: string): HolidayDay[] | { unreadable: number } {
  const trimmed = text.replace(/^\uFEFF/, '').trim()
  const days = /^BEGIN:VCALENDAR/i.test(trimmed)
    ? readCalendar(trimmed)
    : /^[[{]/.test(trimmed)
      ? readJson(trimmed)
      : readCsv(trimmed)
  if ('unreadable' in days) return days
  const byDay = new Map(days.map((day) => [day.day, day]))
  return [...byDay.values()].toSorted((a, b) => (a.day < b.day ? -1 : 1))
}

function readCsv(text: string): HolidayDay[] | { unreadable: number } {
  const days: HolidayDay[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (!line.trim()) continue
    const [date = '', kind = '', name = ''] = line.split(/[,，;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, ''))
    const day = dateOf(date)
    const known = kindOf(kind)
    // A line of headings.
    if (index === 0 && !/\d/.test(date)) continue
    if (!day || !known) return { unreadable: index + 1 }
    days.push({ day, kind: known, name })
  }
  return days
}

interface Entry {
  date?: unknown
  day?: unknown
  kind?: unknown
  type?: unknown
  name?: unknown
  isOffDay?: unknown
}

function readJson(text: string): HolidayDay[] | { unreadable: number } {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { unreadable: 1 }
  }
  const { holidays, workdays, days } = (Array.isArray(value) ? { days: value } : value) as Record<string, unknown>
  if (holidays && workdays) return [...ofMap(holidays, 'off'), ...ofMap(workdays, 'work')]
  const entries = Array.isArray(days) ? (days as Entry[]) : []
  const found: HolidayDay[] = []
  for (const [index, entry] of entries.entries()) {
    const day = dateOf(textOf(entry?.date ?? entry?.day))
    const kind = kindOf(textOf(entry?.kind ?? entry?.type ?? entry?.isOffDay))
    if (!day || !kind) return { unreadable: index + 1 }
    found.push({ day, kind, name: textOf(entry.name) })
  }
  return found
}

const textOf = (value: unknown) => (['string', 'number', 'boolean'].includes(typeof value) ? String(value) : '')

function ofMap(map: unknown, kind: DayKind): HolidayDay[] {
  return Object.entries(map as Record<string, unknown>).flatMap(([date, names]) => {
    const day = dateOf(date)
    const listed = textOf(names).split(',')
    return day ? [{ day, kind, name: listed[1] ?? listed[0] ?? '' }] : []
  })
}

/** RFC 5545: folded lines, DTSTART as a date, DTEND the day after the last one. */
function readCalendar(text: string): HolidayDay[] | { unreadable: number } {
  const lines = text.replace(/\r?\n[ \t]/g, '').split(/\r?\n/)
  const days: HolidayDay[] = []
  let event: Record<string, string> | undefined
  for (const [index, line] of lines.entries()) {
    if (/^BEGIN:VEVENT/i.test(line)) event = {}
    else if (/^END:VEVENT/i.test(line)) {
      const read = event ? daysOf(event) : undefined
      if (!read) return { unreadable: index + 1 }
      days.push(...read)
      event = undefined
    } else if (event) {
      const [, name = '', value = ''] = /^([A-Za-z-]+)(?:;[^:]*)?:(.*)$/.exec(line) ?? []
      event[name.toUpperCase()] ??= value
    }
  }
  return days
}

const DAY_MS = 86_400_000

function daysOf(event: Record<string, string>): HolidayDay[] | undefined {
  const first = dateOf((event['DTSTART'] ?? '').slice(0, 8))
  if (!first) return undefined
  const end = dateOf((event['DTEND'] ?? '').slice(0, 8))
  const summary = event['SUMMARY'] ?? ''
  const kind: DayKind = /班|work/i.test(`${summary} ${event['CATEGORIES'] ?? ''}`) ? 'work' : 'off'
  const count = end ? Math.round((Date.parse(end) - Date.parse(first)) / DAY_MS) : 1
  const name = summary.replace(/[（(【\s]*(休|班|假期?|holiday|workday)[）)】]*/gi, '').trim()
  return Array.from({ length: Math.min(60, Math.max(1, count)) }, (_one, n) => ({
    day: new Date(Date.parse(first) + n * DAY_MS).toISOString().slice(0, 10),
    kind,
    name,
  }))
}
