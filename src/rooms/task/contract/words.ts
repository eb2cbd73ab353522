import { z } from 'zod'
import { calendarDate, id, instant, patientId, pii, staffId } from '../../../platform/contract/index.ts'
import { sex } from '../../patient/contract/person.ts'

export const TASK_TYPES = [
  'assign-doctor',
  'complete-record',
  'follow-up',
  'diagnosis-assessment',
  'recheck',
  'call',
  'other',
] as const
export const TASK_STATES = ['requested', 'accepted', 'in-progress', 'completed', 'cancelled'] as const
/** FHIR request-priority, without `asap`. */
export const PRIORITIES = ['stat', 'urgent', 'routine'] as const
export const ACTS = ['assign-doctor', 'claim', 'release', 'start', 'complete', 'cancel', 'hand-over', 'change'] as const
/** Why the house itself closed or moved a task. */
export const REASON_CODES = [
  'patient-died',
  'tag-cleared',
  'diagnosis-recorded',
  'carer-changed',
  'next-follow-up',
  'plan-ended',
  'in-hospital',
] as const

export const taskId = id('task')
export type TaskId = z.output<typeof taskId>
export const taskType = z.enum(TASK_TYPES)
export const taskState = z.enum(TASK_STATES)
export const priority = z.enum(PRIORITIES)
export const act = z.enum(ACTS)
export type TaskType = z.infer<typeof taskType>
export type TaskState = z.infer<typeof taskState>
export type Priority = z.infer<typeof priority>
export type Act = z.infer<typeof act>
export type ReasonCode = (typeof REASON_CODES)[number]

/** Minutes before the task falls due at which its executor is reminded; 0 at that moment. At most 30 days. */
export const remindBefore = z.array(z.number().int().min(0).max(43_200)).max(5)
export const reason = z.string().trim().min(2).max(300)
export const title = pii('health', z.string().trim().max(120))
export const note = pii('free-text', z.string().trim().max(2000))

/** What came of it: a few words, and whatever the room that asked for the task adds. */
export const outcome = z.object({ text: z.string().trim().max(2000).default('') }).catchall(z.json())
export type Outcome = z.infer<typeof outcome>

const person = z.object({ id: staffId, name: z.string() })

/** As much of the patient as the reader may know; the name is masked for whoever may not read identities. */
export const taskPatient = z.object({
  id: patientId,
  name: pii('name', z.string()),
  sex,
  ageYears: z.number().int().nullable(),
  phoneMasked: z.string().nullable(),
  doctorName: z.string().nullable(),
})

/** Where the work itself is done: the form of a follow-up, the record in which the diagnosis is entered, the talk about a report. */
export const place = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visit'), id: z.string() }),
  z.object({ kind: z.literal('diagnosis'), id: patientId }),
  z.object({ kind: z.literal('interpretation'), id: z.string() }),
])
export type Place = z.output<typeof place>

export const taskLine = z.object({
  id: taskId,
  type: taskType,
  /** Empty: the name of its type says it. */
  title,
  patient: taskPatient.nullable(),
  state: taskState,
  overdue: z.boolean(),
  priority,
  /** The last day on which it is in time. */
  dueOn: calendarDate,
  /** The day it is meant for, where that is before `dueOn`. */
  plannedOn: calendarDate.nullable(),
  dueAt: instant.nullable(),
  poolRole: z.string().nullable(),
  owner: person.nullable(),
  ownedSince: instant.nullable(),
  alert: z.string().nullable(),
  createdAt: instant,
  closedAt: instant.nullable(),
  closedByName: z.string().nullable(),
  reason: z.string(),
  reasonCode: z.string().nullable(),
  version: z.number().int(),
  /** Null where the task itself is all there is, or the reader may not know what it is about. */
  place: place.nullable(),
  /** Whether title, note, reason and outcome are left out, since the reader may know the person but not the record. */
  identityOnly: z.boolean(),
  /** What the reader may do with it now. */
  can: z.array(act),
})
export type TaskLine = z.output<typeof taskLine>

export const taskEvent = z.object({
  /** The version of the task that this made. */
  version: z.number().int(),
  kind: z.string(),
  fromState: taskState.nullable(),
  toState: taskState,
  fromOwnerName: z.string().nullable(),
  toOwnerName: z.string().nullable(),
  reason: z.string(),
  reasonCode: z.string().nullable(),
  byName: z.string(),
  at: instant,
})

export const taskView = taskLine.extend({
  note,
  outcome: outcome.nullable(),
  source: z.string(),
  createdByName: z.string(),
  remindBefore,
  history: z.array(taskEvent),
})
