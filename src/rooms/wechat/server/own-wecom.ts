import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { STAFF_TOPICS, type OwnWeCom, type StaffTopic } from '../contract/staff-notice.ts'
import { findAccounts } from './account-store.ts'
import { findDeclined, findRefused, findStaffWays, putWish } from './staff-notice-store.ts'

/** What somebody is themselves told in WeCom, and whether it reaches them. */
export async function showOwnWeCom(ctx: ReadContext): Promise<OwnWeCom> {
  const staffId = ctx.actor.id!
  const accounts = await findAccounts(ctx.db, ctx.organizationId)
  const configured = accounts.some(({ kind, active }) => kind === 'wecom' && active)
  if (!configured) return { configured, userId: null, refused: null, topics: [...STAFF_TOPICS] }
  const way = (await findStaffWays(ctx.db, ctx.organizationId, [staffId])).get(staffId)
  const declined = await findDeclined(ctx.db, ctx.organizationId, staffId)
  const refused = way
    ? (await findRefused(ctx.db, ctx.organizationId)).find(
        (one) => one.staffId === staffId && one.accountId === way.accountId && one.userId === way.userId,
      )
    : undefined
  return {
    configured,
    userId: way?.userId ?? null,
    refused: refused?.code ?? null,
    topics: STAFF_TOPICS.filter((topic) => !declined.includes(topic)),
  }
}

export async function chooseOwnWeCom(
  ctx: WriteContext,
  { topics }: { topics: readonly StaffTopic[] },
): Promise<OwnWeCom> {
  const declined = STAFF_TOPICS.filter((topic) => !topics.includes(topic))
  await putWish(ctx.tx, ctx.organizationId, ctx.actor.id!, declined, ctx.clock.now())
  ctx.audit.detail = { declined: declined.join(' ') }
  return showOwnWeCom(ctx)
}
