import { createHash } from 'node:crypto'
import { addMonths, instantAt } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { checkPlain } from '../../../clinical/plain-language/index.ts'
import { noteTold, untoldOf } from '../../alert/server/index.ts'
import { standingReports } from '../../health-report/server/index.ts'
import { findStaff } from '../../staff/server/index.ts'
import { interpretationProblem } from '../contract/problems.ts'
import type { correctOutcome, signOutcome } from '../contract/talk.ts'
import type { Outcome } from '../contract/words.ts'
import { refuseApart } from './order.ts'
import { EARLY_MS, lacksNext, mayFollow, writtenIn } from './rules.ts'
import { findSlots } from './slot-store.ts'
import { findOutcomes, lockOrder, note, updateOrder, type OrderRow } from './store.ts'
import { endTask, tellPatient, withdraw } from './tell.ts'

/**
 * The doctor signs what came of the talk, bound to its content; whoever signs at the same moment finds it signed. What a
 * person has to be told first is told in the talk, or it is not signed.
 * @throws Problem InterpretationSigned, InterpretationNotYet, InterpretationTooEarly, InterpretationReportUnfit, InterpretationUntold,
 *   InterpretationWithoutNext, InterpretationHepatitisBApart, InterpretationPromise
 */
export async function sign(
  ctx: WriteContext,
  orderId: string,
  { outcome, told }: InputOf<typeof signOutcome>['body'],
): Promise<void> {
  const row = await lockOrder(ctx, orderId)
  if (row.state === 'done') throw await signedAlready(ctx, row)
  if (!mayFollow('talk', row.state)) throw interpretationProblem('InterpretationNotYet', { state: row.state })
  const slot = (await findSlots(ctx, [row.slot_id])).get(row.slot_id!)
  if (slot && slot.starts_at.getTime() - EARLY_MS > ctx.clock.now().getTime())
    throw interpretationProblem('InterpretationTooEarly')
  const report = (await standingReports(ctx, row.patient_id)).find(({ firstId }) => firstId === row.report_first_id)
  if (!report) throw interpretationProblem('InterpretationReportUnfit')
  check(outcome)
  await tellFirst(ctx, row, told)
  await insert(ctx, row, {
    version: 1,
    outcome,
    because: '',
    told: told.map(({ alertId }) => alertId),
    reportId: report.id,
  })
  await endTask(ctx, row, { state: 'completed' })
  await withdraw(ctx, row.patient_id, row.id)
  const after = await updateOrder(ctx, row, {
    state: 'done',
    ended_at: ctx.clock.now(),
    ended_because: '',
    task_key: null,
    ...trackingOf(ctx, outcome),
  })
  await note(ctx, row.id, { kind: 'signed', slotId: row.slot_id })
  await tellPatient(ctx, after, 'done')
  ctx.audit.detail = { version: 1, grade: outcome.grade, told: told.length }
}

async function signedAlready(ctx: WriteContext, row: OrderRow) {
  const newest = (await findOutcomes(ctx, [row.id])).get(row.id)?.[0]
  return interpretationProblem('InterpretationSigned', { name: newest?.signed_by_name ?? '' })
}

/** Every important result that nobody has told is told now, class A without exception. */
async function tellFirst(
  ctx: WriteContext,
  row: OrderRow,
  told: InputOf<typeof signOutcome>['body']['told'],
): Promise<void> {
  const untold = await untoldOf(ctx, row.patient_id)
  const said = new Map(told.map(({ alertId, readBack }) => [alertId, readBack]))
  if (untold.some((one) => one.class === 'A' && !said.has(one.id))) throw interpretationProblem('InterpretationUntold')
  for (const { id } of untold) {
    const readBack = said.get(id)
    if (readBack !== undefined) await noteTold(ctx, id, { readBack, note: '' })
  }
}

/** A new version of what was signed; the one before it is kept. @throws Problem InterpretationNotYet, ChangedMeanwhile and those of the check */
export async function correct(
  ctx: WriteContext,
  orderId: string,
  { outcome, because, version }: InputOf<typeof correctOutcome>['body'],
): Promise<void> {
  const row = await lockOrder(ctx, orderId)
  const newest = (await findOutcomes(ctx, [row.id])).get(row.id)?.[0]
  if (row.state !== 'done' || !newest) throw interpretationProblem('InterpretationNotYet', { state: row.state })
  if (newest.version !== version) throw platformProblem('ChangedMeanwhile')
  check(outcome)
  refuseApart(because, 'body.because')
  await insert(ctx, row, { version: version + 1, outcome, because, told: newest.told, reportId: newest.report_id })
  const changed = JSON.stringify(newest.content.monthly) !== JSON.stringify(outcome.monthly)
  // A reminder of days that are no longer meant goes; the person may ask for one anew.
  if (row.recheck_key) await withdraw(ctx, row.patient_id, row.recheck_key)
  const after = await updateOrder(ctx, row, { recheck_key: null, ...(changed ? trackingOf(ctx, outcome) : {}) })
  await note(ctx, row.id, { kind: 'corrected', text: because })
  await tellPatient(ctx, after, 'done')
  ctx.audit.detail = { version: version + 1, grade: outcome.grade }
}

function check(outcome: Outcome): void {
  const text = writtenIn(outcome)
  refuseApart(text, 'body.outcome.meaning')
  const promise = checkPlain(text).find(({ kind }) => kind === 'promise')
  if (promise) throw interpretationProblem('InterpretationPromise', { words: promise.text }, 'body.outcome.meaning')
  if (lacksNext(outcome)) throw interpretationProblem('InterpretationWithoutNext', {}, 'body.outcome.next')
}

/** From a month after today; nothing where nothing was agreed on. */
function trackingOf(ctx: WriteContext, { monthly }: Outcome) {
  return {
    months: monthly?.months ?? null,
    months_asked: 0,
    month_reason: monthly?.reason ?? null,
    next_month_on: monthly ? addMonths(ctx.today, 1) : null,
    tracking_end: null,
    tracking_ended_on: null,
  }
}

async function insert(
  ctx: WriteContext,
  row: OrderRow,
  one: { version: number; outcome: Outcome; because: string; told: string[]; reportId: string },
): Promise<void> {
  const signer = await findStaff(ctx, ctx.actor.id!)
  const content = JSON.stringify(one.outcome)
  await ctx.tx
    .insertInto('interpretation_outcome')
    .values({
      organization_id: ctx.organizationId,
      order_id: row.id,
      version: one.version,
      content,
      content_hash: createHash('sha256').update(content).digest('hex'),
      because: one.because,
      told: JSON.stringify(one.told),
      report_id: one.reportId,
      signed_by: ctx.actor.id!,
      signed_by_name: ctx.actor.name,
      signed_by_title: signer?.title ?? '',
      signed_at: ctx.clock.now(),
    })
    .execute()
}

/** The morning of the first day of a voluntary recheck. */
export function recheckMorning(from: string, timeZone: string): Date {
  return instantAt(from, 9 * 60, timeZone)
}
