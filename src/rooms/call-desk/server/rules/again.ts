import { addDays, dateIn, instantAt, minuteOfDay } from '../../../../platform/clock.ts'
import type { CallPolicy } from '../../contract/rule.ts'
import type { CallOutcome, Hold } from '../../contract/words.ts'
import type { Span } from '../../../patient/contract/good-hours.ts'

/** When people may be called. */
export interface Hours {
  timeZone: string
  /** Minutes since midnight. */
  from: number
  to: number
  isOpenDay: (date: string) => boolean
}

/** The longest row of days off is far shorter. */
const LOOK_AHEAD_DAYS = 60

/** Why nobody may be called at this moment; null when people may. */
export function shutBecause(at: Date, hours: Hours): 'hours' | 'day-off' | null {
  if (!hours.isOpenDay(dateIn(at, hours.timeZone))) return 'day-off'
  const minute = minuteOfDay(at, hours.timeZone) % 1440
  return minute >= hours.from && minute < hours.to ? null : 'hours'
}

/** The first moment at or after this one at which people may be called. */
export function openFrom(at: Date, hours: Hours): Date {
  if (shutBecause(at, hours) === null) return at
  const date = dateIn(at, hours.timeZone)
  const isBefore = minuteOfDay(at, hours.timeZone) % 1440 < hours.from
  return instantAt(nextOpenDay(isBefore ? date : addDays(date, 1), hours), hours.from, hours.timeZone)
}

function nextOpenDay(first: string, hours: Hours): string {
  for (let n = 0; n < LOOK_AHEAD_DAYS; n++) if (hours.isOpenDay(addDays(first, n))) return addDays(first, n)
  return addDays(first, LOOK_AHEAD_DAYS)
}

export const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const NOON = 12 * 60

export interface Tried {
  outcome: CallOutcome
  at: Date
  /** Tries in vain since somebody last answered, this one included. */
  vain: number
  /** So many of them are allowed. */
  most: number
  /** When the person likes to be called. */
  goodHours: Span | undefined
  /** What was promised. */
  promisedAt: Date | undefined
  /** What it is about is done. */
  done: boolean
}

/** What follows a call: again at a moment, a decision of somebody, or nothing. */
export interface Follows {
  nextAt: Date | null
  hold: Hold | null
}

/** What an outcome leads to, by the ladder of the house. */
export function whatFollows(tried: Tried, policy: CallPolicy, hours: Hours): Follows {
  const { outcome, at, done } = tried
  if (done) return { nextAt: null, hold: null }
  if (outcome === 'refused') return { nextAt: null, hold: 'refused' }
  if (outcome === 'wrong-number') return { nextAt: null, hold: 'wrong-number' }
  if (outcome === 'call-back') return { nextAt: tried.promisedAt ?? null, hold: null }
  // Talked to, and the form not filled: it comes back on the next day, unless it is done by then.
  if (outcome === 'reached') return { nextAt: tomorrow(at, hours, hours.from), hold: null }
  if (outcome !== 'family-answered' && tried.vain >= tried.most) return { nextAt: null, hold: 'spent' }
  const rungs = policy.ladder[outcome]
  const rung = rungs[Math.max(0, Math.min(tried.vain, rungs.length) - 1)]
  if (!rung) return { nextAt: null, hold: 'spent' }
  if ('afterMinutes' in rung)
    return { nextAt: openFrom(new Date(at.getTime() + rung.afterMinutes * 60_000), hours), hold: null }
  return { nextAt: tomorrow(at, hours, minuteNextDay(tried, policy, hours, rung.nextDay)), hold: null }
}

/** The hour at which somebody is tried on another day: the one they like, or the other half of the day. */
function minuteNextDay(tried: Tried, policy: CallPolicy, hours: Hours, how: 'other-half' | 'same-time'): number {
  const minute = minuteOfDay(tried.at, hours.timeZone) % 1440
  const good = tried.goodHours
  if (good && good.from >= hours.from && good.from < hours.to) return good.from
  if (how === 'same-time') return minute
  return minutesOf(minute < NOON ? policy.halves.afternoon : policy.halves.morning)
}

/** On the next day of calls at this minute, kept within the hours. */
function tomorrow(at: Date, hours: Hours, minute: number): Date {
  const day = nextOpenDay(addDays(dateIn(at, hours.timeZone), 1), hours)
  return instantAt(day, Math.min(Math.max(minute, hours.from), hours.to - 1), hours.timeZone)
}

/** Somebody, the person or their family, was on the line. */
const ANSWERED: readonly CallOutcome[] = ['reached', 'refused', 'call-back', 'family-answered']
export const isAnswered = (outcome: CallOutcome) => ANSWERED.includes(outcome)

const REST_MS = 2 * 3_600_000

/**
 * Until when a person is left alone, whatever else they are to be called about: nobody who has just not answered is rung
 * for another matter. After a talk nothing keeps a second one away.
 */
export function restsUntil({
  outcome,
  endedAt,
  nextAt,
}: {
  outcome: CallOutcome
  endedAt: Date
  nextAt: Date | null
}): Date | null {
  if (outcome === 'reached') return null
  if (outcome === 'refused') return new Date(endedAt.getTime() + 24 * 3_600_000)
  return nextAt ?? new Date(endedAt.getTime() + REST_MS)
}
