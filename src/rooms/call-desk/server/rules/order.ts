import type { Because } from '../../contract/desk.ts'
import { isWithin, type Span } from '../../../patient/contract/good-hours.ts'

/** Something to be called about, as far as its place in the queue goes by it. */
export interface Candidate {
  patientId: string
  /** 0 before 1 before 2. */
  rank: number
  /** Calendar date, the last day on which it is in time. */
  untilOn: string
  /** Somebody was promised this moment, and it has come. */
  promisedAt: Date | null
  goodHours: Span | undefined
  /** Settles what is left equal. */
  id: string
}

export interface Moment {
  today: string
  /** Minutes since midnight. */
  minute: number
}

/** Why a candidate stands where it stands, the strongest first. */
export function becauseOf(one: Candidate, { today, minute }: Moment): Because[] {
  return [
    ...(one.promisedAt ? ['promised' as const] : []),
    ...(one.rank === 0 ? ['urgent' as const] : []),
    ...(one.untilOn < today ? ['overdue' as const] : one.untilOn === today ? ['ends-today' as const] : []),
    ...(one.goodHours ? [isWithin(minute, one.goodHours) ? ('good-hour' as const) : ('bad-hour' as const)] : []),
  ]
}

/**
 * The order of calls: a promise first, the oldest before; then what is urgent; what is overdue or ends today; those who
 * like to be called at this hour before those who said nothing before those who like another; what ends sooner. A bad hour
 * moves back within its rank only: a call that ends today is made today.
 */
export function inOrder<C extends Candidate>(candidates: readonly C[], moment: Moment): C[] {
  return candidates
    .map((one) => ({ one, key: keyOf(one, moment) }))
    .toSorted((a, b) => compare(a.key, b.key))
    .map(({ one }) => one)
}

function keyOf(one: Candidate, { today, minute }: Moment): (number | string)[] {
  const hour = one.goodHours ? (isWithin(minute, one.goodHours) ? 0 : 2) : 1
  return [
    one.promisedAt ? 0 : 1,
    one.promisedAt?.getTime() ?? 0,
    one.rank,
    one.untilOn < today ? 0 : one.untilOn === today ? 1 : 2,
    hour,
    one.untilOn,
    one.id,
  ]
}

function compare(a: readonly (number | string)[], b: readonly (number | string)[]): number {
  const at = a.findIndex((value, index) => value !== b[index])
  return at < 0 ? 0 : a[at]! < b[at]! ? -1 : 1
}

/** One line per person, their first; with how many more they have. */
export function onePerPerson<C extends Candidate>(ordered: readonly C[]): { one: C; more: number }[] {
  const byPerson = Map.groupBy(ordered, (one) => one.patientId)
  return [...byPerson.values()].map((theirs) => ({ one: theirs[0]!, more: theirs.length - 1 }))
}
