import { addMonths } from '../../../platform/clock.ts'
import { wasGuardians } from '../../patient/server/index.ts'
import type { RelativeState } from '../contract/words.ts'

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
