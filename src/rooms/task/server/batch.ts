import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Id, StaffId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { StaffSummary } from '../../staff/server/index.ts'
import { taskHandedOver } from '../contract/events.ts'
import { BATCH_MAX, type Selection } from '../contract/hand-over.ts'
import { taskProblem } from '../contract/problems.ts'
import { closeFiles, openFiles } from './access.ts'
import {
  findBatches,
  findOwnedIds,
  giveMany,
  insertBatch,
  lockBatch,
  lockUntouched,
  markUndone,
  putBack,
} from './batch-store.ts'
import { aboutOf } from './close.ts'
import { fits, openTasksOf } from './executor.ts'
import { requireRecipient } from './hand-over.ts'
import { actsOf, isOverdue, mayStillUndo, UNDO_MS } from './rules.ts'
import { leadsTask, reachOf } from './scope.ts'
import { insertEvents, lockTasks, type TaskRow } from './store.ts'
import type { TaskEventKind } from './table.ts'

type BatchId = Id<'hand-over-batch'>

/** What a hand-over would reach: chosen tasks that are open, the actor's to give, and fit the one who gets them. */
async function lockReach(
  ctx: WriteContext,
  selection: Selection,
  to: StaffSummary,
): Promise<{ rows: TaskRow[]; leftOut: number }> {
  const ids =
    'taskIds' in selection
      ? [...new Set(selection.taskIds)]
      : await findOwnedIds(ctx.tx, ctx.organizationId, selection, BATCH_MAX)
  const reach = await reachOf(ctx)
  const rows = (await lockTasks(ctx.tx, ctx.organizationId, ids)).filter(
    (row) =>
      row.owner_id !== to.id &&
      fits(row.type, to.roles) &&
      actsOf(row, ctx.actor, leadsTask(reach, row)).includes('hand-over'),
  )
  return { rows, leftOut: ids.length - rows.length }
}

/** Says what a hand-over would reach, before it is done. Runs as a write so that it counts exactly as the act does. */
export async function previewHandOver(ctx: WriteContext, selection: Selection, toId: string) {
  const to = await requireRecipient(ctx, toId, [])
  const { rows, leftOut } = await lockReach(ctx, selection, to)
  return {
    count: rows.length,
    patients: new Set(rows.flatMap((row) => row.patient_id ?? [])).size,
    overdue: rows.filter((row) => isOverdue({ state: row.state, dueOn: row.due_on }, ctx.today)).length,
    leftOut,
    toName: to.name,
    toOpenTasks: (await openTasksOf(ctx.tx, ctx.organizationId, [toId])).get(toId) ?? 0,
  }
}

/** Gives many tasks to one person, exactly as many as the preview said. */
export async function handOverMany(
  ctx: WriteContext,
  body: { selection: Selection; toId: string; reason: string; expected: number },
) {
  const { selection, toId, reason, expected } = body
  const to = await requireRecipient(ctx, toId, [])
  const { rows } = await lockReach(ctx, selection, to)
  if (rows.length !== expected) throw taskProblem('ReachChanged', { expected, count: rows.length })
  const now = ctx.clock.now()
  const batchId = ctx.ids.next<BatchId>()
  await insertBatch(
    ctx.tx,
    ctx.organizationId,
    { id: batchId, toId, reason, byId: ctx.actor.id!, byName: ctx.actor.name },
    rows,
    now,
  )
  const opens = await openFiles(
    ctx,
    rows.flatMap((row) => (row.patient_id ? [{ patientId: row.patient_id, staffId: toId }] : [])),
  )
  const gifts = rows.map((row) => ({
    id: row.id,
    accessGranted: row.patient_id !== null && opens({ patientId: row.patient_id, staffId: toId }),
  }))
  await giveMany(ctx.tx, ctx.organizationId, gifts, toId, now)
  await closeFiles(ctx, rows)
  const moves = rows.map((row) => ({ row, toState: 'accepted' as const, toOwnerId: toId }))
  await tell(ctx, moves, 'handed-over', reason)
  ctx.audit.detail = { batchId, toId, count: rows.length }
  return { batchId, count: rows.length, undoUntil: new Date(now.getTime() + UNDO_MS).toISOString() }
}

/** Takes a batch back within 24 hours: what nobody has touched since goes back exactly as it was, the rest stays. */
export async function undoHandOver(ctx: WriteContext, batchId: string) {
  const batch = await lockBatch(ctx.tx, ctx.organizationId, batchId)
  if (!batch || !(batch.by_id === ctx.actor.id || (await reachOf(ctx)).department?.includes(batch.by_id)))
    throw platformProblem('NotFound')
  if (batch.undone_at) throw taskProblem('HandOverUndone')
  if (!mayStillUndo(batch.at, ctx.clock.now())) throw taskProblem('HandOverTooOld')
  const rows = await lockUntouched(ctx.tx, ctx.organizationId, batchId)
  const pairs = rows.flatMap((row) =>
    row.patient_id && row.from_owner_id && row.from_access_granted
      ? [{ patientId: row.patient_id, staffId: row.from_owner_id }]
      : [],
  )
  const opens = await openFiles(ctx, pairs)
  const again = (row: (typeof rows)[number]) =>
    row.from_access_granted &&
    row.patient_id !== null &&
    row.from_owner_id !== null &&
    opens({ patientId: row.patient_id, staffId: row.from_owner_id })
  await putBack(ctx.tx, ctx.organizationId, rows, again)
  await closeFiles(ctx, rows)
  const moves = rows.map((row) => ({ row, toState: row.from_state, toOwnerId: row.from_owner_id }))
  await tell(ctx, moves, 'hand-over-undone', '')
  await markUndone(ctx.tx, ctx.organizationId, batchId, ctx.actor.id, rows.length, ctx.clock.now())
  ctx.audit.detail = { undone: rows.length, kept: batch.task_count - rows.length }
  return { undone: rows.length, kept: batch.task_count - rows.length }
}

interface Move {
  row: TaskRow
  toState: TaskRow['state']
  toOwnerId: string | null
}

async function tell(ctx: WriteContext, moves: readonly Move[], kind: TaskEventKind, reason: string): Promise<void> {
  const events = moves.map(({ row, toState, toOwnerId }) => ({
    taskId: row.id,
    version: row.version + 1,
    kind,
    fromState: row.state,
    toState,
    fromOwnerId: row.owner_id,
    toOwnerId,
    reason,
    reasonCode: null,
  }))
  await insertEvents(ctx.tx, ctx.organizationId, events, ctx.actor, ctx.clock.now())
  const told = moves.map(({ row, toOwnerId }) => ({
    ...aboutOf(row),
    fromId: row.owner_id as StaffId | null,
    toId: toOwnerId as StaffId | null,
    by: ctx.actor.id as StaffId | null,
  }))
  await ctx.emitMany(taskHandedOver, told)
}

/** What the reader may still take back: their own batches, a lead those of the department. */
export async function listHandOvers(ctx: ReadContext) {
  const since = new Date(ctx.clock.now().getTime() - UNDO_MS)
  const { department = [] } = await reachOf(ctx)
  const rows = await findBatches(ctx.db, ctx.organizationId, since, [ctx.actor.id!, ...department])
  return {
    batches: rows.map((row) => ({
      ...row,
      id: row.id as BatchId,
      at: row.at.toISOString(),
      undoUntil: new Date(row.at.getTime() + UNDO_MS).toISOString(),
    })),
  }
}
