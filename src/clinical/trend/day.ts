/** Days from 1970-01-01 to the calendar date at the head of an ISO string. Throws a RangeError if there is none. */
export function dayNumber(iso: string): number {
  const date = iso.slice(0, 10)
  const known = iso.length === 10 || iso[10] === 'T' ? days.get(date) : undefined
  if (known !== undefined) return known
  const day = readDay(iso)
  if (days.size >= DAYS_KEPT) days.clear()
  days.set(date, day)
  return day
}

/** Days met before: a hundred indicators share the days of an exam. */
const days = new Map<string, number>()
const DAYS_KEPT = 5000

function readDay(iso: string): number {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/.exec(iso)
  if (!match) throw new RangeError(`not an ISO date: ${iso}`)
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const first = Date.UTC(year, month - 1, 1)
  const daysInMonth = (Date.UTC(year, month, 1) - first) / dayMs
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth) throw new RangeError(`no such day: ${iso}`)
  return first / dayMs + day - 1
}

const dayMs = 86_400_000
export const daysPerYear = 365.25
