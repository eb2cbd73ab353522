import { addMonths as monthsLater, dateIn } from '../../../platform/clock.ts'
import type { UsedInput } from './facts.ts'

/** Windows are asked for every value of everybody, of one day and few lengths. */
const reckoned = new Map<string, string>()
const KEPT_MOST = 1000

/** The platform's months, remembered. */
export function addMonths(date: string, months: number): string {
  const key = `${date} ${months}`
  const known = reckoned.get(key)
  if (known !== undefined) return known
  const found = monthsLater(date, months)
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
