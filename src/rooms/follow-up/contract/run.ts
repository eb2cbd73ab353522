import { z } from 'zod'
import { bilingual, calendarDate, endpoint, instant, patientId, pii } from '../../../platform/contract/index.ts'
import {
  exitReason,
  EXITS_BY_HAND,
  occurrenceId,
  occurrenceState,
  protocolCode,
  reason,
  referralId,
  runId,
  runState,
  visitAction,
  visitClass,
  way,
} from './words.ts'

/** One follow-up on the time axis of a plan. */
export const occurrenceLine = z.object({
  id: occurrenceId,
  step: protocolCode,
  stepName: bilingual,
  track: protocolCode,
  sequence: z.number().int(),
  windowFrom: calendarDate,
  dueOn: calendarDate,
  windowUntil: calendarDate,
  state: occurrenceState,
  /** In hospital: it comes again after the discharge. */
  restingSince: calendarDate.nullable(),
  reason: pii('free-text', z.string()),
  way: way.nullable(),
  class: visitClass.nullable(),
  action: visitAction.nullable(),
  actualOn: calendarDate.nullable(),
  backEntered: z.boolean(),
  attempts: z.number().int(),
  settledAt: instant.nullable(),
  settledBy: z.string(),
  can: z.object({ complete: z.boolean(), cancel: z.boolean(), correct: z.boolean() }),
})
export type OccurrenceLine = z.infer<typeof occurrenceLine>

export const quotaLine = z.object({
  way: z.enum(['face-to-face', 'phone', 'any']),
  track: protocolCode,
  perYear: z.number().int(),
  /** Of the line of steps it is counted along. */
  name: bilingual,
  /** Done in the present calendar year. */
  done: z.number().int(),
})

export const runView = z.object({
  id: runId,
  patientId,
  protocol: protocolCode,
  protocolName: bilingual,
  protocolVersion: z.number().int(),
  /** The version it goes over to. */
  switchTo: z.number().int().nullable(),
  anchorOn: calendarDate,
  entryKey: z.string(),
  state: runState,
  exitReason: exitReason.nullable(),
  exitNote: pii('free-text', z.string()),
  startedAt: instant,
  startedBy: z.string(),
  endedAt: instant.nullable(),
  endedBy: z.string(),
  occurrences: z.array(occurrenceLine),
  /** Of a step that repeats every week: weeks in a row, and the longest row. */
  streak: z
    .object({ step: protocolCode, weeks: z.number().int(), longest: z.number().int(), broken: z.boolean() })
    .nullable(),
  quotas: z.array(quotaLine),
  events: z.array(
    z.object({
      kind: z.string(),
      at: instant,
      by: z.string(),
      from: z.number().int().nullable(),
      to: z.number().int().nullable(),
    }),
  ),
  referrals: z.array(
    z.object({
      id: referralId,
      occurrenceId,
      reasons: z.array(z.string()),
      referTo: z.string(),
      urgent: z.boolean(),
      state: z.enum(['open', 'attended', 'not-attended', 'unknown']),
      outcome: z.string(),
      at: instant,
    }),
  ),
  can: z.object({ exit: z.boolean() }),
})
export type RunView = z.infer<typeof runView>

/** A pathway that has taken the person in and begins on a later day, so that not all begin on one. */
export const waitLine = z.object({
  protocol: protocolCode,
  protocolName: bilingual,
  beginsOn: calendarDate,
  since: instant,
  /** What brought them in. */
  entryKey: z.string(),
})
export type WaitLine = z.infer<typeof waitLine>

const ofPatient = z.object({ patientId })
const ofRun = z.object({ runId })

export const listRuns = endpoint({
  name: 'follow-up.listRuns',
  method: 'GET',
  path: '/patients/:patientId/plan-runs',
  summary:
    'The follow-up plans of a person with all their visits, running ones first, and those that are still to begin',
  gate: { permission: 'follow-up.read', audit: { action: 'follow-up.plans', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({ runs: z.array(runView), waiting: z.array(waitLine), canEnrol: z.boolean() }),
})

export const enrol = endpoint({
  name: 'follow-up.enrol',
  method: 'POST',
  path: '/patients/:patientId/plan-runs',
  summary: 'Start a protocol by hand; one that the person waits for begins at once',
  gate: { permission: 'follow-up.enrol', audit: { action: 'follow-up.enrol', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    protocol: protocolCode,
    anchorOn: calendarDate.optional(),
    reason: z.string().trim().max(300).default(''),
  }),
  output: z.object({ runId }),
  problems: [
    'NotFound',
    'ProtocolUnknown',
    'PlanRunsAlready',
    'PlanPatientNotActive',
    'ActualInFuture',
    'ActualTooEarly',
  ],
})

export const exitRun = endpoint({
  name: 'follow-up.exit',
  method: 'POST',
  path: '/plan-runs/:runId/exit',
  summary: 'End a plan before its time, with the reason',
  gate: { permission: 'follow-up.enrol', audit: { action: 'follow-up.exit', subject: 'runId' } },
  params: ofRun,
  body: z.object({ reason: z.enum(EXITS_BY_HAND), note: reason }),
  output: z.object({ cancelled: z.number().int() }),
  problems: ['NotFound', 'PlanEnded'],
})
