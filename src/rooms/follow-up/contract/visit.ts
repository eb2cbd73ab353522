import { z } from 'zod'
import { bilingual, calendarDate, endpoint, instant, patientId, pii } from '../../../platform/contract/index.ts'
import { sex } from '../../patient/contract/person.ts'
import { answers, formDefinition } from './form.ts'
import { occurrenceLine, quotaLine } from './run.ts'
import {
  attemptChannel,
  attemptId,
  attemptOutcome,
  occurrenceId,
  protocolCode,
  reason,
  runId,
  visitAction,
  visitClass,
  way,
} from './words.ts'

const ofVisit = z.object({ occurrenceId })
const subject = 'occurrenceId'

export const because = z.object({
  code: z.string(),
  item: z.string().optional(),
  value: z.number().optional(),
  limit: z.number().optional(),
  options: z.array(z.string()).optional(),
})

export const proposal = z.object({
  class: visitClass.nullable(),
  action: visitAction,
  emergency: z.boolean(),
  because: z.array(because),
  /** What follows from the answers, such as the BMI. */
  derived: z.record(z.string(), z.number()),
  /** When the next follow-up would be due for each action, and what it would be. */
  next: z.array(
    z.object({
      action: visitAction,
      step: protocolCode,
      stepName: bilingual,
      dueOn: calendarDate,
      latestOn: calendarDate,
    }),
  ),
})
export type ProposalView = z.infer<typeof proposal>

export const attempt = z.object({
  id: attemptId,
  channel: attemptChannel,
  outcome: attemptOutcome,
  startedAt: instant,
  note: pii('free-text', z.string()),
  nextAt: instant.nullable(),
  because: z.string(),
  by: z.string(),
  at: instant,
})

/** Where a value comes from that stands in the form before anybody has typed. */
export const prefilled = z.object({
  value: z.json(),
  from: z.enum(['record', 'last-visit', 'medication', 'worry', 'computed']),
  on: calendarDate.nullable(),
  source: z.string(),
})
/** A former value that is only shown beside the field. */
export const formerValue = z.object({ value: z.json(), on: calendarDate.nullable() })

export const answerVersion = z.object({
  version: z.number().int(),
  answers,
  formVersion: z.number().int(),
  because: pii('free-text', z.string()),
  by: z.string(),
  at: instant,
})

export const visitView = occurrenceLine.extend({
  patient: z.object({
    id: patientId,
    name: pii('name', z.string()),
    called: z.string(),
    sex,
    birthDate: pii('birth-date', calendarDate).nullable(),
    ageYears: z.number().int().nullable(),
    phoneMasked: z.string().nullable(),
    doctorName: z.string().nullable(),
    managerName: z.string().nullable(),
    mainWorry: pii('health', z.string()),
  }),
  runId,
  protocol: protocolCode,
  protocolName: bilingual,
  protocolVersion: z.number().int(),
  protocolSource: z.string(),
  stepWay: z.enum(['face-to-face', 'phone', 'any', 'message']),
  classes: z.array(visitClass),
  form: formDefinition.nullable(),
  prefill: z.record(z.string(), prefilled),
  former: z.record(z.string(), formerValue),
  lastTargets: z.record(z.string(), formerValue),
  /** Newest first. */
  visits: z.array(
    z.object({
      id: occurrenceId,
      actualOn: calendarDate,
      stepName: bilingual,
      class: visitClass.nullable(),
      action: visitAction.nullable(),
      values: z.record(z.string(), z.number()),
    }),
  ),
  medications: z.array(z.object({ name: z.string(), dose: z.string(), startedOn: calendarDate.nullable() })),
  allergies: z.array(z.object({ substance: z.string(), reaction: z.string() })),
  quotas: z.array(quotaLine),
  tries: z.array(attempt),
  /** Contact is lost, so that a further try has to say why. */
  lost: z.boolean(),
  tryLimits: z.object({ most: z.number().int(), channels: z.number().int() }),
  answered: z.array(answerVersion),
  proposedClass: visitClass.nullable(),
  proposedAction: visitAction.nullable(),
  referral: z
    .object({
      reasons: z.array(z.string()),
      reason: z.string(),
      referTo: z.string(),
      urgent: z.boolean(),
      state: z.string(),
      outcome: z.string(),
    })
    .nullable(),
  today: calendarDate,
})
export type VisitView = z.infer<typeof visitView>

