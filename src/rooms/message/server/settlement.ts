import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import type { MailOutcome } from '../../../platform/mail/transport.ts'
import { messageFailed, messageSent } from '../contract/events.ts'
import type { Outgoing } from './claim.ts'
import { markBadAddress, type Settled } from './claim-store.ts'
import { ATTEMPTS_MAX, classify, retryAt } from './rules/smtp-reply.ts'
import { insertEvents } from './store.ts'

/** What becomes of a message after the transport has answered. Pure. */
export function settledOf(message: Pick<Outgoing, 'id' | 'attempt'>, outcome: MailOutcome, now: Date): Settled {
  const base = { id: message.id, attempt: message.attempt, reply: outcome.reply, nextAt: null, uncertain: false }
  if (outcome.kind === 'accepted') return { ...base, state: 'accepted', reason: null }
  const uncertain = outcome.kind === 'deferred' && outcome.uncertain === true
  // A broken connection says nothing about the address; only an answer is read for its meaning.
  const verdict =
    outcome.kind === 'deferred' && outcome.code === undefined
      ? { class: 'temporary' as const, retryMinutes: 5 }
      : classify(outcome.reply)
  const isTemporary = verdict.class === 'temporary' || outcome.kind === 'deferred'
  if (isTemporary && message.attempt < ATTEMPTS_MAX) {
    const reason = outcome.kind === 'deferred' && outcome.code === undefined ? 'unreachable' : 'temporary'
    return {
      ...base,
      state: 'deferred',
      reason,
      uncertain,
      nextAt: retryAt(now, message.attempt, verdict.retryMinutes),
    }
  }
  const reason = isTemporary ? 'gave-up' : verdict.class === 'unknown-address' ? 'address-unknown' : verdict.class
  return { ...base, state: 'failed', reason, uncertain }
}

/** Leaves the steps in the history, remembers addresses that do not exist, and tells who listens. */
export async function noteSettled(
  ctx: WriteContext,
  settled: readonly Settled[],
  outgoing: readonly Outgoing[],
): Promise<void> {
  const byId = new Map(outgoing.map((message) => [message.id, message]))
  await insertEvents(
    ctx,
    settled.map(({ id, state, reason, attempt }) => ({ messageId: id, kind: state, detail: { attempt, reason } })),
  )
  for (const { id, state, reason } of settled) {
    const { patientId, template, touch, addressIndex } = byId.get(id)!
    const about = {
      messageId: id as never,
      patientId: patientId as PatientId,
      template,
      touch,
      channel: 'email' as const,
    }
    if (state === 'accepted') await ctx.emit(messageSent, about)
    if (state === 'failed') await ctx.emit(messageFailed, { ...about, reason: reason ?? '' })
    if (reason === 'address-unknown' && addressIndex)
      await markBadAddress(ctx.tx, ctx.organizationId, addressIndex, id, ctx.clock.now())
  }
}
