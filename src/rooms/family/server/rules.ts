import { addDays, addMonths, birthdayOf, instantAt } from '../../../platform/clock.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import { wasGuardians } from '../../patient/server/index.ts'
import { TOLD_DAYS, type RelativeState } from '../contract/words.ts'

/** An invitation that nobody has answered by then opens nothing any more. */
export const INVITED_DAYS = 7
/** So many at once; a family, not a list of readers. */
export const MOST = 6
const DAY_MS = 86_400_000

export interface Agreed {
  untilOn: string
  invitedAt: Date
  confirmedAt: Date | null
  endedAt: Date | null
  /** The patient's. */
  birthDate: string | null
}

export interface Moment {
  now: Date
  today: string
  timeZone: string
}

/** What a guardian has agreed to ends on the child's 14th birthday: from then on the young person decides themselves. */
export function endedByAge({ invitedAt, birthDate }: Agreed, { now, timeZone }: Moment): boolean {
  return wasGuardians({ birthDate, madeAt: invitedAt }, now, timeZone)
}

/**
 * When a guardian's word ends of itself: the day the child turns 14. Null where it was not given for a child, and where it is
 * over before.
 */
export function ownAgeOn({ invitedAt, birthDate, untilOn }: Agreed, timeZone: string): string | null {
  if (!birthDate) return null
  const on = birthdayOf(birthDate, GUARDIAN_UNDER_YEARS)
  return on <= untilOn && invitedAt < instantAt(on, 0, timeZone) ? on : null
}

/** The day is near, and not over. */
export function isOwnAgeNear(on: string | null, today: string): boolean {
  return on !== null && on > today && on <= addDays(today, TOLD_DAYS)
}

/** From when on it is no longer good, whatever else happens. */
export function overAt(agreed: Agreed, timeZone: string): Date {
  const lastDay = instantAt(addDays(agreed.untilOn, 1), 0, timeZone)
  const ownAge = ownAgeOn(agreed, timeZone)
  const byAge = ownAge ? instantAt(ownAge, 0, timeZone) : lastDay
  return byAge < lastDay ? byAge : lastDay
}

export function stateOf(agreed: Agreed, moment: Moment): RelativeState {
  if (agreed.endedAt || endedByAge(agreed, moment)) return 'ended'
  if (agreed.untilOn < moment.today) return 'expired'
  if (agreed.confirmedAt) return 'active'
  return invitationEndsAt(agreed.invitedAt) <= moment.now ? 'lapsed' : 'invited'
}

export function invitationEndsAt(invitedAt: Date): Date {
  return new Date(invitedAt.getTime() + INVITED_DAYS * DAY_MS)
}

export function untilAfter(months: number, today: string): string {
  return addMonths(today, months)
}