export const getVisit = endpoint({
  name: 'follow-up.get',
  method: 'GET',
  path: '/follow-ups/:occurrenceId',
  summary: 'A follow-up with its form, what the record knows, and the tries to reach the person',
  gate: { permission: 'follow-up.read', audit: { action: 'follow-up.open', subject } },
  params: ofVisit,
  output: visitView,
})

export const proposeClass = endpoint({
  name: 'follow-up.propose',
  method: 'POST',
  path: '/follow-ups/:occurrenceId/proposal',
  summary: 'What class and action the answers so far speak for; keeps nothing',
  gate: {
    permission: 'follow-up.do',
    audit: { none: 'a reckoning on what is being typed; opening the follow-up has left its line' },
  },
  params: ofVisit,
  body: z.object({ way, actualOn: calendarDate, answers }),
  output: proposal,
})

export const referralWish = z.object({
  reason: pii('health', z.string().trim().max(300)).default(''),
  referTo: z.string().trim().max(120).default(''),
})

export const complete = endpoint({
  name: 'follow-up.complete',
  method: 'POST',
  path: '/follow-ups/:occurrenceId/completion',
  summary: 'Complete a follow-up with its form; the second of two is refused and told who was first',
  gate: { permission: 'follow-up.do', audit: { action: 'follow-up.complete', subject } },
  params: ofVisit,
  body: z.object({
    actualOn: calendarDate,
    way,
    answers: answers.default({}),
    /** Confirmed by the person; may be left out where the protocol has no classes. */
    class: visitClass.optional(),
    action: visitAction.optional(),
    /** Why class or action differ from what was proposed. */
    classReason: z.string().trim().max(300).default(''),
    lateReason: z.string().trim().max(300).default(''),
    nextOn: calendarDate.optional(),
    referral: referralWish.optional(),
  }),
  output: visitView,
  problems: [
    'FollowUpDone',
    'FollowUpCancelled',
    'PlanEnded',
    'ActualInFuture',
    'ActualTooEarly',
    'LateReasonNeeded',
    'ClassNeeded',
    'ClassUnfit',
    'ClassReasonNeeded',
    'NextOutOfReach',
  ],
})

export const correctAnswers = endpoint({
  name: 'follow-up.correct',
  method: 'POST',
  path: '/follow-ups/:occurrenceId/answers',
  summary: 'Correct the answers of a completed follow-up: a new version, the former one stays',
  gate: { permission: 'follow-up.do', audit: { action: 'follow-up.correct', subject } },
  params: ofVisit,
  body: z.object({ version: z.number().int(), answers, because: reason, class: visitClass.optional() }),
  output: visitView,
  problems: ['NothingToCorrect', 'ChangedMeanwhile', 'ClassUnfit'],
})

export const cancelVisit = endpoint({
  name: 'follow-up.cancel',
  method: 'POST',
  path: '/follow-ups/:occurrenceId/cancellation',
  summary: 'Leave out one follow-up, with a reason; the next one is planned',
  gate: { permission: 'follow-up.do', audit: { action: 'follow-up.cancel', subject } },
  params: ofVisit,
  body: z.object({ reason }),
  output: visitView,
  problems: ['FollowUpNotOpen', 'PlanEnded'],
})

export const logAttempt = endpoint({
  name: 'follow-up.logAttempt',
  method: 'POST',
  path: '/follow-ups/:occurrenceId/attempts',
  summary: 'Log a try to reach the person',
  gate: { permission: 'follow-up.do', audit: { action: 'follow-up.attempt', subject } },
  params: ofVisit,
  body: z.object({
    channel: attemptChannel,
    outcome: attemptOutcome,
    startedAt: instant.optional(),
    endedAt: instant.optional(),
    note: pii('free-text', z.string().trim().max(500)).default(''),
    nextAt: instant.optional(),
    /** Why there is one beyond those allowed. */
    because: z.string().trim().max(300).default(''),
  }),
  output: z.object({ vain: z.number().int(), lost: z.boolean() }),
  problems: ['FollowUpNotOpen', 'PlanEnded', 'AttemptReasonNeeded', 'AttemptInFuture'],
})
