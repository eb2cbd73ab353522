import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { logCall } from '../../follow-up/server/index.ts'
import { closeTask, createTask } from '../../task/server/index.ts'
import shipped from '../content/call-rules.json' with { type: 'json' }
import { callProblem } from '../contract/problems.ts'
import type { CallSession, endCall } from '../contract/session.ts'
import type { CallOutcome } from '../contract/words.ts'
import { putBlock } from './block-store.ts'
import { findCall, type Call } from './candidates.ts'
import { findPeople } from './person-store.ts'
import { rulesInForce } from './rule.ts'
import { isAnswered, shutBecause, whatFollows, type Follows, type Hours } from './rules/again.ts'
import { readGoodHours } from '../../patient/contract/good-hours.ts'
import { changeSession, findTakers, lockOwn, type SessionRow } from './session-store.ts'
import { putSubject } from './subject-store.ts'
import { showSession } from './view.ts'

type Ending = InputOf<typeof endCall>['body']

/**
 * Says how a call went, in one transaction with all that follows: the try in the follow-up, the closed task, when it is
 * called about again, who else has to look after something. Ended twice it was ended once. A call whose claim has run out
 * is still told, unless somebody else has the person by now.
 * @throws Problem CallUnknown, CallOver, CallTaken, CallBackAtWanted, CallBackAtPast, CallBackAtShut
 */
export async function end(ctx: WriteContext, id: string, input: Ending): Promise<CallSession> {
  const row = await lockOwn(ctx.tx, ctx.organizationId, id, ctx.actor.id)
  if (!row) throw callProblem('CallUnknown')
  if (row.state === 'ended' && row.outcome === input.outcome) return showSession(ctx, id)
  if (row.state === 'ended' || row.state === 'handed-back') throw callProblem('CallOver')
  if (row.state === 'expired') await refuseTaken(ctx, row)
  const { hours } = await rulesInForce(ctx)
  const promisedAt = promised(ctx, input, hours)
  const came = await settle(ctx, row, input, promisedAt)
  const talks = isAnswered(input.outcome)
  const now = ctx.clock.now()
  await changeSession(ctx.tx, ctx.organizationId, id, {
    state: 'ended',
    outcome: input.outcome,
    answered_by: talks ? (input.answeredBy ?? (input.outcome === 'family-answered' ? 'family' : 'self')) : null,
    note: input.note,
    talk_began_at: talks ? row.talk_began_at : null,
    talk_ended_at: talks && row.talk_began_at ? now : null,
    next_at: came.follows.nextAt,
    lost: came.lost,
    completed: came.done,
    handed_over: input.handOver !== undefined,
    ended_at: now,
  })
  await aftermath(ctx, row, input)
  ctx.audit.detail = { outcome: input.outcome, hold: came.follows.hold, lost: came.lost, done: came.done }
  return showSession(ctx, id)
}

async function refuseTaken(ctx: WriteContext, row: SessionRow): Promise<void> {
  const taker = (await findTakers(ctx.tx, ctx.organizationId, [row.patient_id])).get(row.patient_id)
  if (taker) throw callProblem('CallTaken', { name: taker.staff_name })
}

/** The moment somebody was promised: in the future, and when people may be called. */
function promised(ctx: WriteContext, { outcome, nextAt }: Ending, hours: Hours): Date | undefined {
  if (outcome !== 'call-back') return undefined
  if (!nextAt) throw callProblem('CallBackAtWanted', {}, 'body.nextAt')
  const at = new Date(nextAt)
  if (at.getTime() <= ctx.clock.now().getTime()) throw callProblem('CallBackAtPast', {}, 'body.nextAt')
  if (shutBecause(at, { ...hours, isOpenDay: () => true })) throw callProblem('CallBackAtShut', {}, 'body.nextAt')
  return at
}

interface Came {
  follows: Follows
  lost: boolean
  /** What it was about is done. */
  done: boolean
}

