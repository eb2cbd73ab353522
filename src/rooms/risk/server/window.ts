import { dateIn } from '../../../platform/clock.ts'
import type { UsedInput } from './facts.ts'

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

/** The day of the newest measurement that a result rests on; without any, the day it was computed. */
export function newestDay(
  { inputs, computedAt }: { inputs: readonly Pick<UsedInput, 'from' | 'on'>[]; computedAt: Date },
  timeZone: string,
): string {
  const days = inputs.flatMap(({ from, on }) => (from === 'observation' && on ? [on] : []))
  return days.toSorted().at(-1) ?? dateIn(computedAt, timeZone)
}
