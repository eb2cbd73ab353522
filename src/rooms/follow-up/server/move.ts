import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { wake } from '../../agenda/server/index.ts'
import { carryTasks } from '../../task/server/index.ts'
import { endPlans } from './end.ts'
import { findRuns, insertRunEvents, lockRun, type RunRow } from './run-store.ts'
import { moveWaits, returnWaits } from './spread-store.ts'

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Plans follow their person through a merge. Where the other has the same one running, theirs goes on and this one ends. */
export async function moveRuns(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  const runs = await lockAll(ctx, [fromId, intoId])
  const moving = runs.filter((run) => run.patient_id === fromId)
  const standing = runs.filter((run) => run.patient_id === intoId)
  const doubled = moving.filter(
    (run) =>
      run.state === 'active' &&
      standing.some((other) => other.state === 'active' && other.protocol_code === run.protocol_code),
  )
  await endPlans(
    ctx,
    doubled.map((run) => ({ runId: run.id, state: 'exited', reason: 'merged' })),
  )
  const ended = new Set(doubled.map((run) => run.id))
  for (const run of moving) {
    // The same surgery, told of both: one key can stand once.
    const key = standing.some((other) => other.protocol_code === run.protocol_code && other.entry_key === run.entry_key)
      ? `${run.entry_key} ${run.id}`
      : run.entry_key
    await sql`insert into follow_up_move (organization_id, merge_id, run_id, ended) values (${ctx.organizationId}, ${mergeId}, ${run.id}, ${ended.has(run.id)})
      on conflict do nothing`.execute(ctx.tx)
    await carry(ctx, run, intoId, key)
  }
  await moveWaits(ctx.tx, ctx.organizationId, { fromId, intoId, mergeId }, ctx.today)
  await tell(ctx, moving, 'moved', { mergeId, fromId })
  await wake(ctx.tx, ctx.organizationId, [fromId, intoId], 'merge', ctx.clock.now())
}

/** The merge was undone: what it moved goes back, and a plan it ended runs again. */
export async function moveBack(ctx: WriteContext, { fromId, intoId, mergeId }: Merge): Promise<void> {
  const { rows } = await sql<{
    run_id: string
  }>`select run_id from follow_up_move where organization_id = ${ctx.organizationId} and merge_id = ${mergeId}`.execute(
    ctx.tx,
  )
  const moved = new Set(rows.map((row) => row.run_id))
  const back = (await lockAll(ctx, [intoId])).filter((run) => moved.has(run.id))
  for (const run of back) await carry(ctx, run, fromId, run.entry_key.split(' ')[0]!)
  // A window may have opened meanwhile: nobody but this room knows whose its task is.
  await carryTasks(
    ctx,
    await findTasksOf(
      ctx,
      back.map((run) => run.id),
    ),
    { fromId: intoId, toId: fromId },
  )
  await returnWaits(ctx.tx, ctx.organizationId, { fromId, intoId, mergeId })
  await tell(ctx, back, 'moved-back', { mergeId })
  await resume(
    ctx,
    back.filter((run) => run.exit_reason === 'merged'),
  )
  await wake(ctx.tx, ctx.organizationId, [fromId, intoId], 'merge', ctx.clock.now())
}

async function findTasksOf(ctx: WriteContext, runIds: readonly string[]): Promise<string[]> {
  if (runIds.length === 0) return []
  const rows = await ctx.tx
    .selectFrom('occurrence')
    .select('task_id')
    .where('organization_id', '=', ctx.organizationId)
    .where('run_id', 'in', [...runIds])
    .where('task_id', 'is not', null)
    .orderBy('task_id')
    .execute()
  return rows.map((row) => row.task_id!)
}

async function resume(ctx: WriteContext, runs: readonly RunRow[]): Promise<void> {
  const { rows } = await sql<RunRow>`
    update plan_run r set state = 'active', exit_reason = null, exit_note = '', ended_at = null, ended_by = null, ended_by_name = null, version = r.version + 1
    where r.organization_id = ${ctx.organizationId} and r.id = any(${runs.map((run) => run.id)}::uuid[])
      and not exists (select from plan_run a where a.organization_id = r.organization_id and a.patient_id = r.patient_id
        and a.protocol_code = r.protocol_code and a.state = 'active') returning *`.execute(ctx.tx)
  await tell(ctx, rows, 'resumed', {})
}

async function lockAll(ctx: WriteContext, patientIds: readonly string[]): Promise<RunRow[]> {
  const found = await findRuns(ctx.tx, ctx.organizationId, patientIds)
  const locked: RunRow[] = []
  for (const { id } of found.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
    locked.push((await lockRun(ctx.tx, ctx.organizationId, id))!)
  return locked
}

/** A plan with everything of it that names its person; answers keep the name they were given under. */
async function carry(ctx: WriteContext, run: RunRow, patientId: string, entryKey: string): Promise<void> {
  const { organizationId } = ctx
  await sql`update plan_run set patient_id = ${patientId}, entry_key = ${entryKey} where organization_id = ${organizationId} and id = ${run.id}`.execute(
    ctx.tx,
  )
  await sql`update occurrence set patient_id = ${patientId} where organization_id = ${organizationId} and run_id = ${run.id}`.execute(
    ctx.tx,
  )
  for (const table of ['contact_attempt', 'referral'])
    await sql`update ${sql.table(table)} t set patient_id = ${patientId} from occurrence o
      where o.organization_id = ${organizationId} and o.run_id = ${run.id} and t.organization_id = o.organization_id and t.occurrence_id = o.id`.execute(
      ctx.tx,
    )
}

async function tell(
  ctx: WriteContext,
  runs: readonly RunRow[],
  kind: 'moved' | 'moved-back' | 'resumed',
  detail: unknown,
): Promise<void> {
  const events = runs.map((run) => ({ id: ctx.ids.next(), runId: run.id, kind, detail }))
  await insertRunEvents(ctx.tx, ctx.organizationId, events, ctx.actor, ctx.clock.now())
}
