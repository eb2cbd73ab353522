import type { WriteContext } from '../../../platform/context/context.ts'
import { standingReports } from '../../health-report/server/index.ts'
import { lockPatient } from '../../patient/server/index.ts'
import { tellsOfHepatitisB, tellsOfOwnOnly } from '../../../clinical/index.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { talkFixed } from '../contract/events.ts'
import { interpretationProblem } from '../contract/problems.ts'
import { mayFollow, type Move } from './rules.ts'
import { lockSlots } from './slot-store.ts'
import { findOpenOf, insertOrder, lockOrder, note, updateOrder, type OrderRow, type SlotRow } from './store.ts'
import { askForTalk, askForTime, becauseOf, endTask, planReminder, tellDoctor, tellPatient, withdraw } from './tell.ts'

/**
 * Asks for an interpretation of a report that stands: the person themselves, or staff for them. Of two who ask at once
 * one does; a person who asks again is led to the one that is open.
 * @throws Problem InterpretationReportUnfit, InterpretationPatientNotActive, InterpretationOpen
 */
export async function ask(
  ctx: WriteContext,
  patientId: string,
  { reportId, question }: { reportId: string; question: string },
): Promise<string> {
  const patient = await lockPatient(ctx.tx, ctx.organizationId, patientId)
  if (patient.state !== 'active') throw interpretationProblem('InterpretationPatientNotActive')
  const report = (await standingReports(ctx, patientId)).find(({ id }) => id === reportId)
  const { proxy } = ctx.actor
  if (!report || (proxy && tellsOfOwnOnly(report.title)))
    throw interpretationProblem('InterpretationReportUnfit', {}, 'body.reportId')
  const byPatient = ctx.actor.kind === 'patient'
  const id = ctx.ids.next<string>()
  const row = {
    organization_id: ctx.organizationId,
    id,
    patient_id: patientId,
    report_id: report.id,
    report_first_id: report.firstId,
    exam_title: report.title,
    exam_on: report.examOn,
    state: 'asked' as const,
    question: asSaid(ctx, question),
    asked_by: byPatient ? ('patient' as const) : ('staff' as const),
    asked_by_name: byPatient && !proxy ? patient.name : ctx.actor.name,
    asked_at: ctx.clock.now(),
    slot_id: null,
    ended_at: null,
    task_key: `${id}:1`,
    recheck_key: null,
    months: null,
    month_reason: null,
    next_month_on: null,
    tracking_end: null,
    tracking_ended_on: null,
  }
  if (!(await insertOrder(ctx, row))) {
    const open = await findOpenOf(ctx, report.firstId)
    if (byPatient && open?.patient_id === patientId) return open.id
    throw interpretationProblem('InterpretationOpen')
  }
  ctx.audit.subjectId = id
  ctx.audit.patientId = patientId
  await note(ctx, id, { kind: 'asked' })
  await askForTime(ctx, row, 1)
  return id
}

/** Words in the name of a person say whose they are: doctor and person both read them. */
export const asSaid = ({ actor }: WriteContext, text: string) => (actor.proxy ? `${actor.proxy.name}: ${text}` : text)

/** Locked, in a state that allows this. @throws Problem NotFound, InterpretationNotYet */
export async function begin(ctx: WriteContext, orderId: string, act: Move): Promise<OrderRow> {
  const row = await lockOrder(ctx, orderId)
  if (!mayFollow(act, row.state)) throw interpretationProblem('InterpretationNotYet', { state: row.state })
  return row
}

/** Offers times to choose from, in place of those offered before. @throws Problem InterpretationSlotTaken, InterpretationSlotPast, InterpretationOpen */
export async function offer(ctx: WriteContext, orderId: string, slotIds: readonly string[]): Promise<void> {
  const row = await begin(ctx, orderId, 'offer')
  await refuseSecond(ctx, row)
  const slots = await lockSlots(ctx, slotIds)
  if (slots.length < new Set(slotIds).size || slots.some(({ taken }) => taken))
    throw interpretationProblem('InterpretationSlotTaken', {}, 'body.slotIds')
  for (const slot of slots) refusePast(ctx, slot)
  await ctx.tx
    .deleteFrom('interpretation_offer')
    .where('organization_id', '=', ctx.organizationId)
    .where('order_id', '=', row.id)
    .execute()
  await ctx.tx
    .insertInto('interpretation_offer')
    .values(slots.map(({ id }) => ({ organization_id: ctx.organizationId, order_id: row.id, slot_id: id })))
    .execute()
  const after = await updateOrder(ctx, row, { state: 'offered', slot_id: null, ended_at: null, task_key: null })
  await note(ctx, row.id, { kind: 'offered', text: String(slots.length) })
  await endTask(ctx, row, { state: 'completed' })
  await tellPatient(ctx, after, 'offered')
}

