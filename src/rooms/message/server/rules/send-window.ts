import { addDays, dateIn, instantAt, minuteOfDay } from '../../../../platform/clock.ts'
import type { DayKind } from '../../contract/holiday.ts'
import type { DayRule, MessagePolicy } from '../../contract/rule.ts'
import type { Channel, Purpose, Reason } from '../../contract/words.ts'
import type { Hours } from './quiet-hours.ts'
import { minutesOf } from './quiet-hours.ts'

/** The days off that somebody has read in, or that come with Peiban. */
export interface Holidays {
  /** Years whose table is known whole. */
  years: ReadonlySet<number>
  days: ReadonlyMap<string, { kind: DayKind; name: string }>
}

export interface SendDays {
  hours: Hours
  rule: DayRule
  /** A year without a table is not a year without days off: what need not be sent waits for it. */
  waitsForTable: boolean
}

export type Shut = {
  until: Date
  reason: Extract<Reason, 'quiet-hours' | 'holiday' | 'holidays-unknown'>
  saw: Record<string, string | number>
}

/** Which hours and days count for a message. */
export function sendDaysOf({ hours, channelHours, days }: MessagePolicy, purpose: Purpose, channel: Channel): SendDays {
  const own = channelHours.find((one) => one.purpose === purpose && one.channel === channel)
  return { hours: own ?? hours[purpose], rule: days[purpose], waitsForTable: purpose === 'promotion' }
}

type DayState = 'open' | 'shut' | 'unknown'

/**
 * Whether a date is one to write on. A year whose table is missing: promotion waits for it, everything else goes by the
 * days of the week alone, since care that comes a day off is better than care that never comes.
 */
export function dayState(date: string, { rule, waitsForTable }: SendDays, { years, days }: Holidays): DayState {
  if (rule === 'every-day') return 'open'
  if (waitsForTable && !years.has(Number(date.slice(0, 4)))) return 'unknown'
  const kind = days.get(date)?.kind
  if (kind === 'off') return 'shut'
  if (rule === 'not-holidays' || kind === 'work') return 'open'
  return isWeekend(date) ? 'shut' : 'open'
}

export const isWeekend = (date: string) => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay())

/** The longest row of days off with the weekends around it is far shorter. */
const LOOK_AHEAD_DAYS = 60

/** Null when a message may go at this instant; else why not, and when it is looked at next. */
export function shutUntil(now: Date, timeZone: string, send: SendDays, holidays: Holidays): Shut | null {
  const minute = minuteOfDay(now, timeZone) % 1440
  const today = dateIn(now, timeZone)
  const [from, to] = [minutesOf(send.hours.from), minutesOf(send.hours.to)]
  const state = dayState(today, send, holidays)
  if (state === 'unknown')
    return {
      until: instantAt(addDays(today, 1), from, timeZone),
      reason: 'holidays-unknown',
      saw: { year: today.slice(0, 4) },
    }
  if (state === 'open' && minute >= from && minute < to) return null
  const first = minute < from ? today : addDays(today, 1)
  const opensOn = openDayFrom(first, send, holidays)
  const until = instantAt(opensOn, from, timeZone)
  if (state === 'shut' || opensOn !== first) {
    const shutOn = state === 'shut' ? today : first
    return { until, reason: 'holiday', saw: { date: shutOn, name: holidays.days.get(shutOn)?.name ?? '' } }
  }
  const at = `${pad(Math.floor(minute / 60))}:${pad(minute % 60)}`
  return { until, reason: 'quiet-hours', saw: { at, from: send.hours.from, to: send.hours.to } }
}

/** The next opening at or after an instant: when what has to wait for another reason is planned again. */
export function openFrom(instant: Date, timeZone: string, send: SendDays, holidays: Holidays): Date {
  return shutUntil(instant, timeZone, send, holidays)?.until ?? instant
}

function openDayFrom(first: string, send: SendDays, holidays: Holidays): string {
  for (let n = 0; n < LOOK_AHEAD_DAYS; n++) {
    const day = addDays(first, n)
    if (dayState(day, send, holidays) !== 'shut') return day
  }
  return addDays(first, LOOK_AHEAD_DAYS)
}

const pad = (count: number) => String(count).padStart(2, '0')

/** The years without which promotion stands still: this one, and from 1 December on the coming one. */
export function yearsNeeded(today: string): number[] {
  const year = Number(today.slice(0, 4))
  return today.slice(5) >= '12-01' ? [year, year + 1] : [year]
}
