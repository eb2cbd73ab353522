import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { wake } from '../../agenda/server/index.ts'
import { clearRoomTag, setRoomTag } from '../../tag/server/index.ts'
import { followUpProblem } from '../contract/problems.ts'
import type { AttemptChannel, AttemptOutcome } from '../contract/words.ts'
import { findAttempts, insertAttempt } from './answer-store.ts'
import { beginVisit } from './begin.ts'
import { isVain, judgeAttempts, needsReason, type AttemptVerdict } from './rules/attempts.ts'
import './table.ts'

export const LOST_CONTACT = 'lost-contact'

export interface AttemptInput {
  channel: AttemptChannel
  outcome: AttemptOutcome
  startedAt?: string | undefined
  endedAt?: string | undefined
  note: string
  nextAt?: string | undefined
  because: string
}

/**
 * Logs a try to reach a person. When the tries allowed are spent in vain the person gets the tag `lost-contact`, and
 * whoever tries again says why; an answer takes the tag away.
 * @throws Problem FollowUpNotOpen, PlanEnded, AttemptReasonNeeded, AttemptInFuture
 */
export async function logAttempt(
  ctx: WriteContext,
  occurrenceId: string,
  input: AttemptInput,
): Promise<AttemptVerdict> {
  const { occurrence, run, protocol } = await beginVisit(ctx, occurrenceId)
  if (run.state !== 'active') throw followUpProblem('PlanEnded', { day: '' })
  if (!['planned', 'due', 'missed'].includes(occurrence.state)) throw followUpProblem('FollowUpNotOpen')
  const now = ctx.clock.now()
  const startedAt = input.startedAt ? new Date(input.startedAt) : now
  if (startedAt.getTime() > now.getTime() + 60_000) throw followUpProblem('AttemptInFuture', {}, 'body.startedAt')
  const before = await findAttempts(ctx.tx, ctx.organizationId, occurrenceId)
  if (needsReason(before, input.channel, protocol.attempts) && input.because.length < 2)
    throw followUpProblem(
      'AttemptReasonNeeded',
      { count: judgeAttempts(before, protocol.attempts).vain },
      'body.because',
    )
  const nextAt = input.nextAt ? new Date(input.nextAt) : null
  await insertAttempt(ctx.tx, ctx.organizationId, {
    id: ctx.ids.next(),
    occurrence_id: occurrenceId,
    number: before.length + 1,
    patient_id: run.patient_id,
    channel: input.channel,
    outcome: input.outcome,
    started_at: startedAt,
    ended_at: input.endedAt ? new Date(input.endedAt) : null,
    note: input.note,
    next_at: nextAt,
    because: input.because,
    by_id: ctx.actor.id,
    by_name: ctx.actor.name,
    at: now,
  })
  await sql`update occurrence set attempts = attempts + 1, call_back_at = ${nextAt}
    where organization_id = ${ctx.organizationId} and id = ${occurrenceId}`.execute(ctx.tx)
  const verdict = judgeAttempts([...before, input], protocol.attempts)
  if (verdict.lost) {
    const facts = [
      { kind: 'attempts', occurrenceId, count: verdict.vain, channels: verdict.channels, at: now.toISOString() },
    ]
    await setRoomTag(ctx, run.patient_id, LOST_CONTACT, { facts })
  } else if (!isVain(input.outcome)) await clearRoomTag(ctx, run.patient_id, LOST_CONTACT, 'answered')
  await wake(ctx.tx, ctx.organizationId, [run.patient_id], 'follow-up', now)
  ctx.audit.detail = { ...ctx.audit.detail, channel: input.channel, outcome: input.outcome, lost: verdict.lost }
  return verdict
}
