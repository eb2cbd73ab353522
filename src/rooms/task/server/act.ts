import { sql } from 'kysely'
import { dateIn } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { Problem, StaffId } from '../../../platform/contract/index.ts'
import { taskHandedOver } from '../contract/events.ts'
import { taskProblem } from '../contract/problems.ts'
import type { Act, Outcome, Priority, ReasonCode } from '../contract/words.ts'
import { closeFiles, openFiles } from './access.ts'
import { aboutOf, closeTasks } from './close.ts'
import { findTask } from './list-store.ts'
import { dropReminders, putReminders } from './reminder-store.ts'
import { clockTime, mayAct, reminderTimes, TRANSITIONS } from './rules.ts'
import { leadsTask, reachableTasks, reachOf } from './scope.ts'
import { insertEvents, lockTasks, updateTask, type TaskChange, type TaskRow } from './store.ts'
import type { TaskEventKind } from './table.ts'
import { viewOf } from './view.ts'

/**
 * Locks a task and says whether the actor may do this with it now. Two who act at once stand in line here: the second
 * one finds what the first has made of it.
 * @throws Problem NotFound, TaskActNotAllowed, TaskAlreadyHandled, TaskAlreadyClaimed, TaskAlreadyCancelled, TaskNotOpen
 */
export async function beginAct(ctx: WriteContext, taskId: string, act: Act): Promise<TaskRow> {
  const [row] = await lockTasks(ctx.tx, ctx.organizationId, [taskId])
  const reach = await reachOf(ctx)
  const seen = row && (await findTask(ctx.tx, ctx.organizationId, taskId, reachableTasks(ctx, reach)))
  if (!row || !seen) throw platformProblem('NotFound')
  if (row.patient_id) ctx.audit.patientId = row.patient_id
  ctx.audit.detail = { ...ctx.audit.detail, type: row.type, from: row.state }
  const allowed = mayAct(act, row, ctx.actor, leadsTask(reach, row))
  if (TRANSITIONS[act].from.includes(row.state)) {
    if (!allowed) throw taskProblem('TaskActNotAllowed', { act })
    return row
  }
  throw refusalOf(ctx, row, seen.owner_name)
}

/** Says who was quicker, and when. */
function refusalOf(ctx: WriteContext, row: TaskRow, ownerName: string | null): Problem {
  const time = (at: Date | null) => (at ? clockTime(at, ctx.clock.now(), ctx.tenant.timeZone) : '')
  if (row.state === 'completed' && row.closed_by)
    return taskProblem('TaskAlreadyHandled', { name: row.closed_by_name, time: time(row.closed_at) })
  if (row.state === 'cancelled' && row.closed_by)
    return taskProblem('TaskAlreadyCancelled', { name: row.closed_by_name, time: time(row.closed_at) })
  if (row.owner_id && row.owner_id !== ctx.actor.id && row.closed_at === null)
    return taskProblem('TaskAlreadyClaimed', { name: ownerName, time: time(row.owned_since) })
  return taskProblem('TaskNotOpen', { state: row.state })
}

interface Step {
  kind: TaskEventKind
  change: TaskChange
  reason?: string
  reasonCode?: ReasonCode
}

/** Writes one step of a task with its line of history. */
export async function step(
  ctx: WriteContext,
  row: TaskRow,
  { kind, change, reason = '', reasonCode }: Step,
): Promise<TaskRow> {
  const after = await updateTask(ctx.tx, ctx.organizationId, row, change)
  if (!after) throw platformProblem('ChangedMeanwhile')
  const event = {
    taskId: row.id,
    version: after.version,
    kind,
    fromState: row.state,
    toState: after.state,
    fromOwnerId: row.owner_id,
    toOwnerId: after.owner_id,
    reason,
    reasonCode: reasonCode ?? null,
  }
  await insertEvents(ctx.tx, ctx.organizationId, [event], ctx.actor, ctx.clock.now())
  return after
}

/** What the task is now, for the one who has just acted on it, even if it is out of their sight from here on. */
export async function answer(ctx: WriteContext, taskId: string) {
  const row = await findTask(ctx.tx, ctx.organizationId, taskId, sql<boolean>`true`)
  return viewOf(ctx, await reachOf(ctx), row!)
}

