import { z } from 'zod'
import { calendarDate, event, patientId, staffId } from '../../../platform/contract/index.ts'
import { taskId, taskType } from './words.ts'

const about = z.object({
  taskId,
  type: taskType,
  patientId: patientId.nullable(),
  source: z.string(),
  sourceKey: z.string().nullable(),
})

/** `alert` names what needs an eye, such as `no-manager-bound`. */
export const taskCreated = event(
  'task.created',
  about.extend({ executorId: staffId.nullable(), poolRole: z.string().nullable(), alert: z.string().nullable() }),
)
/** `by` is null when the house closed it. */
export const taskDone = event('task.done', about.extend({ by: staffId.nullable() }))
export const taskCancelled = event(
  'task.cancelled',
  about.extend({ by: staffId.nullable(), reason: z.string(), reasonCode: z.string().nullable() }),
)
/** `toId` null: back to the pool. */
export const taskHandedOver = event(
  'task.handed-over',
  about.extend({ fromId: staffId.nullable(), toId: staffId.nullable(), by: staffId.nullable() }),
)
/** Once per task and offset (P7). */
export const taskReminderDue = event(
  'task.reminder-due',
  z.object({ taskId, executorId: staffId, offsetMinutes: z.number().int() }),
)
/** Once per person and day (P8): how many of today or earlier are still open. */
export const taskDigestDue = event(
  'task.digest-due',
  z.object({ executorId: staffId, day: calendarDate, count: z.number().int().positive(), overdue: z.number().int() }),
)
