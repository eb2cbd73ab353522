/** Calendar arithmetic on ISO texts; no clock and no time zone enter it. */

const DAY_MS = 86_400_000
const DAYS: Record<string, number> = { week: 7, day: 1 }
const SECONDS: Record<string, number> = { hour: 3600, minute: 60, second: 1 }

export const isDateLike = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}(-\d\d(-\d\d(T\S*)?)?)?$/.test(value)

/** True for a `YYYY-MM-DD` that the calendar has. */
export function isCalendarDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? []
  if (!year) return false
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
}

/**
 * `text` moved by `amount` units; 31 January and one month give the last day of February, as FHIRPath says.
 * A unit finer than the text's own precision leaves it as it is. Undefined for an unknown unit.
 */
export function addToDate(text: string, amount: number, unit: string): string | undefined {
  const [date = '', rest] = text.split('T')
  const whole = Math.trunc(amount)
  if (unit === 'year' || unit === 'month') {
    const moved = addMonths(date, unit === 'year' ? whole * 12 : whole)
    return rest === undefined ? moved : `${moved}T${rest}`
  }
  if (unit in DAYS) {
    if (date.length < 10) return text
    const moved = new Date(Date.parse(`${date}T00:00:00Z`) + whole * DAYS[unit]! * DAY_MS).toISOString().slice(0, 10)
    return rest === undefined ? moved : `${moved}T${rest}`
  }
  if (unit in SECONDS) {
    if (rest === undefined) return text
    const at = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}Z`)
    return Number.isNaN(at) ? undefined : new Date(at + amount * SECONDS[unit]! * 1000).toISOString()
  }
  return undefined
}

function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day] = date.split('-').map(Number)
  const total = year * 12 + (month - 1) + months
  const newYear = Math.floor(total / 12)
  const newMonth = (((total % 12) + 12) % 12) + 1
  const head = String(newYear).padStart(4, '0')
  if (date.length === 4) return head
  const front = `${head}-${String(newMonth).padStart(2, '0')}`
  if (day === undefined) return front
  const last = new Date(Date.UTC(newYear, newMonth, 0)).getUTCDate()
  return `${front}-${String(Math.min(day, last)).padStart(2, '0')}`
}
