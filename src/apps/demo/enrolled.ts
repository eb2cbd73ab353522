import type { Member } from '../../../bench/population/index.ts'
import { addDays, ageOn } from '../../platform/clock.ts'
import { daysAfterGoLive } from '../../rooms/follow-up/server/index.ts'

/** Pathways that take people in by what they have. */
const PATHWAYS = [
  { protocol: 'hypertension', condition: 'I10', fromAge: 35 },
  { protocol: 'diabetes-2', condition: 'E11', fromAge: 35 },
] as const

/** So long ago the house of the demonstration went live. */
const LIVE_DAYS = 14

export interface Enrolled {
  protocol: string
  /** The day on which the plan began. */
  on: string
}

/**
 * The plans a member of the demonstration is already in: the house went live two weeks ago, and the pathways let people
 * begin on different days, as they do wherever many come in at once.
 */
export function enrolledIn(member: Member, today: string): Enrolled[] {
  const { person, conditions, index } = member
  if (person.deceasedOn) return []
  return PATHWAYS.filter(
    ({ condition, fromAge }) =>
      ageOn(person.birthOn, today) >= fromAge &&
      conditions.some(({ code, status }) => code === condition && status === 'active'),
  ).map(({ protocol }) => {
    const days = daysAfterGoLive(protocol, addDays(today, -LIVE_DAYS))
    return { protocol, on: days[index % days.length]! }
  })
}
