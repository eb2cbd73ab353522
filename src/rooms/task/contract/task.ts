import { z } from 'zod'
import {
  calendarDate,
  endpoint,
  instant,
  pageOf,
  pageQuery,
  patientId,
  staffId,
} from '../../../platform/contract/index.ts'
import {
  note,
  outcome,
  priority,
  reason,
  remindBefore,
  taskId,
  taskLine,
  taskType,
  taskView,
  title,
  TASK_STATES,
} from './words.ts'

const ofTask = z.object({ taskId })
const version = z.number().int()

/** Whose tasks: one's own, the pool's of one's roles, of one's customers, of the department one leads. */
export const SCOPES = ['mine', 'pool', 'customers', 'department'] as const
export const STATE_FILTERS = ['open', 'today', 'overdue', ...TASK_STATES, 'closed', 'all'] as const

/** Filters of the list; each stands in the address of the page, and a saved filter keeps them. */
export const taskFilter = z.object({
  scope: z.enum(SCOPES).optional(),
  type: taskType.optional(),
  state: z.enum(STATE_FILTERS).optional(),
  priority: priority.optional(),
  dueFrom: calendarDate.optional(),
  dueTo: calendarDate.optional(),
  /** Closed on this day or later. */
  closedFrom: calendarDate.optional(),
  patientId: patientId.optional(),
  ownerId: z.union([staffId, z.literal('none')]).optional(),
})
export type TaskFilter = z.output<typeof taskFilter>

export const listTasks = endpoint({
  name: 'task.list',
  method: 'GET',
  path: '/tasks',
  summary: 'Tasks by filter: open ones by priority and due date, others newest first',
  gate: { permission: 'task.read', audit: { action: 'task.list' } },
  query: pageQuery.extend(taskFilter.shape),
  output: pageOf(taskLine),
})

export const getTask = endpoint({
  name: 'task.get',
  method: 'GET',
  path: '/tasks/:taskId',
  summary: 'A task with its history',
  gate: { permission: 'task.read', audit: { action: 'task.open', subject: 'taskId' } },
  params: ofTask,
  output: taskView,
})

export const createNewTask = endpoint({
  name: 'task.create',
  method: 'POST',
  path: '/tasks',
  summary: 'Make a task by hand; every type but the assignment of a doctor (P6)',
  gate: { permission: 'task.create', audit: { action: 'task.create' } },
  body: z.object({
    type: taskType,
    title: title.default(''),
    note: note.default(''),
    patientId: patientId.nullable().default(null),
    /** Null: to the pool of service managers. */
    ownerId: staffId.nullable().default(null),
    priority: priority.default('routine'),
    dueOn: calendarDate,
    dueAt: instant.nullable().default(null),
    remindBefore: remindBefore.default([]),
    /** Made up by the page, so that sending twice makes one task. */
    key: z.uuid().optional(),
  }),
  output: taskView,
  problems: ['TaskTypeNotByHand', 'ExecutorUnfit', 'NoResponsibleDoctor', 'PatientNotActive'],
})

export const changeTask = endpoint({
  name: 'task.change',
  method: 'PATCH',
  path: '/tasks/:taskId',
  summary: 'Change what is asked for, when, how urgently and when it is reminded of',
  gate: { permission: 'task.do', audit: { action: 'task.change', subject: 'taskId' } },
  params: ofTask,
  body: z.object({
    version,
    title: title.optional(),
    note: note.optional(),
    priority: priority.optional(),
    dueOn: calendarDate.optional(),
    dueAt: instant.nullable().optional(),
    remindBefore: remindBefore.optional(),
  }),
  output: taskView,
  problems: ['TaskNotOpen', 'TaskActNotAllowed', 'ChangedMeanwhile'],
})

const refusals = [
  'TaskAlreadyHandled',
  'TaskAlreadyClaimed',
  'TaskAlreadyCancelled',
  'TaskNotOpen',
  'TaskActNotAllowed',
] as const

export const claimTask = endpoint({
  name: 'task.claim',
  method: 'POST',
  path: '/tasks/:taskId/claim',
  summary: 'Take a task out of the pool; the first one gets it',
  gate: { permission: 'task.do', audit: { action: 'task.claim', subject: 'taskId' } },
  params: ofTask,
  output: taskView,
  problems: refusals,
})

export const releaseTask = endpoint({
  name: 'task.release',
  method: 'POST',
  path: '/tasks/:taskId/release',
  summary: 'Put a task back into the pool',
  gate: { permission: 'task.do', audit: { action: 'task.release', subject: 'taskId' } },
  params: ofTask,
  body: z.object({ reason }),
  output: taskView,
  problems: refusals,
})

export const startTask = endpoint({
  name: 'task.start',
  method: 'POST',
  path: '/tasks/:taskId/start',
  summary: 'Begin with a task',
  gate: { permission: 'task.do', audit: { action: 'task.start', subject: 'taskId' } },
  params: ofTask,
  output: taskView,
  problems: refusals,
})

export const completeTask = endpoint({
  name: 'task.complete',
  method: 'POST',
  path: '/tasks/:taskId/completion',
  summary: 'Finish a task, with what came of it',
  gate: { permission: 'task.do', audit: { action: 'task.complete', subject: 'taskId' } },
  params: ofTask,
  body: z.object({ outcome: outcome.default({ text: '' }) }),
  output: taskView,
  problems: refusals,
})

export const cancelTask = endpoint({
  name: 'task.cancel',
  method: 'POST',
  path: '/tasks/:taskId/cancellation',
  summary: 'Drop a task, with a reason',
  gate: { permission: 'task.do', audit: { action: 'task.cancel', subject: 'taskId' } },
  params: ofTask,
  body: z.object({ reason }),
  output: taskView,
  problems: refusals,
})

/** Whom a task may be given to: with `type` for a new one (P5), without for a hand-over. */
export const listExecutors = endpoint({
  name: 'task.listExecutors',
  method: 'GET',
  path: '/task-executors',
  summary: 'Who may be given a task about a patient',
  gate: { permission: 'task.read', audit: { none: 'it names staff only' } },
  query: z.object({ type: taskType.optional(), patientId: patientId.optional() }),
  output: z.object({
    executors: z.array(
      z.object({ id: staffId, name: z.string(), roles: z.array(z.string()), openTasks: z.number().int() }),
    ),
  }),
})
