import { addDays, dateIn, instantAt } from '../../../../platform/clock.ts'

/** `HH:MM` of the organization's clock. */
export interface Hours {
  from: string
  to: string
}

export const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/** The beginning of tomorrow's message hours. */
export function nextMorning(now: Date, timeZone: string, hours: Hours): Date {
  return instantAt(addDays(dateIn(now, timeZone), 1), minutesOf(hours.from), timeZone)
}
