import type { Cadence } from './words.ts'

const DAY_MS = 86_400_000
const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / DAY_MS

/** 1 is Monday. */
export function weekdayOf(date: string): number {
  return ((dayOf(date) + 3) % 7) + 1
}

/**
 * Whether something may be ticked on a day. What is to be done some times a week may be ticked on any of its days.
 * @param date a calendar date within the plan
 */
export function isDueOn(cadence: Cadence, date: string): boolean {
  switch (cadence.kind) {
    case 'daily':
    case 'weekly':
      return true
    case 'weekdays':
      return cadence.days.includes(weekdayOf(date))
    case 'once':
      return cadence.on === date
  }
}
