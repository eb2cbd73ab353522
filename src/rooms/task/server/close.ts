import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { PatientId, StaffId } from '../../../platform/contract/index.ts'
import { taskCancelled, taskDone } from '../contract/events.ts'
import type { Outcome, ReasonCode, TaskId, TaskType } from '../contract/words.ts'
import { closeFiles } from './access.ts'
import { dropReminders } from './reminder-store.ts'
import { closeOpen, findBySource, insertEvents, OPEN, type TaskRow } from './store.ts'

export interface Closing {
  state: 'completed' | 'cancelled'
  reason?: string
  reasonCode?: ReasonCode
  outcome?: Outcome
  /** Who has done it; the actor by default. */
  by?: { id: string; name: string }
}

export type TaskReference = string | { source: string; sourceKey: string }

/** Closes a task, by its id or by what asked for it. @returns whether it was open: a replay finds it closed */
export async function closeTask(ctx: WriteContext, task: TaskReference, closing: Closing): Promise<boolean> {
  const id =
    typeof task === 'string'
      ? task
      : (await findBySource(ctx.tx, ctx.organizationId, [task])).get(`${task.source} ${task.sourceKey}`)
  return id !== undefined && (await closeTasks(ctx, [id], closing)) === 1
}

/** The same for many. @returns how many were open */
export async function closeTasks(ctx: WriteContext, taskIds: readonly string[], closing: Closing): Promise<number> {
  const { state, reason = '', reasonCode = null, outcome = null, by = ctx.actor } = closing
  const now = ctx.clock.now()
  const closed = await closeOpen(ctx.tx, ctx.organizationId, taskIds, { state, reason, reasonCode, outcome }, by, now)
  const events = closed.map((row) => ({
    taskId: row.id,
    version: row.version,
    kind: state,
    fromState: row.was,
    toState: state,
    fromOwnerId: row.owner_id,
    toOwnerId: row.owner_id,
    reason,
    reasonCode,
  }))
  await insertEvents(ctx.tx, ctx.organizationId, events, by, now)
  await dropReminders(
    ctx.tx,
    ctx.organizationId,
    closed.map((row) => row.id),
    now,
  )
  await closeFiles(ctx, closed)
  for (const row of closed) await tellClosed(ctx, row, by.id as StaffId | null)
  return closed.length
}

async function tellClosed(ctx: WriteContext, row: TaskRow, by: StaffId | null): Promise<void> {
  if (row.state === 'completed') await ctx.emit(taskDone, { ...aboutOf(row), by })
  else await ctx.emit(taskCancelled, { ...aboutOf(row), by, reason: row.reason, reasonCode: row.reason_code })
}

export function aboutOf(row: Pick<TaskRow, 'id' | 'type' | 'patient_id' | 'source' | 'source_key'>) {
  return {
    taskId: row.id as TaskId,
    type: row.type,
    patientId: row.patient_id as PatientId | null,
    source: row.source,
    sourceKey: row.source_key,
  }
}

export interface OpenTask {
  id: string
  type: TaskType
  patientId: string | null
  ownerId: string | null
  state: TaskRow['state']
  dueOn: string
  source: string
  sourceKey: string | null
}

/** Open tasks of patients, soonest first; at most 500. Who may see them is the caller's business. */
export async function findOpenTasks(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  wanted: { patientIds: readonly string[]; source?: string; types?: readonly TaskType[] },
): Promise<OpenTask[]> {
  let query = db
    .selectFrom('task as t')
    .select([
      't.id',
      't.type',
      't.patient_id as patientId',
      't.owner_id as ownerId',
      't.state',
      't.due_on as dueOn',
      't.source',
      't.source_key as sourceKey',
    ])
    .where('t.organization_id', '=', organizationId)
    .where(sql<boolean>`t.patient_id = any(${[...wanted.patientIds]}::uuid[])`)
    .where(OPEN)
  if (wanted.source) query = query.where('t.source', '=', wanted.source)
  if (wanted.types) query = query.where('t.type', 'in', [...wanted.types])
  return query.orderBy('t.due_on').orderBy('t.id').limit(500).execute()
}
