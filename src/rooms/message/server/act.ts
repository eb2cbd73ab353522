import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { messageProblem } from '../contract/problems.ts'
import { findMessage } from './list-store.ts'
import { mayTryAgain } from './rules/message-states.ts'
import { insertEvents } from './store.ts'
import { liftOfMessage } from './suppression-store.ts'
import { showMessage } from './view.ts'
import { withdrawWhere } from './withdraw-store.ts'

/** Withdraws what has not gone out. @throws Problem NotFound, MessageNotWaiting */
export async function cancelMessage(ctx: WriteContext, messageId: string) {
  const row = await requireMessage(ctx, messageId)
  const { rows } = await sql`
    update message set state = 'cancelled', reason = 'by-hand', next_at = null
    where organization_id = ${ctx.organizationId} and id = ${messageId} and state in ('planned', 'deferred') returning id`.execute(
    ctx.tx,
  )
  if (rows.length === 0) throw messageProblem('MessageNotWaiting')
  await insertEvents(ctx, [{ messageId: row.id, kind: 'cancelled', detail: { reason: 'by-hand' } }])
  return showMessage(ctx, messageId)
}

/** Calls back what a room had planned to say and what has no sense any more; what has gone out stays as it is. */
export async function withdrawMessages(
  ctx: WriteContext,
  { patientId, source, sourceKey }: { patientId: string; source: string; sourceKey: string },
): Promise<void> {
  const isOfIt = sql`m.patient_id = ${patientId} and m.source = ${source} and m.source_key = ${sourceKey}`
  await withdrawWhere(ctx, isOfIt, 'by-hand')
}

/**
 * Has a message tried again at once, with all checks anew; its deadline moves along, since somebody wants it now. An
 * address that was found not to exist is given another chance.
 * @throws Problem NotFound, MessageNotFailed
 */
export async function tryMessageAgain(ctx: WriteContext, messageId: string) {
  const row = await requireMessage(ctx, messageId)
  // Whether the relative may still be told is for who plans it.
  if (row.relative_id || !mayTryAgain(row.state, row.reason, row.channel)) throw messageProblem('MessageNotFailed')
  const now = ctx.clock.now()
  const { rows } = await sql`
    update message set state = 'planned', reason = null, withdrawal = null, next_at = ${now}, not_after = greatest(not_after, ${new Date(now.getTime() + 86_400_000)})
    where organization_id = ${ctx.organizationId} and id = ${messageId} and state = ${row.state} and state in ('deferred', 'failed') returning id`.execute(
    ctx.tx,
  )
  if (rows.length === 0) throw messageProblem('MessageNotFailed')
  await liftOfMessage(ctx, messageId, 'tried again by hand')
  await insertEvents(ctx, [{ messageId: row.id, kind: 'tried-again' }])
  return showMessage(ctx, messageId)
}

async function requireMessage(ctx: WriteContext, messageId: string) {
  const row = await findMessage(ctx.db, ctx.organizationId, ctx.actor, messageId, ctx.clock.now())
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  return row
}
