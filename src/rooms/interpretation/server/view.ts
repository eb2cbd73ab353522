import type { ReadContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { standingReports, type StandingReport } from '../../health-report/server/index.ts'
import { patientSummaries, requireVisible, type PatientSummary } from '../../patient/server/index.ts'
import type { OrderView } from '../contract/order.ts'
import type { OrderAct, OrderLine, OutcomeView, QuestionId, ReportLine } from '../contract/words.ts'
import { EARLY_MS, mayFollow } from './rules.ts'
import { slotViewOf } from './slot.ts'
import { findLiveOffers, findSlots, type NamedSlot } from './slot-store.ts'
import {
  countUnanswered,
  findOrder,
  findOrdersOf,
  findOutcomes,
  findQuestions,
  type OrderRow,
  type OutcomeRow,
} from './store.ts'

/** Interpretations as lists show them, in their order; a handful of statements for a page. */
export async function linesOf(ctx: ReadContext, rows: readonly OrderRow[]): Promise<OrderLine[]> {
  const ids = rows.map(({ id }) => id)
  const people = await patientSummaries(
    ctx,
    rows.map((row) => row.patient_id),
  )
  const slots = await findSlots(
    ctx,
    rows.map((row) => row.slot_id),
  )
  const offers = await findLiveOffers(ctx, ids)
  const outcomes = await findOutcomes(ctx, ids)
  const unanswered = await countUnanswered(ctx, ids)
  return rows.map((row) =>
    lineOf(ctx, row, {
      patient: people.get(row.patient_id)!,
      slot: row.slot_id ? slots.get(row.slot_id) : undefined,
      offered: offers.get(row.id)?.length ?? 0,
      signed: outcomes.get(row.id)?.[0],
      unanswered: unanswered.get(row.id) ?? 0,
    }),
  )
}

interface Beside {
  patient: PatientSummary
  slot: NamedSlot | undefined
  offered: number
  signed: OutcomeRow | undefined
  unanswered: number
}

function lineOf(ctx: ReadContext, row: OrderRow, { patient, slot, offered, signed, unanswered }: Beside): OrderLine {
  return {
    id: row.id as OrderLine['id'],
    state: row.state,
    patient: {
      id: patient.id,
      name: patient.name,
      sex: patient.sex,
      ageYears: patient.ageYears,
      phoneMasked: patient.phoneMasked,
    },
    examTitle: row.exam_title,
    examOn: row.exam_on,
    question: row.question,
    askedBy: row.asked_by,
    askedAt: row.asked_at.toISOString(),
    slot: slot ? slotViewOf(slot) : null,
    offered,
    overdue: row.state === 'booked' && slot !== undefined && slot.ends_at <= ctx.clock.now(),
    grade: signed?.content.grade ?? null,
    unanswered,
    signedBy: signed?.signed_by_name ?? null,
    version: row.version,
    can: actsFor(ctx, row, slot),
  }
}

function actsFor({ actor, clock }: ReadContext, row: OrderRow, slot: NamedSlot | undefined): OrderAct[] {
  const now = clock.now().getTime()
  const may = { book: actor.permissions.has('interpretation.book'), do: actor.permissions.has('interpretation.do') }
  const isTime = slot !== undefined && slot.starts_at.getTime() - EARLY_MS <= now
  const acts: [OrderAct, boolean][] = [
    ['talk', may.do && mayFollow('talk', row.state) && isTime],
    ['offer', may.book && mayFollow('offer', row.state)],
    ['book', may.book && mayFollow('book', row.state)],
    ['miss', may.book && mayFollow('miss', row.state) && slot !== undefined && slot.starts_at.getTime() <= now],
    ['cancel', may.book && mayFollow('cancel', row.state)],
    ['correct', may.do && row.state === 'done'],
    ['end-tracking', may.book && row.months !== null && (row.tracking_end === null || row.tracking_end === 'complete')],
  ]
  return acts.filter(([, allowed]) => allowed).map(([act]) => act)
}

export function reportLineOf({ id, title, examOn, issuedOn, marked }: StandingReport): ReportLine {
  return { id: id as ReportLine['id'], title, examOn, issuedOn, marked }
}

export function outcomeViewOf(row: OutcomeRow): OutcomeView {
  return {
    ...row.content,
    version: row.version,
    because: row.because,
    signedBy: row.signed_by_name,
    signedTitle: row.signed_by_title,
    signedAt: row.signed_at.toISOString(),
  }
}

/** One interpretation with everything that belongs to it. @throws Problem NotFound */
export async function showOrder(ctx: ReadContext, orderId: string): Promise<OrderView> {
  const row = await findOrder(ctx, orderId)
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  const [line] = await linesOf(ctx, [row])
  const reports = await standingReports(ctx, row.patient_id)
  const report = reports.find(({ firstId }) => firstId === row.report_first_id)
  const outcomes = ((await findOutcomes(ctx, [row.id])).get(row.id) ?? []).map(outcomeViewOf)
  const questions = await findQuestions(ctx, row.id)
  return {
    ...line!,
    report: report ? reportLineOf(report) : null,
    offers: ((await findLiveOffers(ctx, [row.id])).get(row.id) ?? []).map(slotViewOf),
    outcome: outcomes[0] ?? null,
    formerOutcomes: outcomes.slice(1),
    questions: questions.map(questionViewOf),
    tracking:
      row.months === null
        ? null
        : {
            months: row.months,
            reason: row.month_reason ?? '',
            asked: row.months_asked,
            nextOn: row.next_month_on,
            endedBecause: row.tracking_end,
            endedOn: row.tracking_ended_on,
          },
    log: await logOf(ctx, row.id),
  }
}

export function questionViewOf(row: Awaited<ReturnType<typeof findQuestions>>[number]) {
  return {
    id: row.id as QuestionId,
    text: row.text,
    askedAt: row.asked_at.toISOString(),
    answer: row.answer,
    answeredBy: row.answered_by_name,
    answeredAt: row.answered_at?.toISOString() ?? null,
  }
}

async function logOf({ db, organizationId }: ReadContext, orderId: string): Promise<OrderView['log']> {
  const rows = await db
    .selectFrom('interpretation_event')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('order_id', '=', orderId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return rows.map(({ kind, at, by_name, by_kind, note }) => ({
    kind,
    at: at.toISOString(),
    byName: by_name,
    byPatient: by_kind === 'patient' && by_name === '',
    note: kind === 'offered' ? '' : note,
  }))
}

/** All of one person, and the reports for which none is open. */
export async function showOfPatient(ctx: ReadContext, patientId: string) {
  const patient = await requireVisible(ctx, patientId)
  const rows = await findOrdersOf(ctx, patientId)
  const open = new Set(
    rows.filter(({ state }) => ['asked', 'offered', 'booked'].includes(state)).map((row) => row.report_first_id),
  )
  const reports = (await standingReports(ctx, patientId)).filter(({ firstId }) => !open.has(firstId))
  const may = patient.state === 'active' && ctx.actor.permissions.has('interpretation.book')
  return {
    rows: await linesOf(ctx, rows),
    reports: reports.map(reportLineOf),
    can: { make: may && reports.length > 0 },
  }
}
