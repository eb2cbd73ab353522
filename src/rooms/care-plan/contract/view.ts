import { z } from 'zod'
import { calendarDate, instant, pii } from '../../../platform/contract/index.ts'
import {
  action,
  adherence,
  CAUSES,
  difference,
  END_REASONS,
  goal,
  OUTCOMES,
  PLAN_STATES,
  planContent,
  planId,
  planKind,
  step,
  VERSION_STATES,
} from './words.ts'

const freeText = (most: number) => pii('free-text', z.string().trim().max(most))
const title = pii('health', z.string().trim().min(2).max(60))

/** The finding that caused a version: an id where it stands in the record, and words always. */
export const cause = z.object({
  kind: z.enum(CAUSES),
  id: z.uuid().nullable().default(null),
  words: freeText(300),
})
export type Cause = z.output<typeof cause>

export const versionView = z.object({
  version: z.number().int(),
  state: z.enum(VERSION_STATES),
  content: planContent,
  template: z.object({ code: planKind, version: z.number().int(), title: z.string() }).nullable(),
  /** Of 100, how much is as the template proposes; null without one. */
  similarityPercent: z.number().int().nullable(),
  sameReason: freeText(300),
  /** Against the template, and against the version that was signed before. */
  fromTemplate: z.array(difference),
  fromLast: z.array(difference),
  cause: cause.nullable(),
  returnedNote: freeText(500),
  draftedBy: z.string(),
  draftedAt: instant,
  submittedAt: instant.nullable(),
  signedBy: z.string().nullable(),
  signedAt: instant.nullable(),
  activeFrom: calendarDate.nullable(),
  /** For optimistic locking of a draft. */
  revision: z.number().int(),
})
export type VersionView = z.output<typeof versionView>

/** What was ticked on one day, for a strip of days. */
export const dayMark = z.object({ on: calendarDate, mark: z.enum([...OUTCOMES, 'open', 'none']) })

export const goalView = goal.extend({
  name: z.string(),
  unitPrinted: z.string(),
  decimals: z.number().int(),
  current: z.object({ id: z.string(), value: pii('health', z.number()), on: calendarDate }).nullable(),
  /** The last value before the plan began. */
  before: z.object({ id: z.string(), value: pii('health', z.number()), on: calendarDate }).nullable(),
  direction: z.enum(['up', 'down', 'same']).nullable(),
  /** More than its usual ups and downs; null where those are not known. */
  beyondVariation: z.boolean().nullable(),
  met: z.boolean().nullable(),
})
export type GoalView = z.output<typeof goalView>

export const checkInView = z.object({
  clientId: z.string(),
  outcome: z.enum(OUTCOMES),
  value: pii('health', z.number()).nullable(),
  /** The lower of two numbers, where a pressure was asked for. */
  second: pii('health', z.number()).nullable(),
  words: freeText(300),
  byPatient: z.boolean(),
  byName: z.string(),
  at: instant,
})
export type CheckInView = z.output<typeof checkInView>

export const actionView = action.extend({
  cadenceWords: z.string(),
  /** Who gave it as homework beside the plan. */
  homeworkBy: z.string().nullable(),
  /** Given by the reader, who alone takes it out. */
  homeworkMine: z.boolean(),
  adherence,
  /** The last four weeks, oldest first. */
  strip: z.array(dayMark),
  today: checkInView.nullable(),
  yesterday: checkInView.nullable(),
  dueToday: z.boolean(),
  dueYesterday: z.boolean(),
})
export type ActionView = z.output<typeof actionView>

export const stepView = step.extend({
  dueOn: calendarDate,
  state: z.enum(['ahead', 'due', 'done', 'cancelled']),
  doneAt: instant.nullable(),
})

export const PLAN_ACTS = ['revise', 'submit', 'sign', 'return', 'discard', 'pause', 'resume', 'end', 'tick'] as const

export const planLine = z.object({
  id: planId,
  kind: planKind,
  title,
  state: z.enum(PLAN_STATES),
  version: z.number().int().nullable(),
  startedOn: calendarDate.nullable(),
  endedOn: calendarDate.nullable(),
  endReason: z.enum(END_REASONS).nullable(),
  endNote: freeText(300),
  pausedSince: calendarDate.nullable(),
  waiting: z.boolean(),
  nextStepOn: calendarDate.nullable(),
  adherence,
})
export type PlanLine = z.output<typeof planLine>

export const planView = planLine.extend({
  goals: z.array(goalView),
  actions: z.array(actionView),
  steps: z.array(stepView),
  draft: versionView.nullable(),
  versions: z.array(versionView),
  log: z.array(
    z.object({
      kind: z.string(),
      version: z.number().int().nullable(),
      note: z.string(),
      byName: z.string(),
      at: instant,
    }),
  ),
  can: z.array(z.enum(PLAN_ACTS)),
})
export type PlanView = z.output<typeof planView>
