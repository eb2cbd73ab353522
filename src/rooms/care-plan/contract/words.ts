import { z } from 'zod'
import { calendarDate, id, pii } from '../../../platform/contract/index.ts'

export const PLAN_STATES = ['draft', 'active', 'paused', 'ended', 'discarded'] as const
export const VERSION_STATES = ['draft', 'submitted', 'signed', 'discarded'] as const
export const ACTION_KINDS = ['diet', 'exercise', 'medication', 'course', 'homework', 'other'] as const
export const END_REASONS = [
  'goal-met',
  'finished',
  'not-suitable',
  'declined',
  'moved-on',
  'deceased',
  'other',
] as const
/** What a new version rests on: the finding that caused it. */
export const CAUSES = ['observation', 'follow-up', 'alert', 'adherence', 'wish', 'other'] as const
export const OUTCOMES = ['done', 'partly', 'not-done'] as const
export const COMPARATORS = ['<', '<=', '>=', '>'] as const

export const planId = id('care-plan')
export type PlanId = z.output<typeof planId>
export type PlanState = (typeof PLAN_STATES)[number]
export type VersionState = (typeof VERSION_STATES)[number]
export type ActionKind = (typeof ACTION_KINDS)[number]
export type Outcome = (typeof OUTCOMES)[number]
export type EndReason = (typeof END_REASONS)[number]

/** Of which kind a person has one open plan at most: `hypertension`, `weight`, or a word of the house's own. */
export const planKind = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}$/)
const key = z.string().regex(/^[a-z0-9-]{2,40}$/)

/** On which days something is to be done. Weekdays by ISO: 1 is Monday. */
export const cadence = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('daily') }),
  z.strictObject({ kind: z.literal('weekdays'), days: z.array(z.number().int().min(1).max(7)).min(1).max(7) }),
  z.strictObject({ kind: z.literal('weekly'), times: z.number().int().min(1).max(7) }),
  z.strictObject({ kind: z.literal('once'), on: calendarDate }),
])
export type Cadence = z.output<typeof cadence>

const shortWords = (most: number) => pii('free-text', z.string().trim().max(most))

/**
 * What is asked at the check-in. A number at or above `atLeast` is done, one below is done in part. A pressure, and a
 * number that is an `indicator` of the dictionary, goes into the record as measured at home.
 */
export const asked = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('outcome') }),
  z.strictObject({
    kind: z.literal('number'),
    label: z.string().trim().min(1).max(20),
    unit: z.string().trim().max(12),
    atLeast: z.number().positive().nullable().default(null),
    indicator: z.string().max(80).optional(),
  }),
  z.strictObject({ kind: z.literal('pressure') }),
  z.strictObject({ kind: z.literal('words') }),
])
export type Asked = z.output<typeof asked>

/** A goal in numbers (an indicator of the dictionary, in its own unit) or in words. */
export const goal = z.strictObject({
  key,
  code: z.string().max(80).nullable(),
  comparator: z.enum(COMPARATORS).nullable(),
  value: pii('health', z.number()).nullable(),
  words: shortWords(200),
  byOn: calendarDate.nullable(),
})
export type Goal = z.output<typeof goal>

export const action = z.strictObject({
  key,
  kind: z.enum(ACTION_KINDS),
  title: pii('health', z.string().trim().min(2).max(60)),
  words: shortWords(400),
  cadence,
  ask: asked,
})
export type Action = z.output<typeof action>

/** A day of the plan, counted from its beginning, at which somebody looks at it with the person. */
export const step = z.strictObject({
  day: z.number().int().min(1).max(400),
  title: z.string().trim().min(2).max(60),
  words: shortWords(400),
})
export type Step = z.output<typeof step>

export const planContent = z
  .strictObject({
    goals: z.array(goal).max(12),
    actions: z.array(action).min(1).max(20),
    steps: z.array(step).max(20),
  })
  .refine(({ goals, actions }) => distinct([...goals, ...actions].map((one) => one.key)), 'keys twice')
  .refine(({ steps }) => distinct(steps.map((one) => String(one.day))), 'days twice')
export type PlanContent = z.output<typeof planContent>

function distinct(keys: readonly string[]): boolean {
  return new Set(keys).size === keys.length
}

/** One thing that differs between two contents, in words that are shown. */
export const difference = z.object({
  part: z.enum(['goal', 'action', 'step']),
  key: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  before: pii('free-text', z.string()).nullable(),
  after: pii('free-text', z.string()).nullable(),
})
export type Difference = z.output<typeof difference>

/** Done, and half of what was done in part, of what was due; nothing counts as missed while it can still be ticked. */
export const adherence = z.object({
  percent: z.number().int().nullable(),
  /** How many were due. */
  expected: z.number().int(),
  done: z.number().int(),
  partly: z.number().int(),
})
export type Adherence = z.output<typeof adherence>
