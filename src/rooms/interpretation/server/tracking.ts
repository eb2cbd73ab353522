import { sql } from 'kysely'
import { addDays, addMonths } from '../../../platform/clock.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { closeTask, createTasks } from '../../task/server/index.ts'
import { interpretationProblem } from '../contract/problems.ts'
import type { TrackingEnd } from '../contract/words.ts'
import { hasLiveOffer } from './list-store.ts'
import { lockOrder, note, updateOrder, type OrderRow } from './store.ts'
import { asHouse, askForTime, MONTH_TASK } from './tell.ts'

const BATCH = 200
/** The manager asks within so many days. */
const WITHIN_DAYS = 7

/** Each month that has come becomes a task of the manager, once. @returns how many */
export async function askMonthly(house: House, tenant: Tenant): Promise<number> {
  let all = 0
  for (let done = BATCH; done >= BATCH; all += done)
    done = await write(house, { tenant, actor: systemActor(tenant.id, 'interpretation/months') }, oneBatch)
  return all
}

async function oneBatch(ctx: WriteContext): Promise<number> {
  const { rows } = await sql<OrderRow>`
    select * from interpretation_order where organization_id = ${ctx.organizationId} and next_month_on <= ${ctx.today}
    order by next_month_on, id limit ${BATCH} for update skip locked`.execute(ctx.tx)
  if (rows.length === 0) return 0
  const people = await patientSummaries(
    ctx,
    rows.map((row) => row.patient_id),
  )
  const made = await createTasks(
    ctx,
    rows.map((row) => ({
      type: 'follow-up' as const,
      title: {
        zh: `每月联系（第 ${row.months_asked + 1} 次，共 ${row.months} 次）`,
        en: `Monthly contact ${row.months_asked + 1} of ${row.months}`,
      },
      note: row.month_reason ?? '',
      patientId: row.patient_id,
      ownerId: people.get(row.patient_id)?.managerId ?? null,
      plannedOn: ctx.today,
      dueOn: addDays(ctx.today, WITHIN_DAYS),
      source: MONTH_TASK,
      sourceKey: `${row.id}:${row.months_asked + 1}`,
    })),
  )
  for (const [at, row] of rows.entries()) {
    const asked = row.months_asked + 1
    const gone = made[at]?.id === null
    const isLast = gone || asked >= (row.months ?? 0)
    await updateOrder(ctx, row, {
      months_asked: asked,
      next_month_on: isLast ? null : addMonths(row.next_month_on!, 1),
      ...(isLast
        ? { tracking_end: gone ? ('deceased' as const) : ('complete' as const), tracking_ended_on: ctx.today }
        : {}),
    })
  }
  return rows.length
}

/** Ends the monthly contact with its reason; the task of this month goes as well. @throws Problem NotFound, InterpretationTrackingEnded */
export async function endTracking(
  ctx: WriteContext,
  orderId: string,
  because: TrackingEnd,
  text: string,
): Promise<void> {
  const row = await lockOrder(ctx, orderId)
  if (row.months === null || (row.tracking_end !== null && row.tracking_end !== 'complete'))
    throw interpretationProblem('InterpretationTrackingEnded')
  await stopTracking(ctx, row, because)
  await note(ctx, row.id, { kind: 'tracking-ended', text })
}

export async function stopTracking(ctx: WriteContext, row: OrderRow, because: TrackingEnd): Promise<void> {
  await updateOrder(ctx, row, { next_month_on: null, tracking_end: because, tracking_ended_on: ctx.today })
  if (row.months_asked > 0)
    await closeTask(
      asHouse(ctx),
      { source: MONTH_TASK, sourceKey: `${row.id}:${row.months_asked}` },
      because === 'result' ? { state: 'completed' } : { state: 'cancelled', reasonCode: 'plan-ended' },
    )
}

/** Who was offered times that others have taken since waits for a new one: the manager is asked again. @returns how many */
export async function askAgain(house: House, tenant: Tenant): Promise<number> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'interpretation/lapsed') }, async (ctx) => {
    const { rows } = await sql<OrderRow>`
      select o.* from interpretation_order o where o.organization_id = ${ctx.organizationId} and o.state = 'offered' and o.task_key is null
        and not ${hasLiveOffer(ctx.clock.now())} order by o.id limit ${BATCH} for update of o skip locked`.execute(
      ctx.tx,
    )
    for (const row of rows) await updateOrder(ctx, row, { task_key: await askForTime(ctx, row, row.version + 1) })
    return rows.length
  })
}
