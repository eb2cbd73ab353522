import { sql } from 'kysely'
import { addDays } from '../../../platform/clock.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { nextReminderOn, WAITING_DAYS } from './rules/plan.ts'
import { proposeNewest } from './proposals.ts'
import { replan } from './replan.ts'
import type { NoduleRow } from './store.ts'
import { askDoctor, askManagers } from './tell.ts'

const BATCH = 200

/**
 * Acts on what has come due by the house's clock: a task when a recheck's window opens, another and a word to doctor and
 * manager when it is late, again and again ever more rarely; what waits for a physician is asked again. Nothing is closed
 * here. Safe beside itself: rows are claimed, and the day of the next act is set with the act.
 * @returns how many nodules it acted on
 */
export async function actOnDue(house: House, tenant: Tenant): Promise<number> {
  for (let all = 0; ;) {
    const done = await write(house, { tenant, actor: systemActor(tenant.id, 'nodule/act') }, actOnBatch)
    all += done
    if (done < BATCH) return all
  }
}

async function actOnBatch(ctx: WriteContext): Promise<number> {
  const { rows } = await sql<NoduleRow>`
    select n.* from nodule n join patient p on p.organization_id = n.organization_id and p.id = n.patient_id
    where n.organization_id = ${ctx.organizationId} and n.state = 'open' and n.act_on <= ${ctx.today} and p.state = 'active'
    order by n.act_on, n.id limit ${BATCH} for update of n skip locked`.execute(ctx.tx)
  await actOnRechecks(
    ctx,
    rows.filter((row) => row.recheck_act_on !== null && row.recheck_act_on <= ctx.today),
  )
  await actOnWaiting(
    ctx,
    rows.filter((row) => row.waiting_act_on !== null && row.waiting_act_on <= ctx.today),
  )
  return rows.length
}

async function actOnRechecks(ctx: WriteContext, rows: readonly NoduleRow[]): Promise<void> {
  if (rows.length === 0) return
  const steps = rows.map((nodule) => {
    const late = nodule.due_on! < ctx.today
    const level = late ? nodule.recheck_level + 1 : nodule.recheck_level
    return { nodule, late, level, next: late ? nextReminderOn(ctx.today, level) : addDays(nodule.due_on!, 1) }
  })
  const kinds = await kindsOf(ctx, rows)
  const taskIds = await askManagers(
    ctx,
    steps.map(({ nodule, level }) => ({ nodule, level, kind: kinds.get(nodule.recheck_id!) ?? 'recheck' })),
  )
  await sql`
    update nodule n set recheck_level = s.level, recheck_act_on = s.next
    from unnest(${steps.map(({ nodule }) => nodule.id)}::uuid[], ${steps.map(({ level }) => level)}::int[], ${steps.map(({ next }) => next)}::date[])
      s (id, level, next)
    where n.organization_id = ${ctx.organizationId} and n.id = s.id`.execute(ctx.tx)
  await sql`
    update nodule_recheck r set task_id = s.task_id
    from unnest(${rows.map((row) => row.recheck_id)}::uuid[], ${taskIds}::uuid[]) s (id, task_id)
    where r.organization_id = ${ctx.organizationId} and r.id = s.id and s.task_id is not null`.execute(ctx.tx)
  await tellLate(
    ctx,
    steps.filter(({ late }) => late).map(({ nodule }) => nodule),
  )
}

async function kindsOf(ctx: WriteContext, rows: readonly NoduleRow[]): Promise<Map<string, 'recheck' | 'refer'>> {
  const { rows: found } = await sql<{ id: string; kind: 'recheck' | 'refer' }>`
    select id, kind from nodule_recheck where organization_id = ${ctx.organizationId}
      and id = any(${rows.map((row) => row.recheck_id)}::uuid[])`.execute(ctx.tx)
  return new Map(found.map(({ id, kind }) => [id, kind]))
}

/** One word a day for each doctor and manager, however many of theirs are late. */
async function tellLate(ctx: WriteContext, late: readonly NoduleRow[]): Promise<void> {
  const patients = await patientSummaries(
    ctx,
    late.map((row) => row.patient_id),
  )
  const people = [...patients.values()]
    .flatMap(({ doctorId, managerId }) => [doctorId, managerId])
    .filter((id) => id !== null)
  for (const staffId of new Set(people))
    await notifyStaff(ctx, staffId, {
      kind: 'nodule-overdue',
      link: '/nodules?view=overdue',
      sourceKey: `nodule-overdue:${ctx.today}`,
    })
}

async function actOnWaiting(ctx: WriteContext, rows: readonly NoduleRow[]): Promise<void> {
  const again: NoduleRow[] = []
  for (const nodule of rows) {
    // The guideline may have been set since: its proposal comes beside what there is.
    if (nodule.waiting === 'grade') await proposeNewest(ctx, nodule)
    const after =
      nodule.waiting === 'setting' ? await replan(ctx, await fresh(ctx, nodule), { kind: 'replanned' }) : nodule
    if (after.waiting !== null) again.push(after)
  }
  if (again.length === 0) return
  const asked = again.map((nodule) => ({ ...nodule, waiting_level: nodule.waiting_level + 1 }))
  await askDoctor(ctx, asked)
  await sql`
    update nodule set waiting_level = waiting_level + 1, waiting_act_on = ${addDays(ctx.today, WAITING_DAYS)}
    where organization_id = ${ctx.organizationId} and id = any(${again.map(({ id }) => id)}::uuid[])`.execute(ctx.tx)
}

/** The row as the acts of this round have left it. */
function fresh(ctx: WriteContext, { id }: NoduleRow): Promise<NoduleRow> {
  return ctx.tx
    .selectFrom('nodule')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}
