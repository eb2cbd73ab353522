import { z } from 'zod'
import type { Condition } from '../../../platform/condition/grammar.ts'
import { channel, templateCode } from '../../message/contract/words.ts'
import { condition } from '../../tag/contract/condition.ts'
import { clockTime, dateKind, factWord, goal, stepId } from './words.ts'

/** One version of a campaign: for what, for whom, when, and the path each person goes. */

/** A moment counted from the anchor: days by the calendar, then hours; `clock` sets the time of that day. */
export const offset = z.strictObject({
  days: z.number().int().min(-365).max(3650).default(0),
  hours: z.number().min(-48).max(48).default(0),
  clock: clockTime.optional(),
})
export type Offset = z.output<typeof offset>

const after = z
  .strictObject({
    days: z.number().int().min(0).max(730).default(0),
    hours: z.number().min(0).max(72).default(0),
  })
  .refine(({ days, hours }) => days + hours > 0, { message: 'some time' })

const send = z.strictObject({
  id: stepId,
  kind: z.literal('send'),
  template: templateCode,
  /** Default: those of the template. */
  channels: z.array(channel).min(1).max(4).optional(),
  /** each: by all of them; ladder: by the next one where the one before has no way to the person. */
  how: z.enum(['each', 'ladder']).default('each'),
  /** So long after its moment it is still worth sending; later it is left out, never sent late. */
  validHours: z.number().min(0.25).max(720).default(24),
  /** Fills what the template declares. */
  values: z.record(z.string().regex(/^[a-z][A-Za-z0-9]{1,39}$/), z.string().max(300)).default({}),
})
export type SendStep = z.output<typeof send>

const wait = z.strictObject({
  id: stepId,
  kind: z.literal('wait'),
  until: z.union([
    z.strictObject({ after }),
    /** The next time the clock of the organization shows this. */
    z.strictObject({ clock: clockTime }),
    z.strictObject({ anchor: offset }),
    /** Until this is true of the person, at most so long. */
    z.strictObject({ condition, atMostDays: z.number().int().min(1).max(365) }),
  ]),
})
export type WaitStep = z.output<typeof wait>

export interface SplitStep {
  id: string
  kind: 'split'
  condition: Condition
  yes: Step[]
  no: Step[]
}
export interface TrialStep {
  id: string
  kind: 'trial'
  arms: { name: string; share: number; path: Step[] }[]
}
export interface ExitStep {
  id: string
  kind: 'exit'
}
export type Step = SendStep | WaitStep | SplitStep | TrialStep | ExitStep

export const step: z.ZodType<Step> = z.lazy(
  () =>
    z.union([
      send,
      wait,
      z.strictObject({ id: stepId, kind: z.literal('split'), condition, yes: path, no: path }),
      z.strictObject({
        id: stepId,
        kind: z.literal('trial'),
        arms: z
          .array(
            z.strictObject({
              name: z.string().trim().min(1).max(20),
              share: z.number().int().min(1).max(99),
              path,
            }),
          )
          .min(2)
          .max(4),
      }),
      z.strictObject({ id: stepId, kind: z.literal('exit') }),
    ]) as unknown as z.ZodType<Step>,
)
const path = z.array(step).max(30)

const pace = { perHour: z.number().int().min(1).max(200_000).nullable().default(null) }

export const trigger = z.union([
  /** Everybody whom the condition finds when it is started, in waves of so many an hour. */
  z.strictObject({ kind: z.literal('once'), ...pace }),
  /** Whoever begins to meet the condition after the start. */
  z.strictObject({ kind: z.literal('begins'), again: z.enum(['never', 'yearly']).default('never') }),
  /** Something in the record, once each; older than so many days it begins nothing. */
  z.strictObject({ kind: z.literal('fact'), fact: factWord, withinDays: z.number().int().min(1).max(90).default(7) }),
  /** A date that is fixed with the person and may move. */
  z.strictObject({ kind: z.literal('date'), date: dateKind }),
  /** A day of `content/calendar.json`, each year, so many days before. */
  z.strictObject({
    kind: z.literal('calendar'),
    day: z.string().max(40),
    leadDays: z.number().int().min(0).max(30).default(0),
    clock: clockTime.default('09:30'),
    ...pace,
  }),
  z.strictObject({
    kind: z.literal('monthly'),
    dayOfMonth: z.number().int().min(1).max(28),
    clock: clockTime.default('09:30'),
    ...pace,
  }),
])
export type Trigger = z.output<typeof trigger>

export const success = z.union([
  z.strictObject({ measure: z.enum(['delivered', 'read', 'clicked']), targetPercent: z.number().min(1).max(100) }),
  z.strictObject({
    measure: z.literal('condition'),
    condition,
    withinDays: z.number().int().min(1).max(365),
    targetPercent: z.number().min(1).max(100),
  }),
])
export type Success = z.output<typeof success>

export const campaignDefinition = z.strictObject({
  name: z.strictObject({ zh: z.string().trim().min(1).max(60), en: z.string().trim().min(1).max(90) }),
  goal,
  /** What shall be different afterwards, in a sentence. */
  aim: z.string().trim().min(4).max(300),
  success,
  /** Whom; null: every living member. Facts of mind and mood are refused (R2). */
  audience: condition.nullable(),
  trigger,
  /** Whoever meets this leaves before the next step. */
  leaveWhen: condition.nullable().default(null),
  path,
  /** For knowledge: what it rests on (S3-11). */
  sources: z
    .array(z.strictObject({ title: z.string().trim().min(2).max(200), year: z.number().int().min(1950).max(2100) }))
    .max(10)
    .default([]),
})
export type CampaignDefinition = z.output<typeof campaignDefinition>
export type CampaignDefinitionInput = z.input<typeof campaignDefinition>

/** Every step of a path, those of branches too, in reading order. */
export function stepsOf(steps: readonly Step[]): Step[] {
  return steps.flatMap((one): Step[] => {
    if (one.kind === 'split') return [one, ...stepsOf(one.yes), ...stepsOf(one.no)]
    if (one.kind === 'trial') return [one, ...one.arms.flatMap((arm) => stepsOf(arm.path))]
    return [one]
  })
}
