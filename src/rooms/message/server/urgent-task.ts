import type { WriteContext } from '../../../platform/context/context.ts'
import { dropStaffNotices, planStaffNotice } from '../../wechat/server/index.ts'
import { findTaskUrgency } from './task-title.ts'

const OPEN = ['accepted', 'in-progress']
const keyOf = (taskId: string) => `urgent-task:${taskId}`

/**
 * Whoever is given an urgent task is told in WeCom: it stands on their desk already, which they may not be sitting at. Not
 * what they have put down themselves, and not that of an important result, of which the alert tells.
 */
export async function tellOfUrgentTask(ctx: WriteContext, taskId: string, executorId: string | null): Promise<void> {
  if (!executorId) return
  const task = await findTaskUrgency(ctx.db, ctx.organizationId, taskId)
  if (!task || task.priority === 'routine' || task.alert === 'important-result') return
  // The event may be told late: what counts is who has the task now.
  if (task.owner_id !== executorId || task.created_by === executorId || !OPEN.includes(task.state)) return
  await planStaffNotice(ctx, executorId, {
    id: ctx.ids.next(),
    topic: 'urgent-task',
    link: `/tasks?task=${taskId}`,
    sourceKey: keyOf(taskId),
  })
}

/** Done, cancelled, or with somebody else, before it was told. */
export function dropUrgentTask(ctx: WriteContext, taskId: string): Promise<void> {
  return dropStaffNotices(ctx, { sourceKey: keyOf(taskId) })
}
