import type { WriteContext } from '../../../platform/context/context.ts'
import { findStaff } from '../../staff/server/index.ts'
import { callProblem } from '../contract/problems.ts'
import type { CallSession } from '../contract/session.ts'
import type { Subject } from '../contract/words.ts'
import { findBlockOf } from './block-store.ts'
import { findCall, gather, isSame, type Call } from './candidates.ts'
import { momentOf } from './desk.ts'
import { rulesInForce } from './rule.ts'
import { shutBecause } from './rules/again.ts'
import { inOrder, onePerPerson } from './rules/order.ts'
import { dropSession, expireSessions, findActiveOf, findByKey, findTakers, insertSession } from './session-store.ts'
import { showSession } from './view.ts'

/** So many are tried one after another, where others take them at the same moment. */
const TRIED = 60

/**
 * Takes the next person for the actor. A person is given to one caller only: the unique index decides between two who
 * ask at once, and the second gets the one after. Whoever holds one already gets that one again; asked again with the same
 * key, it is the same. Outside of the hours only who was promised a call is given.
 * @returns null when nobody is to be called
 * @throws Problem CallHoursOver
 */
export async function takeNext(ctx: WriteContext, key: string): Promise<CallSession | null> {
  const held = await alreadyTaken(ctx, key)
  if (held) return held
  const { hours } = await rulesInForce(ctx)
  const shut = shutBecause(ctx.clock.now(), hours)
  const { now } = await gather(ctx)
  const callable = shut ? now.filter((one) => one.promisedAt) : now
  for (const { one } of onePerPerson(inOrder(callable, momentOf(ctx))).slice(0, TRIED)) {
    const id = await claim(ctx, one, key, '')
    if (id) return showSession(ctx, id)
    const mine = await alreadyTaken(ctx, key)
    if (mine) return mine
  }
  if (shut) throw callProblem('CallHoursOver')
  return null
}

/**
 * Takes one person out of turn.
 * @throws Problem CallNotDue, CallTaken, CallElsewhere, CallBlocked, CallHoursOver, CallReasonWanted
 */
export async function takeOne(
  ctx: WriteContext,
  { key, subject, because }: { key: string; subject: Subject; because: string },
): Promise<CallSession> {
  const held = await alreadyTaken(ctx, key)
  if (held && isSame(held.subject, subject)) return held
  if (held) throw callProblem('CallElsewhere', { name: held.patient.name })
  const call = await findCall(ctx, subject)
  if (!call) throw callProblem('CallNotDue')
  if (await findBlockOf(ctx.db, ctx.organizationId, call.patientId, ctx.clock.now())) throw callProblem('CallBlocked')
  const hasReason = because.length >= 2
  const { hours } = await rulesInForce(ctx)
  if (!hasReason && !call.promisedAt && shutBecause(ctx.clock.now(), hours))
    throw callProblem('CallHoursOver', {}, 'body.because')
  if (!hasReason && (call.needsReason || call.hold))
    throw callProblem('CallReasonWanted', { count: call.tries }, 'body.because')
  const id = await claim(ctx, call, key, because)
  if (id) return showSession(ctx, id)
  const mine = await alreadyTaken(ctx, key)
  if (mine && isSame(mine.subject, subject)) return mine
  if (mine) throw callProblem('CallElsewhere', { name: mine.patient.name })
  const taker = (await findTakers(ctx.db, ctx.organizationId, [call.patientId])).get(call.patientId)
  throw taker ? callProblem('CallTaken', { name: taker.staff_name }) : callProblem('CallNotDue')
}

/** What this very request has taken before, or what the actor holds; what nothing was heard of is let go of first. */
async function alreadyTaken(ctx: WriteContext, key: string): Promise<CallSession | undefined> {
  await expireSessions(ctx.tx, ctx.organizationId, ctx.clock.now())
  const byKey = await findByKey(ctx.tx, ctx.organizationId, key)
  const known = byKey?.staff_id === ctx.actor.id ? byKey : await findActiveOf(ctx.tx, ctx.organizationId, ctx.actor.id)
  return known && showSession(ctx, known.id)
}

/**
 * Takes the person, and looks again: whoever had them a moment ago may have called meanwhile.
 * @returns the id of the call; undefined when somebody was quicker
 */
async function claim(ctx: WriteContext, call: Call, key: string, because: string): Promise<string | undefined> {
  const { policy } = await rulesInForce(ctx)
  const now = ctx.clock.now()
  const id = ctx.ids.next<string & never>() as string
  const isNew = await insertSession(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    patient_id: call.patientId,
    subject_kind: call.subject.kind,
    subject_id: call.subject.id,
    title_zh: call.title.zh,
    title_en: call.title.en,
    request: call.request,
    due_on: call.dueOn,
    until_on: call.untilOn,
    script: call.script === undefined ? null : JSON.stringify(call.script),
    tries: call.tries,
    key,
    staff_id: ctx.actor.id!,
    staff_name: ctx.actor.name,
    department_id: (await findStaff(ctx, ctx.actor.id!))?.departmentId ?? null,
    state: 'claimed',
    because,
    claimed_at: now,
    claimed_until: new Date(now.getTime() + policy.claimMinutes * 60_000),
    talk_began_at: null,
    talk_ended_at: null,
    outcome: null,
    answered_by: null,
    hand_back_reason: null,
    next_at: null,
    ended_at: null,
  })
  if (!isNew) return undefined
  const again = await findCall(ctx, call.subject)
  const isLater = again?.waitsUntil && again.waitsUntil.getTime() > now.getTime()
  const block = await findBlockOf(ctx.tx, ctx.organizationId, call.patientId, now)
  if (!again || block || (because === '' && (again.hold !== null || isLater))) {
    await dropSession(ctx.tx, ctx.organizationId, id)
    return undefined
  }
  ctx.audit.patientId = call.patientId
  ctx.audit.subjectId = id
  ctx.audit.detail = { about: call.subject.kind, subject: call.subject.id, ...(because ? { because } : {}) }
  return id
}
