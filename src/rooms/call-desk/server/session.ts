import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { callProblem } from '../contract/problems.ts'
import type { CallSession, handBack } from '../contract/session.ts'
import { rulesInForce } from './rule.ts'
import { changeSession, lockOwn, type SessionRow } from './session-store.ts'
import { showSession } from './view.ts'

/** The page is still open: the person stays taken. @throws Problem CallUnknown, CallOver */
export async function keep(ctx: WriteContext, id: string): Promise<{ claimedUntil: string }> {
  const row = await active(ctx, id)
  const claimed_until = await takenUntil(ctx, row.state === 'talking')
  await changeSession(ctx.tx, ctx.organizationId, id, { claimed_until })
  return { claimedUntil: claimed_until.toISOString() }
}

/** Somebody has answered. Told twice, it began once. @throws Problem CallUnknown, CallOver */
export async function talk(ctx: WriteContext, id: string): Promise<CallSession> {
  const row = await active(ctx, id)
  if (row.state !== 'talking')
    await changeSession(ctx.tx, ctx.organizationId, id, {
      state: 'talking',
      talk_began_at: ctx.clock.now(),
      claimed_until: await takenUntil(ctx, true),
    })
  return showSession(ctx, id)
}

/** Gives the person back as they were: others may take them. Given back twice, it was once. @throws Problem CallUnknown, CallOver */
export async function giveBack(
  ctx: WriteContext,
  id: string,
  { reason, note }: InputOf<typeof handBack>['body'],
): Promise<void> {
  const row = await lockOwn(ctx.tx, ctx.organizationId, id, ctx.actor.id)
  if (!row) throw callProblem('CallUnknown')
  if (row.state === 'handed-back' || row.state === 'expired') return
  if (row.state === 'ended') throw callProblem('CallOver')
  ctx.audit.patientId = row.patient_id
  ctx.audit.detail = { reason }
  await changeSession(ctx.tx, ctx.organizationId, id, {
    state: 'handed-back',
    hand_back_reason: reason,
    note,
    talk_began_at: null,
    ended_at: ctx.clock.now(),
  })
}

/** A claim that has run out is over: it can still be ended with what came of it, but not gone on with. */
async function active(ctx: WriteContext, id: string): Promise<SessionRow> {
  const row = await lockOwn(ctx.tx, ctx.organizationId, id, ctx.actor.id)
  if (!row) throw callProblem('CallUnknown')
  ctx.audit.patientId = row.patient_id
  if (row.state === 'claimed' || row.state === 'talking') return row
  throw callProblem('CallOver')
}

async function takenUntil(ctx: WriteContext, isTalking: boolean): Promise<Date> {
  const { policy } = await rulesInForce(ctx)
  return new Date(ctx.clock.now().getTime() + (isTalking ? policy.talkMinutes : policy.claimMinutes) * 60_000)
}
