import type { Member } from '../../../bench/population/index.ts'
import { addDays, ageOn } from '../../platform/clock.ts'

/** Pathways that take people in by what they have, with the days until their first visit. */
const PATHWAYS = [
  { protocol: 'hypertension', condition: 'I10', fromAge: 35, firstDays: 14 },
  { protocol: 'diabetes-2', condition: 'E11', fromAge: 35, firstDays: 14 },
] as const

export interface Enrolled {
  protocol: string
  /** The day on which the plan began. */
  on: string
}

/**
 * The plans a member of the demonstration is already in. A house takes people in day by day; were all of them taken in by
 * the first look at the whole population, all would be due on one day, a fifth of everybody. So they came over the last
 * two weeks, on days after which the first visit falls on a working day.
 */
export function enrolledIn(member: Member, today: string): Enrolled[] {
  const { person, conditions, index } = member
  if (person.deceasedOn) return []
  return PATHWAYS.filter(
    ({ condition, fromAge }) =>
      ageOn(person.birthOn, today) >= fromAge &&
      conditions.some(({ code, status }) => code === condition && status === 'active'),
  ).map(({ protocol, firstDays }) => {
    const days = Array.from({ length: firstDays }, (_, back) => addDays(today, -back)).filter((day) =>
      isWorkday(addDays(day, firstDays)),
    )
    return { protocol, on: days[index % days.length]! }
  })
}

function isWorkday(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday >= 1 && weekday <= 5
}
