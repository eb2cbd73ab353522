import { z } from 'zod'
import { addDays } from '../../../platform/clock.ts'
import { calendarDate, endpoint } from '../../../platform/contract/index.ts'
import { axisOf } from './axis.ts'
import { protocolDefinition, type ProtocolDefinition } from './protocol.ts'
import { placeMany, spreadOf, type Beginning, type Begun, type Days } from './spread.ts'
import { isStaffStep, stepOwner, STEP_OWNERS, type StepOwner } from './step.ts'

/** What a pathway asks of the house on one day, when each step is done on its day. */
export interface DayLoad {
  on: string
  /** People who begin on it. */
  begin: number
  work: Record<StepOwner, number>
  /** Messages, questionnaires and advice that go out by themselves. */
  messages: number
}

const NO_WORK = Object.fromEntries(STEP_OWNERS.map((role) => [role, 0])) as Record<StepOwner, number>

/** The days on which people begin: spread by the rule of the definition, or all of them today. */
export function beginningsFor(
  definition: ProtocolDefinition,
  count: number,
  begun: Begun,
  days: Days,
  isSpread = true,
): Beginning[] {
  const rule = isSpread ? spreadOf(definition) : undefined
  return rule ? placeMany(rule, count, begun, days) : count > 0 ? [{ on: days.today, count }] : []
}

/** What these beginnings lead to, day by day from today, by who does it. Branches are for some, and not reckoned. */
export function loadOf(
  definition: ProtocolDefinition,
  beginnings: readonly Beginning[],
  today: string,
  horizonDays: number,
): DayLoad[] {
  const byCode = new Map(definition.steps.map((step) => [step.code, step]))
  const placed = axisOf(definition).lanes.flatMap((lane) => lane.placed.filter(({ by }) => by !== 'branch'))
  const loads = Array.from({ length: horizonDays }, (_, n): DayLoad => {
    return { on: addDays(today, n), begin: 0, work: { ...NO_WORK }, messages: 0 }
  })
  const byDay = new Map(loads.map((load) => [load.on, load]))
  for (const { on, count } of beginnings) {
    const first = byDay.get(on)
    if (first) first.begin += count
    for (const one of placed) {
      const step = byCode.get(one.step)!
      const load = byDay.get(addDays(on, one.day))
      if (load && isStaffStep(step)) load.work[step.owner] += count
      const told = byDay.get(addDays(on, one.from))
      if (told && (step.message !== null || !isStaffStep(step))) told.messages += count
    }
  }
  return loads
}

/** The busiest day of each role that has anything to do, and of what is sent. */
export function peaksOf(loads: readonly DayLoad[]): { role: StepOwner | 'messages'; on: string; count: number }[] {
  return ([...STEP_OWNERS, 'messages'] as const).flatMap((role) => {
    const of = (load: DayLoad) => (role === 'messages' ? load.messages : load.work[role])
    const most = loads.reduce((best, load) => (of(load) > of(best) ? load : best), loads[0]!)
    return most && of(most) > 0 ? [{ role, on: most.on, count: of(most) }] : []
  })
}

/** Fewer are not counted to the head: a number of few is a person. */
export const FEW = 10

export const measureIntake = endpoint({
  name: 'follow-up.measureIntake',
  method: 'POST',
  path: '/protocols/intake',
  summary:
    'How many people a pathway would take in if it were published now, and what stands of its days; a number, never a name',
  gate: {
    permission: 'follow-up.protocol.read',
    audit: { none: 'a number of people, few of them as “fewer than”; names no patient' },
  },
  body: z.object({ definition: protocolDefinition }),
  output: z.object({
    today: calendarDate,
    /** Null: it took too long to count, or people come in by what happens to them or by hand. */
    entering: z.number().int().nullable(),
    /** Then `entering` is what there are fewer of. */
    few: z.boolean(),
    /** People who wait already, and what stands of the coming days. */
    waiting: z.number().int(),
    enteredToday: z.number().int(),
    begins: z.array(z.object({ on: calendarDate, count: z.number().int() })),
    /** Colleagues by the role that does a step. */
    staff: z.partialRecord(stepOwner, z.number().int()),
    /** Days on which the house does not work. */
    shut: z.array(calendarDate),
  }),
})
