/** Windows are asked for every value of everybody, of one day and few lengths. */
const reckoned = new Map<string, string>()
const KEPT_MOST = 1000

/** The same day some months later, or the last of that month: 31 January and a month is 28 February. */
export function addMonths(date: string, months: number): string {
  const key = `${date} ${months}`
  const known = reckoned.get(key)
  if (known !== undefined) return known
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  const found = new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10)
  if (reckoned.size >= KEPT_MOST) reckoned.clear()
  reckoned.set(key, found)
  return found
}
