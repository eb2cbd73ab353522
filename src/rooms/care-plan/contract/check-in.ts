import { z } from 'zod'
import { calendarDate, endpoint, instant, pii } from '../../../platform/contract/index.ts'
import { checkInView, ofPlan } from './plan.ts'
import { adherence, asked, ACTION_KINDS, OUTCOMES, planId } from './words.ts'

/** What was done on a day. `clientId` is made up where it is ticked, so that sending twice ticks once. */
export const tick = z.object({
  clientId: z.uuid(),
  planId,
  actionKey: z.string().min(2).max(60),
  on: calendarDate,
  outcome: z.enum(OUTCOMES).nullable().default(null),
  value: pii('health', z.number().min(0).max(1_000_000)).nullable().default(null),
  /** The lower of two numbers, where a pressure is asked for. */
  second: pii('health', z.number().min(0).max(1_000)).nullable().default(null),
  /** When it was ticked, by the phone's own clock: it may arrive later. */
  at: instant.optional(),
  words: pii('free-text', z.string().trim().max(300)).default(''),
})
export type Tick = z.output<typeof tick>

const TICK_PROBLEMS = [
  'CarePlanNotActive',
  'CheckInUnfit',
  'CheckInTooLate',
  'ValueImplausible',
  'ValueImplausibleUnit',
  'PressureSwapped',
  'PressureHalf',
  'DateBeforeBirth',
] as const

const myDay = z.object({
  on: calendarDate,
  actions: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(ACTION_KINDS),
      title: pii('health', z.string()),
      words: pii('free-text', z.string()),
      cadenceWords: z.string(),
      ask: asked,
      given: checkInView.nullable(),
    }),
  ),
})

export const myPlanView = z.object({
  today: calendarDate,
  plans: z.array(
    z.object({
      id: planId,
      title: pii('health', z.string()),
      paused: z.boolean(),
      startedOn: calendarDate,
      doctorName: z.string(),
      goals: z.array(
        z.object({
          words: pii('free-text', z.string()),
          target: pii('health', z.string()),
          now: pii('health', z.string()).nullable(),
          nowOn: calendarDate.nullable(),
          met: z.boolean().nullable(),
        }),
      ),
      /** Today first, then yesterday, which can still be ticked. */
      days: z.array(myDay),
      /** Days of the last seven on which something was ticked. */
      activeDays: z.number().int(),
      adherence,
    }),
  ),
  reminder: z.object({ wanted: z.boolean(), minute: z.number().int() }),
})
export type MyPlanView = z.output<typeof myPlanView>

export const myPlan = endpoint({
  name: 'carePlan.my',
  method: 'GET',
  path: '/my/plan',
  summary: 'My plan: what is for today, and what yesterday still misses',
  gate: { permission: 'patient', audit: { action: 'care-plan.open-own' } },
  output: myPlanView,
})

export const myTick = endpoint({
  name: 'carePlan.myTick',
  method: 'POST',
  path: '/my/plan/check-ins',
  summary: 'Tick what I did today or yesterday',
  gate: { permission: 'patient', audit: { action: 'care-plan.tick-own' } },
  body: tick,
  output: z.object({ kept: z.boolean() }),
  problems: [...TICK_PROBLEMS],
})

const undone = z.object({ clientId: z.uuid() })

export const myUndo = endpoint({
  name: 'carePlan.myUndo',
  method: 'POST',
  path: '/my/plan/check-ins/undo',
  summary: 'Take a tick of today back',
  gate: { permission: 'patient', audit: { action: 'care-plan.untick-own' } },
  body: undone,
  output: z.object({ undone: z.boolean() }),
  problems: ['CheckInTooLate'],
})

export const myReminder = endpoint({
  name: 'carePlan.myReminder',
  method: 'PUT',
  path: '/my/plan/reminder',
  summary: 'Whether and when to be reminded of what is not ticked yet; nobody is without asking for it',
  gate: { permission: 'patient', audit: { action: 'care-plan.remind-own' } },
  body: z.object({ wanted: z.boolean(), minute: z.number().int().min(360).max(1260) }),
  output: z.object({ wanted: z.boolean(), minute: z.number().int() }),
})

const byStaff = { patient: 'patientId', subject: 'planId' } as const

export const tickFor = endpoint({
  name: 'carePlan.tickFor',
  method: 'POST',
  path: '/patients/:patientId/care-plans/:planId/check-ins',
  summary: 'Tick for the person, as they tell it on the phone; up to a week back',
  gate: { permission: 'care-plan.write', audit: { action: 'care-plan.tick', ...byStaff } },
  params: ofPlan,
  body: tick.omit({ planId: true }),
  output: z.object({ kept: z.boolean() }),
  problems: [...TICK_PROBLEMS],
})

export const undoFor = endpoint({
  name: 'carePlan.undoFor',
  method: 'POST',
  path: '/patients/:patientId/care-plans/:planId/check-ins/undo',
  summary: 'Take back what a colleague or oneself has ticked today',
  gate: { permission: 'care-plan.write', audit: { action: 'care-plan.untick', ...byStaff } },
  params: ofPlan,
  body: undone,
  output: z.object({ undone: z.boolean() }),
  problems: ['CheckInTooLate'],
})
