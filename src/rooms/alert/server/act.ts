import type { WriteContext } from '../../../platform/context/context.ts'
import { maskPhone, type InputOf, type PatientId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { liftPromotion } from '../../message/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { findStaff, staffNames } from '../../staff/server/index.ts'
import type { closeAlert, handOverAlert, noteAttempt } from '../contract/alert.ts'
import { alertClosed } from '../contract/events.ts'
import { alertProblem } from '../contract/problems.ts'
import type { Act, AlertId } from '../contract/words.ts'
import { HANDLING_ROLES } from './receivers.ts'
import { findLimits } from './rule-store.ts'
import { actsFor, ATTEMPTS_IN_VAIN_MIN, dueAfter, resultsFor, stateAfter } from './rules.ts'
import { insertEvent, lockAlert, updateAlert, type AlertRow } from './store.ts'
import { completeTasks, endOtherTasks, tell, type Told } from './tell.ts'
import { letBeSeen } from './untold.ts'

/**
 * Locks an alert for an act. Two who act at once stand in line here; the second one is told who was first.
 * @throws Problem NotFound, AlertAcknowledged, AlertClosed, AlertNotYours, AlertNotYet
 */
async function begin(ctx: WriteContext, alertId: string, act: Act): Promise<AlertRow> {
  const alert = await lockAlert(ctx, alertId)
  if (!alert) throw platformProblem('NotFound')
  ctx.audit.patientId = alert.patient_id
  ctx.audit.detail = { class: alert.class, from: alert.state }
  if (actsFor(alert, ctx.actor.id).includes(act)) return alert
  const holderId = alert.closed_by ?? alert.handler_id
  const name = holderId ? ((await staffNames(ctx, [holderId])).get(holderId) ?? '') : ''
  if (alert.state === 'closed') throw alertProblem('AlertClosed', { name })
  if (act === 'acknowledge' && alert.handler_id) throw alertProblem('AlertAcknowledged', { name })
  if (alert.handler_id && alert.handler_id !== ctx.actor.id) throw alertProblem('AlertNotYours', { name })
  throw alertProblem('AlertNotYet')
}

async function dueOf(ctx: WriteContext, alert: AlertRow, state: AlertRow['state']): Promise<Date | null> {
  return dueAfter((await findLimits(ctx.tx, ctx.organizationId)).limits, alert.class, state, ctx.clock.now())
}

/** 我来处理: from now on it is in one person's hands, and everybody else is relieved of it. */
export async function acknowledge(ctx: WriteContext, alertId: string): Promise<void> {
  const alert = await begin(ctx, alertId, 'acknowledge')
  const now = ctx.clock.now()
  const state = stateAfter('acknowledge', alert)
  const after = await updateAlert(ctx.tx, alert, {
    state,
    handler_id: ctx.actor.id,
    acknowledged_at: alert.acknowledged_at ?? now,
    level: 0,
    due_at: await dueOf(ctx, alert, state),
  })
  await insertEvent(ctx.tx, { kind: 'acknowledged', before: alert.state, after, by: ctx.actor, at: now })
  await endOtherTasks(ctx, after, ctx.actor.id, ctx.actor.name)
}

/** A try to reach the person. Reached counts only with what they read back; the first time it does, the clock goes on. */
export async function attempt(
  ctx: WriteContext,
  alertId: string,
  body: InputOf<typeof noteAttempt>['body'],
): Promise<void> {
  const alert = await begin(ctx, alertId, 'attempt')
  const { outcome, relation, personName, readBack, note } = body
  if (outcome === 'reached' && readBack.length < 2) throw alertProblem('AlertReadBackMissing', {}, 'body.readBack')
  if (outcome === 'reached' && relation !== 'self' && personName === '')
    throw alertProblem('AlertPersonMissing', {}, 'body.personName')
  const patient = await patientSummary(ctx, alert.patient_id)
  const phone = body.phone ? maskPhone(body.phone) : patient?.phoneMasked
  if (!phone) throw alertProblem('AlertPhoneMissing', {}, 'body.phone')
  const now = ctx.clock.now()
  await ctx.tx
    .insertInto('alert_attempt')
    .values({
      organization_id: ctx.organizationId,
      id: ctx.ids.next(),
      alert_id: alert.id,
      outcome,
      relation,
      person_name: personName || (relation === 'self' ? (patient?.name ?? '') : ''),
      phone_masked: phone,
      read_back: outcome === 'reached' ? readBack : '',
      note,
      by_id: ctx.actor.id!,
      by_name: ctx.actor.name,
      at: now,
    })
    .execute()
  const isFirst = outcome === 'reached' && alert.reached_at === null
  const after = await updateAlert(
    ctx.tx,
    alert,
    isFirst ? { state: 'reached', reached_at: now, level: 0, due_at: await dueOf(ctx, alert, 'reached') } : {},
  )
  if (outcome === 'reached') await letBeSeen(ctx, alert.id)
  const kind = outcome === 'reached' ? 'reached' : 'attempted'
  await insertEvent(ctx.tx, {
    kind,
    before: alert.state,
    after,
    note,
    detail: { outcome, relation, phone },
    by: ctx.actor,
    at: now,
  })
}

/** Gives it to a colleague, who acknowledges it in turn while the clock runs; or takes it over from one. */
export async function handOver(
  ctx: WriteContext,
  alertId: string,
  { toId, note }: InputOf<typeof handOverAlert>['body'],
): Promise<void> {
  const isTaken = toId === ctx.actor.id
  const alert = await begin(ctx, alertId, isTaken ? 'take-over' : 'hand-over')
  const receiver = await findStaff(ctx, toId)
  if (receiver?.state !== 'active' || !receiver.roles.some((role) => HANDLING_ROLES.includes(role)))
    throw alertProblem('AlertReceiverUnfit', {}, 'body.toId')
  const now = ctx.clock.now()
  const state = stateAfter(isTaken ? 'take-over' : 'hand-over', alert)
  const after = await updateAlert(ctx.tx, alert, {
    state,
    handler_id: toId,
    level: 0,
    due_at: await dueOf(ctx, alert, state),
  })
  const told: Told[] = [{ id: receiver.id, name: receiver.name, why: isTaken ? 'took-over' : 'handed-over' }]
  await endOtherTasks(ctx, after, null, note)
  await tell(ctx, after, told, 'alert-handed-over')
  const kind = isTaken ? 'took-over' : 'handed-over'
  await insertEvent(ctx.tx, { kind, before: alert.state, after, told, note, by: ctx.actor, at: now })
}

/** Closed only with what came of it. */
export async function close(
  ctx: WriteContext,
  alertId: string,
  { result, text, on }: InputOf<typeof closeAlert>['body'],
): Promise<void> {
  const alert = await begin(ctx, alertId, 'close')
  if (!resultsFor(alert).includes(result)) throw alertProblem('AlertResultUnfit', {}, 'body.result')
  if (result === 'unreachable' && (await countAttempts(ctx, alert)) < ATTEMPTS_IN_VAIN_MIN)
    throw alertProblem('AlertAttemptsMissing', { count: ATTEMPTS_IN_VAIN_MIN }, 'body.result')
  const now = ctx.clock.now()
  const after = await updateAlert(ctx.tx, alert, {
    state: 'closed',
    due_at: null,
    closed_at: now,
    closed_by: ctx.actor.id,
    result,
    result_text: text,
    result_on: on,
  })
  await insertEvent(ctx.tx, {
    kind: 'closed',
    before: alert.state,
    after,
    note: text,
    detail: { result },
    by: ctx.actor,
    at: now,
  })
  await letBeSeen(ctx, alert.id)
  await completeTasks(ctx, after, text)
  await liftPromotion(ctx, alert.kind === 'safety' ? 'crisis' : 'alert', [alert.id])
  await ctx.emit(alertClosed, {
    alertId: alert.id as AlertId,
    patientId: alert.patient_id as PatientId,
    class: alert.class,
  })
}

async function countAttempts(ctx: WriteContext, alert: AlertRow): Promise<number> {
  const { count } = await ctx.tx
    .selectFrom('alert_attempt')
    .select((e) => e.fn.countAll<string>().as('count'))
    .where('organization_id', '=', ctx.organizationId)
    .where('alert_id', '=', alert.id)
    .executeTakeFirstOrThrow()
  return Number(count)
}
