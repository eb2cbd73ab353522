import { addDays, daysBetween, instantAt } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import { interpretationProblem } from '../contract/problems.ts'
import type { addSlots, listSlots } from '../contract/slot.ts'
import type { SlotView } from '../contract/words.ts'
import { cutSlots, SLOTS_MAX, WEEKS_MAX, withoutOverlap } from './rules.ts'
import { deleteFree, findSlotsBetween, idsOfSeries, lockTimesOf, type NamedSlot } from './slot-store.ts'
import { findOrdersVisible } from './list-store.ts'

export function slotViewOf({ id, doctor_id, doctor_name, starts_at, ends_at, way, place }: NamedSlot): SlotView {
  return {
    id: id as SlotView['id'],
    doctor: { id: doctor_id as SlotView['doctor']['id'], name: doctor_name },
    startsAt: starts_at.toISOString(),
    endsAt: ends_at.toISOString(),
    way,
    place,
  }
}

/** Times of the coming days, of one doctor or of all. */
export async function showSlots(ctx: ReadContext, { from, days, doctorId, free }: InputOf<typeof listSlots>['query']) {
  const first = from ?? ctx.today
  const now = ctx.clock.now()
  const span = {
    from: instantAt(first, 0, ctx.tenant.timeZone),
    until: instantAt(addDays(first, days), 0, ctx.tenant.timeZone),
    doctorId,
  }
  const rows = (await findSlotsBetween(ctx, span)).filter(
    (row) => !free || (row.order_id === null && row.starts_at > now),
  )
  const visible = await findOrdersVisible(
    ctx,
    rows.flatMap(({ order_id }) => order_id ?? []),
  )
  const people = await patientSummaries(ctx, [...visible.values()])
  return {
    rows: rows.map((row) => ({
      ...slotViewOf(row),
      booked: row.order_id !== null,
      past: row.starts_at <= now,
      repeats: row.series_id !== null,
      patientName: people.get(visible.get(row.order_id ?? '') ?? '')?.name ?? null,
      mine: row.doctor_id === ctx.actor.id,
    })),
    can: { offer: ctx.actor.permissions.has('interpretation.do') },
  }
}

/** Offers one's own times. What lies beside a time that one has offered already is left out. @throws Problem InterpretationTimesUnfit */
export async function offerTimes(ctx: WriteContext, body: InputOf<typeof addSlots>['body']) {
  const { on, repeatUntil } = body
  const now = ctx.clock.now()
  if (repeatUntil !== null && (repeatUntil < on || daysBetween(on, repeatUntil) > WEEKS_MAX * 7))
    throw interpretationProblem('InterpretationTimesUnfit', { weeks: WEEKS_MAX }, 'body.repeatUntil')
  const spans = cutSlots(body, ctx.tenant.timeZone).filter(({ startsAt }) => startsAt > now)
  if (spans.length === 0 || spans.length > SLOTS_MAX)
    throw interpretationProblem('InterpretationTimesUnfit', { weeks: WEEKS_MAX }, 'body.until')
  const taken = await lockTimesOf(ctx, ctx.actor.id!, spans[0]!.startsAt, spans.at(-1)!.endsAt)
  const fresh = withoutOverlap(
    spans,
    taken.map(({ starts_at, ends_at }) => ({ startsAt: starts_at, endsAt: ends_at })),
  )
  const seriesId = repeatUntil === null ? null : ctx.ids.next<string>()
  const rows = fresh.map(({ startsAt, endsAt }) => ({
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string>(),
    doctor_id: ctx.actor.id!,
    starts_at: startsAt,
    ends_at: endsAt,
    way: body.way,
    place: body.place,
    series_id: seriesId,
    created_at: now,
  }))
  if (rows.length > 0) await ctx.tx.insertInto('interpretation_slot').values(rows).execute()
  ctx.audit.detail = { on, added: rows.length }
  return { added: rows.length, skipped: spans.length - fresh.length }
}

/** Takes one's own times back as far as they are free. @throws Problem NotFound, InterpretationSlotBooked */
export async function removeTimes(ctx: WriteContext, slotId: string, following: boolean): Promise<{ removed: number }> {
  const slot = await ctx.tx
    .selectFrom('interpretation_slot')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', slotId)
    .where('doctor_id', '=', ctx.actor.id)
    .executeTakeFirst()
  if (!slot) throw platformProblem('NotFound')
  const removed = await deleteFree(ctx, following ? await idsOfSeries(ctx, slot) : [slotId])
  if (removed === 0) throw interpretationProblem('InterpretationSlotBooked')
  ctx.audit.detail = { removed }
  return { removed }
}
