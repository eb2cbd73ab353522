import { sql } from 'kysely'
import { addDays, instantAt, minuteOfDay } from '../../../platform/clock.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { sendMessages } from '../../message/server/index.ts'
import { openWay } from '../../patient-access/server/index.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { createTasks } from '../../task/server/index.ts'
import { loadWhole, type PlanRow } from './plan-store.ts'
import { STEP_TASK } from './sign.ts'
import { recentAdherence, SHOWN_DAYS } from './tick.ts'
import { actionViews } from './view.ts'

/** So many plans are worked off in one transaction. */
const BATCH = 200
const CHECK_IN = 'care-plan-check-in'

function as(house: House, tenant: Tenant, name: string, use: (ctx: WriteContext) => Promise<number>): Promise<number> {
  return write(house, { tenant, actor: systemActor(tenant.id, name) }, use)
}

/** Runs until a batch comes back short. */
async function inBatches(
  house: House,
  tenant: Tenant,
  name: string,
  use: (ctx: WriteContext) => Promise<number>,
): Promise<number> {
  let all = 0
  for (let done = BATCH; done >= BATCH;) all += done = await as(house, tenant, name, use)
  return all
}

/** Steps whose day has come become a task of the person's manager, once each. @returns how many */
export function askForSteps(house: House, tenant: Tenant): Promise<number> {
  return inBatches(house, tenant, 'care-plan/steps', async (ctx) => {
    const { rows } = await sql<{
      planId: string
      patientId: string
      day: number
      title: string
      words: string
      dueOn: string
      plan: string
    }>`
      select s.plan_id "planId", p.patient_id "patientId", s.day, s.title, s.words, s.due_on "dueOn", p.title plan
      from care_plan_step s join care_plan p on p.organization_id = s.organization_id and p.id = s.plan_id
      where s.organization_id = ${ctx.organizationId} and s.state = 'ahead' and s.due_on <= ${ctx.today} and p.state = 'active'
      order by s.due_on, s.plan_id, s.day limit ${BATCH} for update of s skip locked`.execute(ctx.tx)
    if (rows.length === 0) return 0
    const people = await patientSummaries(
      ctx,
      rows.map((row) => row.patientId),
    )
    const made = await createTasks(
      ctx,
      rows.map((row) => ({
        type: 'follow-up' as const,
        title: `${row.plan} · 第 ${row.day} 天：${row.title}`,
        note: row.words,
        patientId: row.patientId,
        ownerId: people.get(row.patientId)?.managerId ?? null,
        dueOn: addDays(row.dueOn, 2) < ctx.today ? ctx.today : addDays(row.dueOn, 2),
        plannedOn: row.dueOn,
        source: STEP_TASK,
        sourceKey: `${row.planId}:${row.day}`,
      })),
    )
    for (const [at, row] of rows.entries())
      await sql`update care_plan_step set state = ${made[at]?.id ? 'due' : 'cancelled'}, task_id = ${made[at]?.id ?? null}
        where organization_id = ${ctx.organizationId} and plan_id = ${row.planId} and day = ${row.day} and state = 'ahead'`.execute(
        ctx.tx,
      )
    return rows.length
  })
}

/** Adherence is measured anew once a day: what was not ticked in time counts from then on. @returns how many plans */
export function measurePlans(house: House, tenant: Tenant): Promise<number> {
  return inBatches(house, tenant, 'care-plan/measure', async (ctx) => {
    const { rows } = await sql<PlanRow>`
      select * from care_plan where organization_id = ${ctx.organizationId} and state = 'active'
        and (measured_on is null or measured_on < ${ctx.today}) order by measured_on, id limit ${BATCH} for update skip locked`.execute(
      ctx.tx,
    )
    const wholes = await loadWhole(ctx.tx, ctx.organizationId, rows, addDays(ctx.today, -(SHOWN_DAYS - 1)))
    const measured = wholes.map((whole) => ({ id: whole.plan.id, adherence: recentAdherence(whole, ctx.today) }))
    if (measured.length > 0)
      await sql`
        update care_plan p set adherence = m.adherence, adherence_percent = (m.adherence->>'percent')::int, measured_on = ${ctx.today}
        from jsonb_to_recordset(${JSON.stringify(measured)}::jsonb) m (id uuid, adherence jsonb)
        where p.organization_id = ${ctx.organizationId} and p.id = m.id`.execute(ctx.tx)
    return rows.length
  })
}

/**
 * Reminds those who have asked for it, at their own time, of what is not ticked yet; at most once a day. Quiet hours,
 * caps and refusals are the message room's. @returns how many were looked at
 */
export function remind(house: House, tenant: Tenant): Promise<number> {
  return inBatches(house, tenant, 'care-plan/remind', async (ctx) => {
    const minute = minuteOfDay(ctx.clock.now(), ctx.tenant.timeZone)
    const { rows } = await sql<{ patient_id: string }>`
      with due as materialized (
        select patient_id from care_plan_reminder where organization_id = ${ctx.organizationId} and wanted and minute <= ${minute}
          and (last_on is null or last_on < ${ctx.today}) order by patient_id limit ${BATCH} for update skip locked)
      update care_plan_reminder r set last_on = ${ctx.today} from due
      where r.organization_id = ${ctx.organizationId} and r.patient_id = due.patient_id returning r.patient_id`.execute(
      ctx.tx,
    )
    const waiting = await withOpenTicks(
      ctx,
      rows.map((row) => row.patient_id),
    )
    const messages = []
    for (const patientId of waiting) {
      const { link } = await openWay(ctx, patientId, { page: '/my/plan', days: 3 })
      const notAfter = instantAt(ctx.today, 21 * 60, ctx.tenant.timeZone)
      messages.push({
        patientId,
        template: CHECK_IN,
        touch: `${CHECK_IN}:${ctx.today}`,
        notAfter,
        values: { link },
        source: 'care-plan',
      })
    }
    await sendMessages(ctx, messages)
    return rows.length
  })
}

/** Of these people, who has something for today that is not ticked. */
async function withOpenTicks(ctx: WriteContext, patientIds: readonly string[]): Promise<string[]> {
  if (patientIds.length === 0) return []
  const plans = await ctx.tx
    .selectFrom('care_plan as c')
    .innerJoin('patient as p', (j) =>
      j.onRef('p.organization_id', '=', 'c.organization_id').onRef('p.id', '=', 'c.patient_id'),
    )
    .selectAll('c')
    .where('c.organization_id', '=', ctx.organizationId)
    .where('c.patient_id', 'in', [...patientIds])
    .where('c.state', '=', 'active')
    .where('p.state', '=', 'active')
    .execute()
  const wholes = await loadWhole(ctx.tx, ctx.organizationId, plans, addDays(ctx.today, -(SHOWN_DAYS - 1)))
  const open = wholes.filter((whole) => actionViews(ctx, whole).some((one) => one.dueToday && one.today === null))
  return [...new Set(open.map(({ plan }) => plan.patient_id))]
}
