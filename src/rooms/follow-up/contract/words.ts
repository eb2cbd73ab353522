import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

export const RUN_STATES = ['active', 'completed', 'exited'] as const
/** planned → due → done | done-late | missed | cancelled; a missed one may still become done or done-late. */
export const OCCURRENCE_STATES = ['planned', 'due', 'done', 'done-late', 'missed', 'cancelled'] as const
/** Why a running plan ended before its time; `merged` and `not-applicable` come from the house alone. */
export const EXIT_REASONS = [
  'death',
  'refusal',
  'lost',
  'moved-away',
  'switched',
  'by-hand',
  'not-applicable',
  'merged',
] as const
/** graduated (结案): the plan is completed, not broken off. */
export const EXITS_BY_HAND = ['graduated', 'refusal', 'lost', 'moved-away', 'switched', 'by-hand'] as const
/** 门诊 / 家庭 / 电话 / 视频; the first two are face to face. */
export const WAYS = ['clinic', 'home', 'phone', 'video'] as const
/** 随访分类 1–4 of the national form, and the two of a survey. */
export const VISIT_CLASSES = [
  'satisfied',
  'unsatisfied',
  'adverse-reaction',
  'complication',
  'normal',
  'abnormal',
] as const
/** What follows from a visit: the normal cycle, a look within two weeks, a referral with its own look. */
export const VISIT_ACTIONS = ['routine', 'two-weeks', 'refer', 'attend'] as const
export const ATTEMPT_CHANNELS = ['phone', 'sms', 'wechat', 'email', 'visit'] as const
export const ATTEMPT_OUTCOMES = [
  'reached',
  'no-answer',
  'busy',
  'switched-off',
  'wrong-number',
  'call-back',
  'refused',
  'family-answered',
] as const

export const runId = id('plan-run')
export const occurrenceId = id('occurrence')
export const answerId = id('form-answer')
export const attemptId = id('contact-attempt')
export const referralId = id('referral')
export const protocolCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}$/)
export const way = z.enum(WAYS)
export const visitClass = z.enum(VISIT_CLASSES)
export const visitAction = z.enum(VISIT_ACTIONS)
export const occurrenceState = z.enum(OCCURRENCE_STATES)
export const runState = z.enum(RUN_STATES)
export const exitReason = z.enum(EXIT_REASONS)
export const attemptChannel = z.enum(ATTEMPT_CHANNELS)
export const attemptOutcome = z.enum(ATTEMPT_OUTCOMES)
export const reason = z.string().trim().min(2).max(300)

export type RunState = z.infer<typeof runState>
export type OccurrenceState = z.infer<typeof occurrenceState>
export type ExitReason = z.infer<typeof exitReason>
export type Way = z.infer<typeof way>
export type VisitClass = z.infer<typeof visitClass>
export type VisitAction = z.infer<typeof visitAction>
export type AttemptChannel = z.infer<typeof attemptChannel>
export type AttemptOutcome = z.infer<typeof attemptOutcome>

export const isFaceToFace = (value: Way): boolean => value === 'clinic' || value === 'home'
