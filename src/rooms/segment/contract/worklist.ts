import { z } from 'zod'
import { whyNode } from '../../../platform/condition/contract.ts'
import {
  bilingual,
  calendarDate,
  endpoint,
  instant,
  pageOf,
  pageQuery,
  patientId,
} from '../../../platform/contract/index.ts'
import { taskId, taskType } from '../../task/contract/words.ts'
import { listedPerson } from './member.ts'
import { counted, draftCount } from './segment.ts'
import { shipped } from './shipped.ts'
import { colleague, condition, filling, note, purposeText, worklistId } from './words.ts'

const ofWorklist = z.object({ worklistId })
const ofItem = z.object({ worklistId, patientId })

export const SORTS = ['due', 'since', 'oldest', 'youngest'] as const
export const ITEM_FILTERS = ['open', 'overdue', 'done', 'all'] as const
export const itemFilter = z.enum(ITEM_FILTERS)

export const worklistDefinition = z.strictObject({
  name: z.string().trim().min(2).max(40),
  purpose: purposeText,
  condition,
  sort: z.enum(SORTS),
  /** Within so many days of coming onto it everybody is done. */
  targetDays: z.number().int().min(0).max(365),
})
export type WorklistDefinition = z.infer<typeof worklistDefinition>

/** In the reader's scope alone: each number opens its rows. */
export const progress = z.object({
  open: z.number().int(),
  overdue: z.number().int(),
  /** Done in the last 30 days, and how many of those in time. */
  done: z.number().int(),
  doneInTime: z.number().int(),
  /** Share in time with its 95 % interval (Wilson); null below 30 (figures-and-refusals.md). */
  inTime: z.object({ percent: z.number(), low: z.number(), high: z.number() }).nullable(),
})
export type Progress = z.infer<typeof progress>

export const worklistLine = worklistDefinition.omit({ condition: true }).extend({
  id: worklistId,
  state: z.enum(['active', 'retired']),
  version: z.number().int(),
  owner: colleague.nullable(),
  shipped: shipped.nullable(),
  sentence: bilingual,
  progress,
})
export type WorklistLine = z.infer<typeof worklistLine>

export const listWorklists = endpoint({
  name: 'worklist.list',
  method: 'GET',
  path: '/worklists',
  summary: 'Worklists with how far they are, over the reader’s own patients',
  gate: { permission: 'worklist.read', audit: { none: 'numbers alone' } },
  query: z.object({ retired: z.stringbool().default(false) }),
  output: z.object({ worklists: z.array(worklistLine), can: z.object({ write: z.boolean() }) }),
})

export const worklistView = worklistLine.extend({
  condition,
  filling: filling.nullable(),
  stopped: z.boolean(),
  can: z.object({ write: z.boolean(), task: z.boolean() }),
})
export type WorklistView = z.infer<typeof worklistView>

export const openWorklist = endpoint({
  name: 'worklist.open',
  method: 'GET',
  path: '/worklists/:worklistId',
  summary: 'One worklist: what it asks for, its target and how far it is',
  gate: { permission: 'worklist.read', audit: { none: 'a definition and numbers' } },
  params: ofWorklist,
  output: worklistView,
})

export const createWorklist = endpoint({
  name: 'worklist.create',
  method: 'POST',
  path: '/worklists',
  summary: 'Set up a worklist; who belongs on it is brought in',
  gate: { permission: 'worklist.write', audit: { action: 'worklist.create', subject: 'worklistId' } },
  body: z.object({ definition: worklistDefinition }),
  output: worklistView,
  problems: ['WorklistFaulty'],
})

export const changeWorklist = endpoint({
  name: 'worklist.change',
  method: 'PUT',
  path: '/worklists/:worklistId',
  summary: 'Change a worklist; what was done stays done',
  gate: { permission: 'worklist.write', audit: { action: 'worklist.change', subject: 'worklistId' } },
  params: ofWorklist,
  body: z.object({ definition: worklistDefinition, version: z.number().int() }),
  output: worklistView,
  problems: ['WorklistFaulty', 'WorklistRetired', 'ChangedMeanwhile'],
})

