import { sql, type RawBuilder, type SqlBool } from 'kysely'
import { addDays, instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { LISTS } from '../contract/order.ts'
import { visibleOrders, type OrderRow } from './store.ts'

export type ListName = (typeof LISTS)[number]

export interface Place {
  at: string
  id: string
}

/** In what order a list is read: talks by their time, what waits longest first, what is done newest first. */
const ORDER: Record<ListName, { by: RawBuilder<unknown>; down: boolean }> = {
  today: { by: sql`s.starts_at`, down: false },
  booked: { by: sql`s.starts_at`, down: false },
  waiting: { by: sql`o.asked_at`, down: false },
  offered: { by: sql`o.asked_at`, down: false },
  questions: { by: sql`o.ended_at`, down: false },
  missed: { by: sql`o.ended_at`, down: true },
  done: { by: sql`o.ended_at`, down: true },
}

/** What a list holds. Waiting is also who was offered times that others have taken since. */
function holds(ctx: ReadContext, list: ListName): RawBuilder<SqlBool> {
  const zone = ctx.tenant.timeZone
  const now = ctx.clock.now()
  switch (list) {
    case 'today':
      return sql<SqlBool>`o.state = 'booked' and s.starts_at < ${instantAt(addDays(ctx.today, 1), 0, zone)}`
    case 'booked':
      return sql<SqlBool>`o.state = 'booked' and s.starts_at >= ${instantAt(ctx.today, 0, zone)}`
    case 'waiting':
      return sql<SqlBool>`(o.state = 'asked' or (o.state = 'offered' and not ${hasLiveOffer(now)}))`
    case 'offered':
      return sql<SqlBool>`o.state = 'offered' and ${hasLiveOffer(now)}`
    case 'questions':
      return sql<SqlBool>`o.state = 'done' and exists (select from interpretation_question q where q.organization_id = o.organization_id
        and q.order_id = o.id and q.answered_at is null)`
    default:
      return sql<SqlBool>`o.state = ${list}`
  }
}

export function hasLiveOffer(now: Date): RawBuilder<SqlBool> {
  return sql<SqlBool>`exists (select from interpretation_offer f join interpretation_slot l on l.organization_id = f.organization_id and l.id = f.slot_id
    where f.organization_id = o.organization_id and f.order_id = o.id and l.starts_at > ${now}
      and not exists (select from interpretation_order t where t.organization_id = l.organization_id and t.slot_id = l.id
        and t.state in ('booked', 'done', 'missed')))`
}

/** One page of a list of interpretations that the actor may see; `place` is where each stands in it. */
export async function findList(
  ctx: ReadContext,
  {
    list,
    doctorId,
    after,
    limit,
  }: { list: ListName; doctorId?: string | undefined; after?: Place | undefined; limit: number },
): Promise<(OrderRow & { place: Date })[]> {
  const { by, down } = ORDER[list]
  const onward = !after
    ? sql<SqlBool>`true`
    : down
      ? sql<SqlBool>`(${by}, o.id) < (${after.at}::timestamptz, ${after.id}::uuid)`
      : sql<SqlBool>`(${by}, o.id) > (${after.at}::timestamptz, ${after.id}::uuid)`
  const { rows } = await sql<OrderRow & { place: Date }>`
    select o.*, ${by} place from interpretation_order o
    join patient p on p.organization_id = o.organization_id and p.id = o.patient_id
    left join interpretation_slot s on s.organization_id = o.organization_id and s.id = o.slot_id
    where o.organization_id = ${ctx.organizationId} and ${holds(ctx, list)} and ${onward} and ${visibleOrders(ctx.actor, ctx.clock.now())}
      ${doctorId ? sql`and (s.doctor_id = ${doctorId} or (s.id is null and p.doctor_id = ${doctorId}))` : sql``}
    order by ${by} ${down ? sql`desc` : sql``}, o.id ${down ? sql`desc` : sql``} limit ${limit}`.execute(ctx.db)
  return rows
}

/** Of these interpretations, those that the actor may see, with whom they are about. */
export async function findOrdersVisible(ctx: ReadContext, orderIds: readonly string[]): Promise<Map<string, string>> {
  if (orderIds.length === 0) return new Map()
  const { rows } = await sql<{ id: string; patient_id: string }>`
    select o.id, o.patient_id from interpretation_order o join patient p on p.organization_id = o.organization_id and p.id = o.patient_id
    where o.organization_id = ${ctx.organizationId} and o.id = any(${[...orderIds]}::uuid[])
      and ${visibleOrders(ctx.actor, ctx.clock.now())}`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row.patient_id]))
}

/** Doctors who have offered times. */
export async function findDoctors({ db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>) {
  const { rows } = await sql<{ id: string; name: string }>`
    select d.id, d.name from staff d where d.organization_id = ${organizationId} and exists (
      select from interpretation_slot s where s.organization_id = d.organization_id and s.doctor_id = d.id) order by d.name, d.id`.execute(
    db,
  )
  return rows
}
