import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { work } from '../../../platform/context/room.ts'
import { verifyJob } from '../contract/audit.ts'
import { auditProblem } from '../contract/problems.ts'
import { verifyChain } from './verify.ts'

/** A run that has not moved for so long was lost with its worker. */
const LOST_AFTER_MS = 3_600_000

/** Asks for a verification; one runs at a time. */
export async function requestVerification(ctx: WriteContext) {
  const now = ctx.clock.now()
  // The head's row serves as the lock: two who ask at once do not both get in.
  await ctx.tx.selectFrom('audit_head').select('sequence').where('organization_id', '=', ctx.organizationId).forUpdate().executeTakeFirst()
  const running = await ctx.tx
    .selectFrom('audit_verification')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('finished_at', 'is', null)
    .where('requested_at', '>', new Date(now.getTime() - LOST_AFTER_MS))
    .executeTakeFirst()
  if (running) throw auditProblem('VerificationRunning')
  const id = ctx.ids.next()
  await ctx.tx
    .insertInto('audit_verification')
    .values({
      organization_id: ctx.organizationId,
      id,
      requested_by: ctx.actor.id,
      requested_by_name: ctx.actor.name,
      requested_at: now,
      total: null,
      finished_at: null,
      verdict: null,
    })
    .execute()
  await ctx.enqueue(verifyJob, { verificationId: id })
  ctx.audit.subjectId = id
  return { id: id as never }
}

export async function listRecent(ctx: ReadContext) {
  const rows = await ctx.db
    .selectFrom('audit_verification')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .orderBy('id', 'desc')
    .limit(20)
    .execute()
  return {
    verifications: rows.map((row) => ({
      id: row.id as never,
      requestedByName: row.requested_by_name,
      requestedAt: row.requested_at.toISOString(),
      checked: row.checked,
      total: row.total,
      finishedAt: row.finished_at?.toISOString() ?? null,
      verdict: row.verdict as never,
    })),
  }
}

/** Recomputes the chain and keeps progress and verdict in the row. Run twice, it gives its verdict twice. */
export const verificationJob = work(verifyJob, async (house, organizationId, { verificationId }) => {
  const db = house.databases.of(organizationId)
  const update = (change: { checked?: number; total?: number; verdict?: string; finished_at?: Date }) =>
    db.updateTable('audit_verification').set(change).where('organization_id', '=', organizationId).where('id', '=', verificationId).execute()
  const verdict = await verifyChain(house, organizationId, {
    onProgress: async (checked, total) => void (await update({ checked, total })),
  })
  await update({ checked: verdict.links, verdict: JSON.stringify(verdict), finished_at: house.clock.now() })
  if (!verdict.isWhole) house.log.error({ organizationId, faults: verdict.faults }, 'the audit chain is broken')
})