export const retireWorklist = endpoint({
  name: 'worklist.retire',
  method: 'DELETE',
  path: '/worklists/:worklistId',
  summary: 'Put a worklist away; it may be restored',
  gate: { permission: 'worklist.write', audit: { action: 'worklist.retire', subject: 'worklistId' } },
  params: ofWorklist,
  output: z.object({ retired: z.boolean() }),
})

export const restoreWorklist = endpoint({
  name: 'worklist.restore',
  method: 'POST',
  path: '/worklists/:worklistId/restoration',
  summary: 'Take a worklist up again',
  gate: { permission: 'worklist.write', audit: { action: 'worklist.restore', subject: 'worklistId' } },
  params: ofWorklist,
  output: worklistView,
  problems: ['WorklistFaulty'],
})

export const countWorklist = endpoint({
  name: 'worklist.count',
  method: 'POST',
  path: '/worklists/count',
  summary: 'How many of the reader’s own patients a condition would bring onto a worklist',
  gate: { permission: 'worklist.write', audit: { none: 'a number, never a name' } },
  body: draftCount,
  output: counted,
})

export const worklistItem = z.object({
  patient: listedPerson,
  sinceAt: instant,
  dueOn: calendarDate,
  state: z.enum(['open', 'done']),
  note,
  doneBy: z.string().nullable(),
  doneAt: instant.nullable(),
  taskId: taskId.nullable(),
})
export type WorklistItem = z.infer<typeof worklistItem>

export const listItems = endpoint({
  name: 'worklist.items',
  method: 'GET',
  path: '/worklists/:worklistId/items',
  summary: 'The reader’s own patients on a worklist: since when, due when, done by whom',
  gate: { permission: 'worklist.read', audit: { action: 'worklist.items', subject: 'worklistId' } },
  params: ofWorklist,
  query: pageQuery.extend({
    filter: itemFilter.default('open'),
    limit: z.coerce.number().int().min(1).max(100).default(50),
  }),
  output: pageOf(worklistItem),
})

export const doItem = endpoint({
  name: 'worklist.do',
  method: 'POST',
  path: '/worklists/:worklistId/items/:patientId/completion',
  summary: 'What there was to do for this person is done, with a note',
  gate: { permission: 'worklist.read', audit: { action: 'worklist.do', patient: 'patientId', subject: 'worklistId' } },
  params: ofItem,
  body: z.object({ note: note.pipe(z.string().min(2)) }),
  output: worklistItem,
  problems: ['WorklistItemGone', 'WorklistRetired'],
})

export const putBackItem = endpoint({
  name: 'worklist.putBack',
  method: 'DELETE',
  path: '/worklists/:worklistId/items/:patientId/completion',
  summary: 'It is not done after all',
  gate: {
    permission: 'worklist.read',
    audit: { action: 'worklist.putBack', patient: 'patientId', subject: 'worklistId' },
  },
  params: ofItem,
  output: worklistItem,
  problems: ['WorklistItemGone', 'WorklistRetired'],
})

export const makeTask = endpoint({
  name: 'worklist.makeTask',
  method: 'POST',
  path: '/worklists/:worklistId/items/:patientId/task',
  summary: 'Make a task of it for oneself; when the task is done, so is this',
  gate: {
    permission: 'worklist.read',
    audit: { action: 'worklist.makeTask', patient: 'patientId', subject: 'worklistId' },
  },
  params: ofItem,
  body: z.object({ type: taskType.exclude(['assign-doctor']).default('call'), dueOn: calendarDate }),
  output: worklistItem,
  problems: ['WorklistItemGone', 'WorklistRetired', 'PatientNotActive'],
})

export const explainItem = endpoint({
  name: 'worklist.explain',
  method: 'GET',
  path: '/worklists/:worklistId/items/:patientId/explanation',
  summary: 'Why a person is on a worklist or not, and what was done about it',
  gate: {
    permission: 'worklist.read',
    audit: { action: 'worklist.explain', patient: 'patientId', subject: 'worklistId' },
  },
  params: ofItem,
  output: z.object({
    isIn: z.boolean(),
    holds: z.boolean(),
    tree: whyNode,
    acts: z.array(z.object({ act: z.enum(['done', 'put-back', 'task']), note, by: z.string(), at: instant })),
  }),
})
