import { z } from 'zod'
import { calendarDate, endpoint, id, instant, staffId } from '../../../platform/contract/index.ts'
import { reason, taskId, taskType, taskView } from './words.ts'

export const batchId = id('hand-over-batch')
/** At most so many at once. */
export const BATCH_MAX = 1000

export const handOverTask = endpoint({
  name: 'task.handOver',
  method: 'POST',
  path: '/tasks/:taskId/hand-over',
  summary: 'Give a task to somebody else; they see the patient as long as it is open',
  gate: { permission: 'task.hand-over', audit: { action: 'task.hand-over', subject: 'taskId' } },
  params: z.object({ taskId }),
  body: z.object({ toId: staffId, reason }),
  output: taskView,
  problems: [
    'TaskNotOpen',
    'TaskAlreadyHandled',
    'TaskAlreadyCancelled',
    'TaskActNotAllowed',
    'ExecutorUnfit',
    'HandOverToSame',
  ],
})

/** Tasks one by one, or all open ones of a person. */
export const selection = z.union([
  z.strictObject({ taskIds: z.array(taskId).min(1).max(BATCH_MAX) }),
  z.strictObject({ ownerId: staffId, types: z.array(taskType).max(10).optional(), dueTo: calendarDate.optional() }),
])
export type Selection = z.output<typeof selection>

/** A POST since the selection may be long; it changes nothing. */
export const previewHandOver = endpoint({
  name: 'task.previewHandOver',
  method: 'POST',
  path: '/task-hand-overs/preview',
  summary: 'How many tasks and people a hand-over would reach',
  gate: { permission: 'task.hand-over', audit: { none: 'it counts and names staff only' } },
  body: z.object({ selection, toId: staffId }),
  output: z.object({
    count: z.number().int(),
    patients: z.number().int(),
    overdue: z.number().int(),
    /** Chosen, but closed meanwhile or not for the reader to give away. */
    leftOut: z.number().int(),
    toName: z.string(),
    toOpenTasks: z.number().int(),
  }),
  problems: ['ExecutorUnfit'],
})

export const handOverMany = endpoint({
  name: 'task.handOverMany',
  method: 'POST',
  path: '/task-hand-overs',
  summary: 'Give many tasks to somebody else; can be undone for 24 hours',
  gate: { permission: 'task.hand-over', audit: { action: 'task.hand-over-many' } },
  /** `expected` is the count of the preview: when the reach has changed since, nothing happens. */
  body: z.object({ selection, toId: staffId, reason, expected: z.number().int().min(1) }),
  output: z.object({ batchId, count: z.number().int(), undoUntil: instant }),
  problems: ['ExecutorUnfit', 'ReachChanged'],
})

export const undoHandOver = endpoint({
  name: 'task.undoHandOver',
  method: 'POST',
  path: '/task-hand-overs/:batchId/undo',
  summary: 'Take a hand-over of many back, as far as nobody has touched the tasks since',
  gate: { permission: 'task.hand-over', audit: { action: 'task.undo-hand-over', subject: 'batchId' } },
  params: z.object({ batchId }),
  output: z.object({ undone: z.number().int(), kept: z.number().int() }),
  problems: ['HandOverUndone', 'HandOverTooOld', 'NotFound'],
})

export const listHandOvers = endpoint({
  name: 'task.listHandOvers',
  method: 'GET',
  path: '/task-hand-overs',
  summary: 'Hand-overs of many in the last 24 hours that the reader may take back',
  gate: { permission: 'task.hand-over', audit: { none: 'it counts and names staff only' } },
  output: z.object({
    batches: z.array(
      z.object({
        id: batchId,
        toName: z.string(),
        count: z.number().int(),
        reason: z.string(),
        byName: z.string(),
        at: instant,
        undoUntil: instant,
      }),
    ),
  }),
})
