import { addDays, dateIn, instantAt, minuteOfDay } from '../../../../platform/clock.ts'
import type { Offset, WaitStep } from '../../contract/definition.ts'

const HOUR_MS = 3_600_000

const minuteOf = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** A moment counted from an anchor by the organization's calendar: a day before 14:30 is 14:30 of the day before. */
export function fromAnchor(anchor: Date, { days, hours, clock }: Offset, timeZone: string): Date {
  const minute = clock ? minuteOf(clock) : minuteOfDay(anchor, timeZone)
  const day = instantAt(addDays(dateIn(anchor, timeZone), days), minute, timeZone)
  return new Date(day.getTime() + hours * HOUR_MS)
}

/** The first moment from `now` on at which the clock shows this. */
export function nextClock(now: Date, clock: string, timeZone: string): Date {
  const today = dateIn(now, timeZone)
  const at = instantAt(today, minuteOf(clock), timeZone)
  return at >= now ? at : instantAt(addDays(today, 1), minuteOf(clock), timeZone)
}

export type WaitMoment = { at: Date } | { missing: 'anchor' }

/** When a wait is over at the latest. Without an anchor there is no moment, and never "now". */
export function momentOf(
  until: WaitStep['until'],
  { now, anchor, timeZone }: { now: Date; anchor: Date | null; timeZone: string },
): WaitMoment {
  if ('after' in until) {
    const days = instantAt(addDays(dateIn(now, timeZone), until.after.days), minuteOfDay(now, timeZone), timeZone)
    const base = until.after.days > 0 ? days : now
    return { at: new Date(base.getTime() + until.after.hours * HOUR_MS) }
  }
  if ('clock' in until) return { at: nextClock(now, until.clock, timeZone) }
  if ('condition' in until) return { at: new Date(now.getTime() + until.atMostDays * 24 * HOUR_MS) }
  return anchor ? { at: fromAnchor(anchor, until.anchor, timeZone) } : { missing: 'anchor' }
}