/** What the call means for what it was about. */
async function settle(ctx: WriteContext, row: SessionRow, input: Ending, promisedAt: Date | undefined): Promise<Came> {
  const subject = { kind: row.subject_kind, id: row.subject_id }
  const call = await findCall(ctx, subject)
  const plan = await planner(ctx, row, input.outcome, promisedAt)
  const came =
    subject.kind === 'follow-up'
      ? await settleVisit(ctx, row, input, plan)
      : await settleTask(ctx, row, input, { call, plan })
  const { nextAt, hold } = came.follows
  await putSubject(ctx.tx, ctx.organizationId, {
    ...subject,
    patient_id: row.patient_id,
    tries: (call?.tries ?? row.tries) + 1,
    vain: came.vain,
    next_at: nextAt,
    promised: input.outcome === 'call-back' && nextAt !== null,
    hold,
    changed_at: ctx.clock.now(),
  })
  return came
}

type Plan = (vain: number, most: number, done: boolean) => Follows

async function planner(
  ctx: WriteContext,
  row: SessionRow,
  outcome: CallOutcome,
  promisedAt: Date | undefined,
): Promise<Plan> {
  const { policy, hours } = await rulesInForce(ctx)
  const person = (await findPeople(ctx, [row.patient_id])).get(row.patient_id)
  const goodHours = readGoodHours(person?.goodHours ?? '')
  const tried = { outcome, at: ctx.clock.now(), promisedAt, goodHours }
  return (vain, most, done) => whatFollows({ ...tried, vain, most: most || policy.taskTries, done }, policy, hours)
}

async function settleVisit(
  ctx: WriteContext,
  row: SessionRow,
  input: Ending,
  plan: Plan,
): Promise<Came & { vain: number }> {
  let follows: Follows = { nextAt: null, hold: null }
  const told = {
    outcome: input.outcome,
    startedAt: (row.talk_began_at ?? row.claimed_at).toISOString(),
    endedAt: ctx.clock.now().toISOString(),
    note: input.note.slice(0, 500),
    because: row.because,
  }
  const logged = await logCall(ctx, row.subject_id, told, (vain, most) => {
    follows = plan(vain, most, false)
    return follows.nextAt
  })
  return { follows, lost: logged.lost, done: !logged.open, vain: logged.vain }
}

async function settleTask(
  ctx: WriteContext,
  row: SessionRow,
  input: Ending,
  { call, plan }: { call: Call | undefined; plan: Plan },
): Promise<Came & { vain: number }> {
  const vain = isAnswered(input.outcome) ? 0 : (call?.vain ?? 0) + 1
  const done = input.outcome === 'reached'
  if (done) await closeTask(ctx, row.subject_id, { state: 'completed', outcome: { text: input.note } })
  return { follows: plan(vain, 0, done), lost: false, done, vain }
}

/** Who else has to do something, and whom nobody calls any more. */
async function aftermath(ctx: WriteContext, row: SessionRow, input: Ending): Promise<void> {
  const person = (await findPeople(ctx, [row.patient_id])).get(row.patient_id)!
  const about = { patientId: row.patient_id, source: 'call-desk' }
  if (input.handOver)
    await createTask(ctx, {
      ...about,
      type: 'call',
      title: shipped.tasks.handOver,
      note: input.handOver,
      ownerId: person.doctorId,
      poolRole: person.doctorId ? null : 'physician',
      priority: 'urgent',
      sourceKey: `hand-over ${row.id}`,
    })
  if (input.outcome === 'wrong-number') {
    await block(ctx, row.patient_id, 'wrong-number', input.note)
    await createTask(ctx, {
      ...about,
      type: 'other',
      title: shipped.tasks.number,
      ownerId: person.managerId,
      sourceKey: `number ${row.id}`,
      concern: 'phone-number',
    })
  }
  if (input.doNotCall) await block(ctx, row.patient_id, 'opt-out', input.note)
}

async function block(
  ctx: WriteContext,
  patientId: string,
  reason: 'opt-out' | 'wrong-number',
  note: string,
): Promise<void> {
  await putBlock(ctx.tx, {
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string & never>() as string,
    patient_id: patientId,
    reason,
    note: note.slice(0, 300),
    since: ctx.clock.now(),
    until: null,
    by_id: ctx.actor.id,
    by_name: ctx.actor.name,
    lifted_at: null,
    lifted_by: null,
    lifted_by_name: null,
    lifted_because: null,
  })
}
