import { addDays, dateIn, instantAt, minuteOfDay } from '../../../../platform/clock.ts'

/** `HH:MM` of the organization's clock. */
export interface Hours {
  from: string
  to: string
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

/**
 * When people may be written to next: null when they may now, else the next beginning of the message hours in the
 * organization's time zone. The last minute belongs to the night.
 */
export function quietUntil(now: Date, timeZone: string, hours: Hours): Date | null {
  const minute = minuteOfDay(now, timeZone) % 1440
  const [from, to] = [minutesOf(hours.from), minutesOf(hours.to)]
  if (minute >= from && minute < to) return null
  const today = dateIn(now, timeZone)
  return instantAt(minute < from ? today : addDays(today, 1), from, timeZone)
}

/** The beginning of tomorrow's message hours. */
export function nextMorning(now: Date, timeZone: string, hours: Hours): Date {
  return instantAt(addDays(dateIn(now, timeZone), 1), minutesOf(hours.from), timeZone)
}
