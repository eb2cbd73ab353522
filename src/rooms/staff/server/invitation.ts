import { hashToken, newToken } from '../../../platform/auth/token.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'

const HOURS: Record<InvitationPurpose, number> = { invite: 72, reset: 24 }
export type InvitationPurpose = 'invite' | 'reset'

/** Makes a link for a first or a new password; earlier links of the same person stop working. */
export async function createInvitation(
  ctx: WriteContext,
  staffId: string,
  purpose: InvitationPurpose,
): Promise<{ token: string; expiresAt: Date }> {
  const { token, hash } = newToken(ctx.organizationId)
  const now = ctx.clock.now()
  const expiresAt = new Date(now.getTime() + HOURS[purpose] * 3_600_000)
  await cancelInvitations(ctx.tx, ctx.organizationId, staffId, now)
  await ctx.tx
    .insertInto('invitation')
    .values({
      organization_id: ctx.organizationId,
      token_hash: hash,
      staff_id: staffId,
      purpose,
      created_by: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
      created_at: now,
      expires_at: expiresAt,
      used_at: null,
    })
    .execute()
  return { token, expiresAt }
}

export async function cancelInvitations(tx: Transaction, organizationId: string, staffId: string, now: Date): Promise<void> {
  await tx
    .updateTable('invitation')
    .set({ used_at: now })
    .where('organization_id', '=', organizationId)
    .where('staff_id', '=', staffId)
    .where('used_at', 'is', null)
    .execute()
}

/** Whom a link is for; undefined when it was used, replaced, has run out, or the account was disabled. */
export function findInvited(db: Db, organizationId: string, token: string, now: Date) {
  return db
    .selectFrom('invitation as i')
    .innerJoin('staff as p', (join) => join.onRef('p.organization_id', '=', 'i.organization_id').onRef('p.id', '=', 'i.staff_id'))
    .select(['p.id', 'p.login', 'p.name', 'p.password_hash', 'p.password_past', 'i.purpose'])
    .where('i.organization_id', '=', organizationId)
    .where('i.token_hash', '=', hashToken(token))
    .where('i.used_at', 'is', null)
    .where('i.expires_at', '>', now)
    .where('p.state', '!=', 'disabled')
    .executeTakeFirst()
}

/** Uses a link up. @returns false when another call was quicker */
export async function useInvitation(tx: Transaction, organizationId: string, token: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('invitation')
    .set({ used_at: now })
    .where('organization_id', '=', organizationId)
    .where('token_hash', '=', hashToken(token))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