/** Gives a task to somebody: opens the patient's file to them if need be, and closes it to whoever had it. */
export async function give(
  ctx: WriteContext,
  row: TaskRow,
  toId: string,
  how: { kind: TaskEventKind; reason?: string },
): Promise<TaskRow> {
  const opens = row.patient_id ? await openFiles(ctx, [{ patientId: row.patient_id, staffId: toId }]) : () => false
  const change: TaskChange = {
    state: 'accepted',
    owner_id: toId,
    owned_since: ctx.clock.now(),
    access_granted: row.patient_id !== null && opens({ patientId: row.patient_id, staffId: toId }),
  }
  const after = await step(ctx, row, { ...how, change })
  await closeFiles(ctx, [row])
  // A reminder whose moment passed while nobody had the task would only tell what is known.
  if (row.owner_id === null) await dropReminders(ctx.tx, ctx.organizationId, [row.id], ctx.clock.now(), 'passed')
  return after
}

export async function claim(ctx: WriteContext, taskId: string) {
  const row = await beginAct(ctx, taskId, 'claim')
  await give(ctx, row, ctx.actor.id!, { kind: 'claimed' })
  return answer(ctx, taskId)
}

export async function release(ctx: WriteContext, taskId: string, reason: string) {
  const row = await beginAct(ctx, taskId, 'release')
  const change: TaskChange = {
    state: 'requested',
    owner_id: null,
    owned_since: null,
    pool_role: row.pool_role ?? poolOf(ctx),
    access_granted: false,
  }
  const after = await step(ctx, row, { kind: 'released', change, reason })
  await closeFiles(ctx, [row])
  await ctx.emit(taskHandedOver, {
    ...aboutOf(after),
    fromId: row.owner_id as StaffId | null,
    toId: null,
    by: ctx.actor.id as StaffId,
  })
  return answer(ctx, taskId)
}

/** A task that never was in a pool goes to that of whoever gives it back. */
function poolOf({ actor }: WriteContext): string {
  return ['service-manager', 'physician', 'counsellor'].find((role) => actor.roles.includes(role)) ?? 'service-manager'
}

export async function start(ctx: WriteContext, taskId: string) {
  const row = await beginAct(ctx, taskId, 'start')
  await step(ctx, row, { kind: 'started', change: { state: 'in-progress' } })
  return answer(ctx, taskId)
}

export async function complete(ctx: WriteContext, taskId: string, outcome: Outcome) {
  await beginAct(ctx, taskId, 'complete')
  await closeTasks(ctx, [taskId], { state: 'completed', outcome })
  return answer(ctx, taskId)
}

export async function cancel(ctx: WriteContext, taskId: string, reason: string) {
  await beginAct(ctx, taskId, 'cancel')
  await closeTasks(ctx, [taskId], { state: 'cancelled', reason })
  return answer(ctx, taskId)
}

export interface Revision {
  version: number
  title?: string | undefined
  note?: string | undefined
  priority?: Priority | undefined
  dueOn?: string | undefined
  dueAt?: string | null | undefined
  remindBefore?: number[] | undefined
}

/** Changes what is asked for and when; reminders that have gone out do not go out again. */
export async function revise(ctx: WriteContext, taskId: string, { version, ...revision }: Revision) {
  const row = await beginAct(ctx, taskId, 'change')
  if (row.version !== version) throw platformProblem('ChangedMeanwhile')
  const { title, note, priority, dueOn, dueAt, remindBefore } = revision
  const change: TaskChange = {
    ...(title === undefined ? {} : { title, title_en: '' }),
    ...(note === undefined ? {} : { note }),
    ...(priority === undefined ? {} : { priority }),
    ...(dueOn === undefined
      ? {}
      : { due_on: dueOn, due_at: null, ...(dueOn === row.due_on ? {} : { planned_on: null }) }),
    ...(dueAt === undefined ? {} : { due_at: dueAt === null ? null : new Date(dueAt) }),
    ...(dueAt ? { due_on: dateIn(new Date(dueAt), ctx.tenant.timeZone), planned_on: null } : {}),
    ...(remindBefore === undefined ? {} : { remind_before: remindBefore }),
  }
  ctx.audit.detail = { ...ctx.audit.detail, changed: Object.keys(change) }
  const after = await step(ctx, row, { kind: 'changed', change })
  await dropReminders(ctx.tx, ctx.organizationId, [taskId], ctx.clock.now())
  const times = reminderTimes(
    { dueOn: after.due_on, dueAt: after.due_at, remindBefore: after.remind_before },
    ctx.tenant.timeZone,
  )
  await putReminders(
    ctx.tx,
    ctx.organizationId,
    times.filter(({ at }) => at > ctx.clock.now()).map((time) => ({ ...time, taskId })),
  )
  return answer(ctx, taskId)
}
