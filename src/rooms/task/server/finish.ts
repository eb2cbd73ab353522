import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { closeTasks } from './close.ts'
import { findTask } from './list-store.ts'
import { mayAct, TRANSITIONS } from './rules.ts'
import { leadsTask, reachableTasks, reachOf } from './scope.ts'
import { lockTasks } from './store.ts'

/** A task of a person that the actor may reach, by its name; undefined where there is none. */
export async function taskNamed(
  ctx: ReadContext,
  patientId: string,
  taskId: string,
): Promise<{ title: string; isOpen: boolean } | undefined> {
  const row = await findTask(ctx.db, ctx.organizationId, taskId, reachableTasks(ctx, await reachOf(ctx)))
  if (!row || row.patient_id !== patientId) return undefined
  const title = ctx.locale === 'en' && row.title_en ? row.title_en : row.title
  return { title, isOpen: row.closed_at === null }
}

/**
 * Closes a task with work that was done elsewhere and has to stand either way: where somebody else was quicker, it is not
 * the actor's to close, or its own form closes it, it is left as it is. @returns whether it was closed
 */
export async function finishTask(ctx: WriteContext, taskId: string, text: string): Promise<boolean> {
  const [row] = await lockTasks(ctx.tx, ctx.organizationId, [taskId])
  const reach = await reachOf(ctx)
  if (!row || !(await findTask(ctx.tx, ctx.organizationId, taskId, reachableTasks(ctx, reach)))) return false
  const isOwnForm = row.type === 'follow-up'
  const isOpen = TRANSITIONS.complete.from.includes(row.state)
  const mayClose = ctx.actor.permissions.has('task.do') && mayAct('complete', row, ctx.actor, leadsTask(reach, row))
  if (isOwnForm || !isOpen || !mayClose) return false
  return (await closeTasks(ctx, [taskId], { state: 'completed', outcome: { text } })) === 1
}
