import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { messageProblem } from '../contract/problems.ts'
import { readOffice } from './office.ts'
import { findMessage } from './list-store.ts'
import { mayApprove } from './rules/message-states.ts'
import { insertEvents } from './store.ts'
import { showMessage } from './view.ts'

/**
 * A second person has read what was held back and lets these very words go; all other checks are made anew. Nobody
 * approves what they sent themselves, and numbers of a person nobody approves.
 * @throws Problem NotFound, MessageNotApprovable, ApprovalOwnHand
 */
export async function approveMessage(ctx: WriteContext, messageId: string, because: string) {
  const row = await findMessage(ctx.db, ctx.organizationId, ctx.actor, messageId, ctx.clock.now())
  if (!row) throw platformProblem('NotFound')
  ctx.audit.patientId = row.patient_id
  const { rules } = await readOffice(ctx)
  if (!mayApprove(row, rules.policy)) throw messageProblem('MessageNotApprovable')
  if (row.created_by === ctx.actor.id) throw messageProblem('ApprovalOwnHand')
  const now = ctx.clock.now()
  const { rows } = await sql`
    update message set state = 'planned', reason = null, next_at = ${now}, approved_leaks = array_append(approved_leaks, ${row.reason}::text),
      approved_by = ${ctx.actor.id}::uuid, not_after = greatest(not_after, ${new Date(now.getTime() + 86_400_000)})
    where organization_id = ${ctx.organizationId} and id = ${messageId} and state = 'blocked' and reason = ${row.reason} returning id`.execute(
    ctx.tx,
  )
  if (rows.length === 0) throw messageProblem('MessageNotApprovable')
  ctx.audit.detail = { leak: row.reason }
  await insertEvents(ctx, [
    { messageId, kind: 'approved', detail: { reason: row.reason, rule: rules.version, because } },
  ])
  return showMessage(ctx, messageId)
}
