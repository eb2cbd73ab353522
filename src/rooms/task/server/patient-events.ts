import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { StaffId } from '../../../platform/contract/index.ts'
import { taskHandedOver } from '../contract/events.ts'
import { closeFiles, openFiles } from './access.ts'
import { step } from './act.ts'
import { aboutOf, closeTasks } from './close.ts'
import { insertEvents, lockTasks, type TaskRow } from './store.ts'
import type { TaskEventKind } from './table.ts'

/** Whoever has died is owed nothing more: all open tasks are cancelled. */
export async function cancelOfDead(ctx: WriteContext, patientId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select t.id from task t where t.organization_id = ${ctx.organizationId} and t.patient_id = ${patientId}
      and t.state in ('requested', 'accepted', 'in-progress')`.execute(ctx.tx)
  await closeTasks(
    ctx,
    rows.map((row) => row.id),
    { state: 'cancelled', reasonCode: 'patient-died' },
  )
}

type Slots = Record<'doctorId' | 'managerId' | 'counsellorId', string | null>
const ROLE_OF = { doctorId: 'physician', managerId: 'service-manager', counsellorId: 'counsellor' } as const

/**
 * Whoever looks after a patient no longer does not see them any more: their open tasks go to the one who does now, or
 * into the pool. What was handed to somebody by name stays with them.
 */
export async function followCarers(ctx: WriteContext, patientId: string, before: Slots, after: Slots): Promise<void> {
  const still = Object.values(after)
  for (const slot of Object.keys(ROLE_OF) as (keyof Slots)[]) {
    const [from, to] = [before[slot], after[slot]]
    if (!from || from === to || still.includes(from)) continue
    const { rows } = await sql<{ id: string }>`
      select t.id from task t where t.organization_id = ${ctx.organizationId} and t.patient_id = ${patientId} and t.owner_id = ${from}
        and not t.access_granted and t.state in ('accepted', 'in-progress')`.execute(ctx.tx)
    const locked = await lockTasks(
      ctx.tx,
      ctx.organizationId,
      rows.map((row) => row.id),
    )
    for (const row of locked.filter((one) => one.owner_id === from && one.closed_at === null)) {
      const owned = { state: 'accepted' as const, owner_id: to, owned_since: ctx.clock.now() }
      const pooled = {
        state: 'requested' as const,
        owner_id: null,
        owned_since: null,
        pool_role: row.pool_role ?? ROLE_OF[slot],
      }
      const moved = await step(ctx, row, {
        kind: 'handed-over',
        change: to ? owned : pooled,
        reasonCode: 'carer-changed',
      })
      await ctx.emit(taskHandedOver, {
        ...aboutOf(moved),
        fromId: from as StaffId,
        toId: to as StaffId | null,
        by: null,
      })
    }
  }
}

/** One open task of a concern per patient: of two that come together by a merge, the one that moves keeps its work alone. */
const concernWith = (
  patientId: string,
) => sql`case when t.state in ('requested', 'accepted', 'in-progress') and exists (
    select from task o where o.organization_id = t.organization_id and o.patient_id = ${patientId} and o.concern = t.concern
      and o.state in ('requested', 'accepted', 'in-progress')) then null else t.concern end`

/** Moves the tasks of one file to the file it was merged into, and remembers which these were. */
export async function moveMerged(
  ctx: WriteContext,
  merge: { fromId: string; intoId: string; mergeId: string },
): Promise<void> {
  const { rows } = await sql<TaskRow>`
    with moved as (
      update task t set patient_id = ${merge.intoId}, concern = ${concernWith(merge.intoId)}, version = t.version + 1
      where t.organization_id = ${ctx.organizationId} and t.patient_id = ${merge.fromId} returning t.*),
    kept as (insert into task_move (organization_id, merge_id, task_id) select organization_id, ${merge.mergeId}::uuid, id from moved)
    select * from moved`.execute(ctx.tx)
  await moveFiles(ctx, rows, merge.fromId, merge.intoId)
  await note(ctx, rows, 'merged')
}

/** Moves back what this merge had moved; what came later stays. */
export async function moveBack(
  ctx: WriteContext,
  merge: { fromId: string; intoId: string; mergeId: string },
): Promise<void> {
  const { rows } = await sql<TaskRow>`
    with gone as (delete from task_move where organization_id = ${ctx.organizationId} and merge_id = ${merge.mergeId} returning task_id)
    update task t set patient_id = ${merge.fromId}, concern = ${concernWith(merge.fromId)}, version = t.version + 1 from gone
    where t.organization_id = ${ctx.organizationId} and t.id = gone.task_id and t.patient_id = ${merge.intoId} returning t.*`.execute(
    ctx.tx,
  )
  await moveFiles(ctx, rows, merge.intoId, merge.fromId)
  await note(ctx, rows, 'unmerged')
}

/**
 * Tasks that belong to something of another room go where that goes: what came up while two files were one is known to
 * nobody but its room. Those that stand elsewhere are left alone.
 */
export async function carryTasks(
  ctx: WriteContext,
  taskIds: readonly string[],
  { fromId, toId }: { fromId: string; toId: string },
): Promise<void> {
  if (taskIds.length === 0) return
  const { rows } = await sql<TaskRow>`
    update task t set patient_id = ${toId}, concern = ${concernWith(toId)}, version = t.version + 1
    where t.organization_id = ${ctx.organizationId} and t.id = any(${[...taskIds]}::uuid[]) and t.patient_id = ${fromId}
    returning t.*`.execute(ctx.tx)
  await moveFiles(ctx, rows, fromId, toId)
  await note(ctx, rows, 'unmerged')
}

/** Whoever saw the one file because of a task has to see the other one now. */
async function moveFiles(ctx: WriteContext, rows: readonly TaskRow[], fromId: string, toId: string): Promise<void> {
  const open = rows.filter((row) => row.owner_id !== null && row.closed_at === null)
  const opens = await openFiles(
    ctx,
    open.map((row) => ({ patientId: toId, staffId: row.owner_id! })),
  )
  const granted = open.filter((row) => opens({ patientId: toId, staffId: row.owner_id! })).map((row) => row.id)
  await sql`update task t set access_granted = (t.id = any(${granted}::uuid[]))
    where t.organization_id = ${ctx.organizationId} and t.id = any(${open.map((row) => row.id)}::uuid[])`.execute(
    ctx.tx,
  )
  await closeFiles(
    ctx,
    open.map((row) => ({ ...row, patient_id: fromId })),
  )
}

async function note(ctx: WriteContext, rows: readonly TaskRow[], kind: TaskEventKind): Promise<void> {
  const events = rows.map((row) => ({
    taskId: row.id,
    version: row.version,
    kind,
    fromState: row.state,
    toState: row.state,
    fromOwnerId: row.owner_id,
    toOwnerId: row.owner_id,
    reason: '',
    reasonCode: null,
  }))
  await insertEvents(ctx.tx, ctx.organizationId, events, ctx.actor, ctx.clock.now())
}
