import { addDays, dateIn, instantAt } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { wake } from '../../agenda/server/index.ts'
import { noteDate } from '../../campaign/server/index.ts'
import { patientSummary, requireVisible } from '../../patient/server/index.ts'
import type { bookAppointment, cancelAppointment, markAppointment, moveAppointment } from '../contract/appointment.ts'
import { appointmentProblem } from '../contract/problems.ts'
import type { Act } from '../contract/words.ts'
import { APPOINTMENT_WAKE } from './fact-kinds.ts'
import { actsOf, DAYS_AHEAD_MAX, momentOf } from './rules.ts'
import {
  changeAppointment,
  findByKey,
  insertAppointment,
  lockAppointment,
  type AppointmentRow,
  type Change,
} from './store.ts'

type Changed = { id: never; revision: number }
const changed = ({ id, revision }: AppointmentRow): Changed => ({ id: id as never, revision })

/** Books for somebody who is looked after. The same key again changes nothing and answers with what stands. */
export async function book(
  ctx: WriteContext,
  patientId: string,
  { key, on, from, minutes, ...about }: InputOf<typeof bookAppointment>['body'],
): Promise<Changed> {
  await requireVisible(ctx, patientId)
  const before = await findByKey(ctx.db, ctx.organizationId, patientId, key)
  if (before) return changed(before)
  await requireActive(ctx, patientId)
  const now = ctx.clock.now()
  const row = await insertAppointment(ctx.tx, {
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string>(),
    patient_id: patientId,
    key,
    status: 'booked',
    starts_at: timeToCome(ctx, on, from),
    minutes,
    moved_from: null,
    ...about,
    cancelled_by: null,
    because: '',
    placer: null,
    filler: null,
    source: '',
    told_at: null,
    booked_by: ctx.actor.name,
    booked_at: now,
    changed_by: ctx.actor.name,
    changed_at: now,
  })
  // The same booking was sent twice at once, and the other was quicker.
  if (!row) return changed((await findByKey(ctx.db, ctx.organizationId, patientId, key))!)
  ctx.audit.subjectId = row.id
  await tellJourneys(ctx, row)
  return changed(row)
}

export async function move(
  ctx: WriteContext,
  id: string,
  { revision, on, from, minutes }: InputOf<typeof moveAppointment>['body'],
): Promise<Changed> {
  const row = await open(ctx, id, revision, 'move')
  await requireActive(ctx, row.patient_id)
  const startsAt = timeToCome(ctx, on, from)
  return change(ctx, row, { starts_at: startsAt, minutes, moved_from: isBack(row, startsAt) ? null : row.starts_at })
}

/** Whoever takes a move back was never told of another time, nor has to be told that there was one. */
const isBack = ({ moved_from }: AppointmentRow, at: Date) => moved_from?.getTime() === at.getTime()

export async function cancel(
  ctx: WriteContext,
  id: string,
  { revision, because }: InputOf<typeof cancelAppointment>['body'],
): Promise<Changed> {
  const row = await open(ctx, id, revision, 'cancel')
  return change(ctx, row, { status: 'cancelled', cancelled_by: 'person', because })
}

export async function mark(
  ctx: WriteContext,
  id: string,
  { revision, status }: InputOf<typeof markAppointment>['body'],
): Promise<Changed> {
  const row = await open(ctx, id, revision, status)
  await requireActive(ctx, row.patient_id)
  ctx.audit.detail = { from: row.status, to: status }
  return change(ctx, row, { status, cancelled_by: null, because: '' })
}

/** What may be done with a row now, by anybody who may write. */
export function actsNow(ctx: ReadContext, row: AppointmentRow): Act[] {
  if (row.cancelled_by === 'death') return []
  const on = dateIn(row.starts_at, ctx.tenant.timeZone)
  const standing = { status: row.status, startsAt: row.starts_at, on, isElsewhere: row.source !== '' }
  return actsOf(standing, { now: ctx.clock.now(), today: ctx.today })
}

/** @throws Problem when it is not there, not as it was seen, kept elsewhere, or past that act */
async function open(ctx: WriteContext, id: string, revision: number, wanted: Act): Promise<AppointmentRow> {
  const row = await lockAppointment(ctx.tx, ctx.organizationId, id)
  if (!row) throw platformProblem('NotFound')
  await requireVisible(ctx, row.patient_id)
  ctx.audit.patientId = row.patient_id
  if (row.revision !== revision) throw platformProblem('ChangedMeanwhile')
  if (actsNow(ctx, row).includes(wanted)) return row
  const wouldHere = actsOf(
    { status: row.status, startsAt: row.starts_at, on: dateIn(row.starts_at, ctx.tenant.timeZone), isElsewhere: false },
    { now: ctx.clock.now(), today: ctx.today },
  )
  throw appointmentProblem(wouldHere.includes(wanted) ? 'AppointmentElsewhere' : 'AppointmentNotNow')
}

async function change(ctx: WriteContext, row: AppointmentRow, to: Change): Promise<Changed> {
  const next = await changeAppointment(ctx.tx, row, {
    ...to,
    changed_by: ctx.actor.name,
    changed_at: ctx.clock.now(),
  })
  if (!next) throw platformProblem('ChangedMeanwhile')
  await tellJourneys(ctx, next, row)
  return changed(next)
}

/**
 * Journeys hear of the moment in the very transaction that sets it: what was planned for another one is withdrawn.
 * What lay behind us when it was first heard of is nobody's reminder.
 */
export async function tellJourneys(ctx: WriteContext, row: AppointmentRow, before?: AppointmentRow): Promise<void> {
  const now = ctx.clock.now()
  // Somebody has been here: whoever plans from that looks at them now.
  const isFulfilled = row.status === 'fulfilled' && before?.status !== 'fulfilled'
  if (isFulfilled || (await ctx.facts.isAskedFor(ctx, ['appointment'])))
    await wake(ctx.tx, ctx.organizationId, [row.patient_id], APPOINTMENT_WAKE, now)
  const at = momentOf({ status: row.status, startsAt: row.starts_at }, now)
  if (!before && (at === null || at <= now)) return
  const was = before && momentOf({ status: before.status, startsAt: before.starts_at }, now)
  if (before && was?.getTime() === at?.getTime()) return
  await noteDate(ctx, { patientId: row.patient_id, kind: 'appointment', key: row.id, at })
}

async function requireActive(ctx: WriteContext, patientId: string): Promise<void> {
  if ((await patientSummary(ctx, patientId))?.state !== 'active') throw appointmentProblem('AppointmentPatientGone')
}

function timeToCome(ctx: WriteContext, on: string, from: string): Date {
  const [hours = 0, minutes = 0] = from.split(':').map(Number)
  const at = instantAt(on, hours * 60 + minutes, ctx.tenant.timeZone)
  if (at <= ctx.clock.now()) throw appointmentProblem('AppointmentTimePast', {}, 'body.from')
  if (on > addDays(ctx.today, DAYS_AHEAD_MAX)) throw appointmentProblem('AppointmentTimeFar', {}, 'body.on')
  return at
}
