import { tellsOfOwnOnly } from '../../../clinical/index.ts'
import { dateIn, instantAt } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { AnswerOf, InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { mustBeToldFirst } from '../../alert/server/index.ts'
import { standingReports } from '../../health-report/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type * as contract from '../contract/own.ts'
import { interpretationProblem } from '../contract/problems.ts'
import type { OrderId, SlotId } from '../contract/words.ts'
import { ask, begin, book, cancel } from './order.ts'
import { recheckMorning } from './outcome.ts'
import { clockOf } from './rules.ts'
import { findLiveOffers, findSlots, type NamedSlot } from './slot-store.ts'
import {
  findOrder,
  findOrdersOf,
  findOutcomes,
  findQuestions,
  lockOrder,
  updateOrder,
  type OrderRow,
  type OutcomeRow,
} from './store.ts'
import { planRecheckReminder, withdraw } from './tell.ts'
import { endTracking } from './tracking.ts'
import { questionViewOf } from './view.ts'

type MyLine = AnswerOf<typeof contract.listMine>['rows'][number]

/** One's own, newest first. What a report is called stays unsaid while a result has to be told by a human first. */
export async function listMine(ctx: ReadContext): Promise<{ rows: MyLine[] }> {
  const patientId = ownPatientId(ctx)
  const rows = (await findOrdersOf(ctx, patientId)).filter((row) => mayKnow(ctx, row.exam_title))
  return { rows: await linesOf(ctx, rows, await mustBeToldFirst(ctx, patientId)) }
}

/** Whom the person has let in hears nothing of an examination that is for the person alone. */
const mayKnow = ({ actor }: ReadContext, examTitle: string) => !actor.proxy || !tellsOfOwnOnly(examTitle)

async function linesOf(ctx: ReadContext, rows: readonly OrderRow[], isUntold: boolean): Promise<MyLine[]> {
  const slots = await findSlots(
    ctx,
    rows.map((row) => row.slot_id),
  )
  const outcomes = await findOutcomes(
    ctx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => {
    const slot = row.slot_id ? slots.get(row.slot_id) : undefined
    const [signed] = outcomes.get(row.id) ?? []
    return {
      id: row.id as OrderId,
      state: row.state,
      examTitle: isUntold ? null : row.exam_title,
      examOn: row.exam_on,
      slot: slot ? mySlot(ctx, slot) : null,
      signedOn: signed ? dateIn(signed.signed_at, ctx.tenant.timeZone) : null,
      unread: signed !== undefined && signed.version > row.read_version,
    }
  })
}

function mySlot({ tenant }: ReadContext, slot: NamedSlot): contract.MySlot {
  return {
    id: slot.id as SlotId,
    doctorName: slot.doctor_name,
    on: dateIn(slot.starts_at, tenant.timeZone),
    from: clockOf(slot.starts_at, tenant.timeZone),
    until: clockOf(slot.ends_at, tenant.timeZone),
    way: slot.way,
    place: slot.place,
  }
}

/** For the report's own page: whether it can be asked about, and what has come of it. */
export async function mineOfReport(
  ctx: ReadContext,
  reportId: string,
): Promise<AnswerOf<typeof contract.mineOfReport>> {
  const patientId = ownPatientId(ctx)
  const isUntold = await mustBeToldFirst(ctx, patientId)
  const report = isUntold ? undefined : (await standingReports(ctx, patientId)).find(({ id }) => id === reportId)
  if (!report || !mayKnow(ctx, report.title)) throw platformProblem('NotFound')
  const rows = (await findOrdersOf(ctx, patientId)).filter((row) => row.report_first_id === report.firstId)
  const isOpen = rows.some(({ state }) => ['asked', 'offered', 'booked'].includes(state))
  const newest = rows.find(({ state }) => state !== 'cancelled')
  const canAsk = !isOpen && (ctx.actor.proxy?.scopes.includes('ask') ?? true)
  return { canAsk, newest: newest ? (await linesOf(ctx, [newest], false))[0]! : null }
}

/** @throws Problem InterpretationReportUnfit also while a result has to be told by a human first */
export async function askForOne(ctx: WriteContext, body: InputOf<typeof contract.askForOne>['body']) {
  const patientId = ownPatientId(ctx)
  if (await mustBeToldFirst(ctx, patientId)) throw interpretationProblem('InterpretationReportUnfit')
  return { id: (await ask(ctx, patientId, body)) as OrderId }
}

/** One of one's own with all that there is to choose and to read. Opening it is what makes an outcome read. */
export async function readMine(
  ctx: ReadContext,
  house: House,
  orderId: string,
): Promise<AnswerOf<typeof contract.readMine>> {
  const row = await findOrder(ctx, orderId)
  if (!row || !mayKnow(ctx, row.exam_title)) throw platformProblem('NotFound')
  const patientId = ownPatientId(ctx)
  const isUntold = await mustBeToldFirst(ctx, patientId)
  const [line] = await linesOf(ctx, [row], isUntold)
  const reports = isUntold ? [] : await standingReports(ctx, patientId)
  const [signed] = (await findOutcomes(ctx, [row.id])).get(row.id) ?? []
  const { proxy } = ctx.actor
  if (!proxy && signed && signed.version > row.read_version) await keepRead(ctx, house, row.id, signed.version)
  return {
    ...line!,
    // What the person wrote themselves is between them and the doctor.
    question: proxy ? '' : row.question,
    reportId: (reports.find(({ firstId }) => firstId === row.report_first_id)?.id ?? null) as never,
    offers: ((await findLiveOffers(ctx, [row.id])).get(row.id) ?? []).map((slot) => mySlot(ctx, slot)),
    changeable:
      (!proxy || proxy.scopes.includes('book')) &&
      (row.state === 'asked' || row.state === 'offered' || (row.state === 'booked' && isAhead(ctx, line!.slot))),
    phoneMasked: proxy ? null : ((await patientSummary(ctx, patientId))?.phoneMasked ?? null),
    outcome: signed && !(proxy && isApart(signed)) ? myOutcome(ctx, row, signed) : null,
    questions: proxy ? [] : (await findQuestions(ctx, row.id)).map(questionViewOf),
    cancelledBecause: row.state === 'cancelled' && !proxy ? row.ended_because : '',
    cancelledByMe: row.ended_by_patient,
  }
}

/** A talk that came to speak of what only the person is shown stays with them as a whole. */
const isApart = ({ content, because }: OutcomeRow) => tellsOfOwnOnly(JSON.stringify([content, because]))

function isAhead({ clock, tenant }: ReadContext, slot: MyLine['slot']): boolean {
  if (!slot) return false
  const [hours = 0, minutes = 0] = slot.from.split(':').map(Number)
  return instantAt(slot.on, hours * 60 + minutes, tenant.timeZone) > clock.now()
}

function myOutcome(ctx: ReadContext, row: OrderRow, { content, ...signed }: OutcomeRow) {
  return {
    grade: content.grade,
    meaning: content.meaning,
    options: content.options,
    ifNothing: content.ifNothing,
    next: content.next,
    recheck: content.recheck,
    recheckReminder: row.recheck_key !== null,
    monthly:
      row.months === null || row.tracking_end !== null ? null : { months: row.months, nextOn: row.next_month_on },
    corrects: signed.version > 1,
    because: signed.because,
    signedBy: signed.signed_by_name,
    signedOn: dateIn(signed.signed_at, ctx.tenant.timeZone),
  }
}

/** A reading page may write nothing in its own transaction, so this is one of its own. */
async function keepRead(ctx: ReadContext, house: House, orderId: string, version: number): Promise<void> {
  await write(house, { tenant: ctx.tenant, actor: ctx.actor }, async ({ tx, organizationId }) => {
    await tx
      .updateTable('interpretation_order')
      .set({ read_version: version })
      .where('organization_id', '=', organizationId)
      .where('id', '=', orderId)
      .where('read_version', '<', version)
      .execute()
  })
}

/** @throws Problem InterpretationSlotNotOffered, InterpretationTooLate and those of booking */
export async function bookMine(ctx: WriteContext, orderId: string, slotId: string): Promise<void> {
  const row = await begin(ctx, orderId, 'book')
  if (row.state !== 'offered' && row.state !== 'booked')
    throw interpretationProblem('InterpretationNotYet', { state: row.state })
  await refuseLate(ctx, row)
  const offered = await ctx.tx
    .selectFrom('interpretation_offer')
    .select('slot_id')
    .where('organization_id', '=', ctx.organizationId)
    .where('order_id', '=', row.id)
    .where('slot_id', '=', slotId)
    .executeTakeFirst()
  if (!offered) throw interpretationProblem('InterpretationSlotNotOffered')
  await book(ctx, orderId, slotId, row)
}

/** @throws Problem InterpretationTooLate and those of cancelling */
export async function cancelMine(ctx: WriteContext, orderId: string, because: string): Promise<void> {
  const row = await begin(ctx, orderId, 'cancel')
  await refuseLate(ctx, row)
  await cancel(ctx, orderId, because, row)
}

/** Once the time has come the doctor is waiting; then a call helps, not a page. */
async function refuseLate(ctx: WriteContext, row: OrderRow): Promise<void> {
  if (row.state !== 'booked') return
  const slot = (await findSlots(ctx, [row.slot_id])).get(row.slot_id!)
  if (slot && slot.starts_at <= ctx.clock.now()) throw interpretationProblem('InterpretationTooLate')
}

/** What the person wishes: a reminder of the recheck, which is theirs to choose, or no more monthly contact. */
export async function wish(
  ctx: WriteContext,
  orderId: string,
  wished: InputOf<typeof contract.wishMine>['body'],
): Promise<{ at: string }> {
  const at = ctx.clock.now().toISOString()
  if ('monthly' in wished) {
    await endTracking(ctx, orderId, 'wish', '')
    return { at }
  }
  const row = await lockOrder(ctx, orderId)
  const [signed] = (await findOutcomes(ctx, [row.id])).get(row.id) ?? []
  const recheck = signed?.content.recheck
  if (!recheck) throw interpretationProblem('InterpretationNotYet', { state: row.state })
  if (wished.recheckReminder === (row.recheck_key !== null)) return { at }
  if (row.recheck_key) await withdraw(ctx, row.patient_id, row.recheck_key)
  const morning = recheckMorning(recheck.from, ctx.tenant.timeZone)
  const key =
    wished.recheckReminder && recheck.until >= ctx.today
      ? await planRecheckReminder(ctx, row, morning > ctx.clock.now() ? morning : ctx.clock.now())
      : null
  await updateOrder(ctx, row, { recheck_key: key })
  return { at }
}
