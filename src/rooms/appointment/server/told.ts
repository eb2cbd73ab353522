import type { WriteContext } from '../../../platform/context/context.ts'
import type { PayloadOf } from '../../../platform/contract/index.ts'
import type { appointmentTold } from '../../report-intake/contract/events.ts'
import { tellJourneys } from './appointment.ts'
import { changeAppointment, insertAppointment, lockTold, type AppointmentRow } from './store.ts'

type Told = PayloadOf<typeof appointmentTold>

/**
 * Takes what a hospital system says of an appointment. It is known by its filler or placer number; what was written
 * before the newest heard of it changes nothing, in whatever order messages come and however often.
 */
export async function takeTold(ctx: WriteContext, told: Told): Promise<void> {
  const before = await lockTold(ctx.tx, ctx.organizationId, told)
  if (before) return change(ctx, before, told)
  const now = ctx.clock.now()
  const row = await insertAppointment(ctx.tx, {
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string>(),
    patient_id: told.patientId,
    key: null,
    moved_from: null,
    bring: '',
    source: told.source,
    booked_by: told.source,
    booked_at: now,
    starts_at: new Date(told.startsAt ?? told.toldAt),
    ...saidOf(told),
    changed_by: told.source,
    changed_at: now,
  })
  if (row) return tellJourneys(ctx, row)
  // Another message about it was quicker.
  const meanwhile = await lockTold(ctx.tx, ctx.organizationId, told)
  if (meanwhile) await change(ctx, meanwhile, told)
}

async function change(ctx: WriteContext, before: AppointmentRow, told: Told): Promise<void> {
  if (before.told_at && new Date(told.toldAt) < before.told_at) return
  const startsAt = told.startsAt ? new Date(told.startsAt) : before.starts_at
  const hasMoved = startsAt.getTime() !== before.starts_at.getTime()
  const said = saidOf(told)
  const row = await changeAppointment(ctx.tx, before, {
    ...said,
    // A cancellation often names nothing but the number.
    service: told.service || before.service,
    department: told.department || before.department,
    practitioner: told.practitioner || before.practitioner,
    place: told.place || before.place,
    minutes: told.minutes ?? before.minutes,
    placer: told.placer ?? before.placer,
    filler: told.filler ?? before.filler,
    // Somebody at the desk has seen the person: "booked" alone does not take that back.
    ...(isSeen(before) && said.status === 'booked' && !hasMoved ? { status: before.status } : {}),
    starts_at: startsAt,
    ...(hasMoved ? { moved_from: before.starts_at } : {}),
    changed_by: told.source,
    changed_at: ctx.clock.now(),
  })
  if (row) await tellJourneys(ctx, row, before)
}

const isSeen = ({ status }: AppointmentRow) => status === 'arrived' || status === 'fulfilled'

function saidOf({ status, minutes, because, placer, filler, toldAt, ...about }: Told) {
  const { service, department, practitioner, place } = about
  const cut = (text: string, most: number) => text.slice(0, most)
  return {
    status,
    minutes,
    service: cut(service, 60),
    department: cut(department, 60),
    practitioner: cut(practitioner, 60),
    place: cut(place, 120),
    cancelled_by: status === 'cancelled' ? ('system' as const) : null,
    because: cut(because, 300),
    placer,
    filler,
    told_at: new Date(toldAt),
  }
}