/** An interpretation that was missed is opened again only while no other one of the report is open. */
async function refuseSecond(ctx: WriteContext, row: OrderRow): Promise<void> {
  if (row.state !== 'missed') return
  if (await findOpenOf(ctx, row.report_first_id)) throw interpretationProblem('InterpretationOpen')
}

function refusePast(ctx: WriteContext, slot: SlotRow): void {
  if (slot.starts_at <= ctx.clock.now()) throw interpretationProblem('InterpretationSlotPast', {}, 'body.slotId')
}

/**
 * Books a time, or moves to another one. The time is locked, so that of two who want it one gets it and the other is told.
 * @throws Problem NotFound, InterpretationNotYet, InterpretationSlotTaken, InterpretationSlotPast
 */
export async function book(ctx: WriteContext, orderId: string, slotId: string, row?: OrderRow): Promise<void> {
  const order = row ?? (await begin(ctx, orderId, 'book'))
  await refuseSecond(ctx, order)
  if (order.state === 'booked' && order.slot_id === slotId) return
  const slots = await lockSlots(ctx, order.slot_id ? [slotId, order.slot_id] : [slotId])
  const slot = slots.find(({ id }) => id === slotId)
  if (!slot || slot.taken) throw interpretationProblem('InterpretationSlotTaken', {}, 'body.slotId')
  refusePast(ctx, slot)
  const before = order.state === 'booked' ? slots.find(({ id }) => id === order.slot_id) : undefined
  await endTask(ctx, order, before ? { state: 'cancelled', reason: becauseOf(ctx, 'moved') } : { state: 'completed' })
  await withdraw(ctx, order.patient_id, order.id)
  const version = order.version + 1
  const after = await updateOrder(ctx, order, {
    state: 'booked',
    slot_id: slotId,
    ended_at: null,
    task_key: await askForTalk(ctx, order, slot, version),
  })
  const kind = before ? 'moved' : 'booked'
  await note(ctx, order.id, { kind, slotId })
  await tellPatient(ctx, after, kind, slot)
  await planReminder(ctx, after, slot)
  await tellOfDate(ctx, after, slot.starts_at)
  if (before) await tellDoctor(ctx, after, before.doctor_id)
}

/** Cancels it; the time is free again. @throws Problem NotFound, InterpretationNotYet */
export async function cancel(ctx: WriteContext, orderId: string, because: string, row?: OrderRow): Promise<void> {
  const order = row ?? (await begin(ctx, orderId, 'cancel'))
  const byPatient = ctx.actor.kind === 'patient'
  const [slot] = order.slot_id ? await lockSlots(ctx, [order.slot_id]) : []
  const after = await updateOrder(ctx, order, {
    state: 'cancelled',
    slot_id: null,
    ended_at: ctx.clock.now(),
    ended_by_patient: byPatient,
    ended_because: because,
    task_key: null,
  })
  await note(ctx, order.id, { kind: 'cancelled', text: because, slotId: order.slot_id })
  await endTask(ctx, order, { state: 'cancelled', reason: because || becauseOf(ctx, 'cancelled') })
  await withdraw(ctx, order.patient_id, order.id)
  const knows = order.state !== 'asked' || order.asked_by === 'patient'
  if (ctx.actor.kind === 'staff' && knows) await tellPatient(ctx, after, 'cancelled')
  if (slot) {
    await tellDoctor(ctx, after, slot.doctor_id)
    await tellOfDate(ctx, after, null)
  }
}

function tellOfDate(ctx: WriteContext, order: OrderRow, at: Date | null): Promise<void> {
  const patientId = order.patient_id as PatientId
  return ctx.emit(talkFixed, { patientId, key: order.id, at: at?.toISOString() ?? null })
}

/** The person was not there; the manager is to find another time. @throws Problem InterpretationNotYet, InterpretationTooEarly */
export async function miss(ctx: WriteContext, orderId: string, text: string): Promise<void> {
  const row = await begin(ctx, orderId, 'miss')
  const [slot] = await lockSlots(ctx, [row.slot_id!])
  if (slot && slot.starts_at > ctx.clock.now()) throw interpretationProblem('InterpretationTooEarly')
  await endTask(ctx, row, { state: 'cancelled', reason: text || becauseOf(ctx, 'missed') })
  await updateOrder(ctx, row, {
    state: 'missed',
    ended_at: ctx.clock.now(),
    ended_because: text,
    task_key: await askForTime(ctx, row, row.version + 1),
  })
  await note(ctx, row.id, { kind: 'missed', text, slotId: row.slot_id })
}

/** Hepatitis B has a sheet of its own (R13): nothing of it stands among the rest. */
export function refuseApart(text: string, path: string): void {
  if (tellsOfHepatitisB(text)) throw interpretationProblem('InterpretationHepatitisBApart', {}, path)
}
