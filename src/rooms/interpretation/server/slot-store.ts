import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import '../../staff/server/table.ts'
import type { SlotRow } from './store.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

export interface NamedSlot extends SlotRow {
  doctor_name: string
}

const named = sql`select s.*, d.name doctor_name from interpretation_slot s
  join staff d on d.organization_id = s.organization_id and d.id = s.doctor_id`
const TAKEN = sql`exists (select from interpretation_order t where t.organization_id = s.organization_id and t.slot_id = s.id
  and t.state in ('booked', 'done', 'missed'))`

/** Times by id, with the doctor's name. */
export async function findSlots(
  { db, organizationId }: Reading,
  ids: readonly (string | null)[],
): Promise<Map<string, NamedSlot>> {
  const wanted = [...new Set(ids.filter((id) => id !== null))]
  if (wanted.length === 0) return new Map()
  const { rows } =
    await sql<NamedSlot>`${named} where s.organization_id = ${organizationId} and s.id = any(${wanted}::uuid[])`.execute(
      db,
    )
  return new Map(rows.map((row) => [row.id, row]))
}

/** Locks times in the order of their ids, against being removed or booked by somebody else meanwhile. */
export async function lockSlots(ctx: WriteContext, ids: readonly string[]): Promise<(SlotRow & { taken: boolean })[]> {
  const { rows } =
    await sql<SlotRow>`select s.* from interpretation_slot s where s.organization_id = ${ctx.organizationId}
    and s.id = any(${[...new Set(ids)]}::uuid[]) order by s.id for update`.execute(ctx.tx)
  // Asked after the lock, so that what another one has booked before is seen.
  const { rows: taken } = await sql<{
    id: string
  }>`select s.id from interpretation_slot s where s.organization_id = ${ctx.organizationId}
    and s.id = any(${rows.map(({ id }) => id)}::uuid[]) and ${TAKEN}`.execute(ctx.tx)
  const isTaken = new Set(taken.map(({ id }) => id))
  return rows.map((row) => ({ ...row, taken: isTaken.has(row.id) }))
}

/** Offered times that can still be taken, by interpretation, soonest first. */
export async function findLiveOffers(ctx: ReadContext, orderIds: readonly string[]): Promise<Map<string, NamedSlot[]>> {
  if (orderIds.length === 0) return new Map()
  const { rows } = await sql<NamedSlot & { order_id: string }>`
    select s.*, d.name doctor_name, f.order_id from interpretation_offer f
    join interpretation_slot s on s.organization_id = f.organization_id and s.id = f.slot_id
    join staff d on d.organization_id = s.organization_id and d.id = s.doctor_id
    where f.organization_id = ${ctx.organizationId} and f.order_id = any(${[...orderIds]}::uuid[])
      and s.starts_at > ${ctx.clock.now()} and not ${TAKEN} order by s.starts_at, s.id`.execute(ctx.db)
  return Map.groupBy(rows, (row) => row.order_id)
}

export interface ListedSlot extends NamedSlot {
  order_id: string | null
  patient_id: string | null
}

/** Times of a span, soonest first, with whom they are booked for. */
export async function findSlotsBetween(
  { db, organizationId }: Reading,
  { from, until, doctorId }: { from: Date; until: Date; doctorId?: string | undefined },
): Promise<ListedSlot[]> {
  const { rows } = await sql<ListedSlot>`
    select s.*, d.name doctor_name, o.id order_id, o.patient_id from interpretation_slot s
    join staff d on d.organization_id = s.organization_id and d.id = s.doctor_id
    left join interpretation_order o on o.organization_id = s.organization_id and o.slot_id = s.id and o.state in ('booked', 'done', 'missed')
    where s.organization_id = ${organizationId} and s.starts_at >= ${from} and s.starts_at < ${until}
      ${doctorId ? sql`and s.doctor_id = ${doctorId}` : sql``}
    order by s.starts_at, s.id limit 1000`.execute(db)
  return rows
}

/** Times of a doctor within a span, locked against another call of the same doctor by the doctor's own row. */
export async function lockTimesOf(ctx: WriteContext, doctorId: string, from: Date, until: Date): Promise<SlotRow[]> {
  await sql`select id from staff where organization_id = ${ctx.organizationId} and id = ${doctorId} for no key update`.execute(
    ctx.tx,
  )
  return ctx.tx
    .selectFrom('interpretation_slot')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('doctor_id', '=', doctorId)
    .where('ends_at', '>', from)
    .where('starts_at', '<', until)
    .execute()
}

/** Removes those that nobody has booked, met at or missed. @returns how many */
export async function deleteFree(ctx: WriteContext, ids: readonly string[]): Promise<number> {
  const free = (await lockSlots(ctx, ids)).filter(({ taken }) => !taken)
  if (free.length === 0) return 0
  // A cancelled interpretation forgets its time; nothing else points at a free one but offers, which go with it.
  const gone = await ctx.tx
    .deleteFrom('interpretation_slot')
    .where('organization_id', '=', ctx.organizationId)
    .where(
      'id',
      'in',
      free.map(({ id }) => id),
    )
    .executeTakeFirst()
  return Number(gone.numDeletedRows)
}

/** Later ones of the same row, from this one on. */
export async function idsOfSeries(ctx: WriteContext, slot: SlotRow): Promise<string[]> {
  if (!slot.series_id) return [slot.id]
  const rows = await ctx.tx
    .selectFrom('interpretation_slot')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('series_id', '=', slot.series_id)
    .where('starts_at', '>=', slot.starts_at)
    .execute()
  return rows.map(({ id }) => id)
}
