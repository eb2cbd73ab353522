import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import type { addContactWay as addEndpoint, ContactWayView } from '../contract/contact-way.ts'
import { wechatProblem } from '../contract/problems.ts'
import { requireAccount } from './account.ts'
import { findStaffOf, type AccountRow } from './account-store.ts'
import { openOf } from './open-account.ts'
import { refusalOf } from './platform-answer.ts'
import './table.ts'

interface Ways {
  rows: ContactWayView[]
}

/** Those that stand, newest first; a temporary one that is over is left out. @throws Problem WeChatNotWeCom */
export async function listContactWays(ctx: ReadContext, accountId: string): Promise<Ways> {
  await requireCorp(ctx, accountId)
  const names = new Map(
    (await findStaffOf(ctx.db, ctx.organizationId))
      .filter((one) => one.accountId === accountId)
      .map(({ userId, name }) => [userId, name]),
  )
  const rows = await ctx.db
    .selectFrom('wechat_contact_way')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('account_id', '=', accountId)
    .where('removed_at', 'is', null)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', ctx.clock.now())]))
    .orderBy('id', 'desc')
    .limit(500)
    .execute()
  return {
    rows: rows.map((row) => ({
      id: row.id as ContactWayView['id'],
      name: row.name,
      staff: row.user_ids.map((userId) => ({ userId, name: names.get(userId) ?? null })),
      temporary: row.temporary,
      until: row.until?.toISOString() ?? null,
      chatHours: row.chat_hours,
      codeUrl: row.code_url,
      madeBy: row.made_by_name,
      madeAt: row.made_at.toISOString(),
    })),
  }
}

/** @throws Problem WeChatNotWeCom, WeChatWayOfOne, WeChatPlatformRefused, WeChatUnreachable */
export async function addContactWay(
  ctx: WriteContext,
  house: House,
  accountId: string,
  { name, userIds, temporary, codeDays, chatHours }: InputOf<typeof addEndpoint>['body'],
): Promise<Ways> {
  const account = await requireCorp(ctx, accountId)
  const staff = [...new Set(userIds)]
  if (temporary && staff.length !== 1) throw wechatProblem('WeChatWayOfOne', {}, 'body.userIds')
  const now = ctx.clock.now()
  const id = ctx.ids.next<string>()
  // Comes back with whoever scans it, so that it is known which code they came by.
  const state = id.replaceAll('-', '').slice(-STATE_LENGTH)
  const { ways } = clientOf(ctx, house, account)
  const answer = temporary
    ? await ways.addTemporary({
        staffUserId: staff[0]!,
        codeSeconds: codeDays * 86_400,
        chatSeconds: chatHours * 3600,
        state,
      })
    : await ways.addLasting({ staffUserIds: staff, state, remark: name })
  if (answer.kind !== 'ok') throw refusalOf(answer)
  await ctx.tx
    .insertInto('wechat_contact_way')
    .values({
      organization_id: ctx.organizationId,
      id,
      account_id: accountId,
      config_id: answer.value.configId,
      name,
      user_ids: staff,
      temporary,
      until: temporary ? new Date(now.getTime() + codeDays * 86_400_000) : null,
      chat_hours: temporary ? chatHours : null,
      code_url: answer.value.codeUrl,
      made_by: ctx.actor.id,
      made_by_name: ctx.actor.name,
      made_at: now,
      removed_at: null,
      removed_by_name: null,
    })
    .execute()
  ctx.audit.detail = { way: id, temporary, staff: staff.length }
  return listContactWays(ctx, accountId)
}

const STATE_LENGTH = 24

/** What WeCom has forgotten already is gone as well. @throws Problem WeChatWayUnknown, WeChatPlatformRefused, WeChatUnreachable */
export async function removeContactWay(
  ctx: WriteContext,
  house: House,
  accountId: string,
  wayId: string,
): Promise<Ways> {
  const account = await requireCorp(ctx, accountId)
  const row = await ctx.tx
    .selectFrom('wechat_contact_way')
    .select('config_id')
    .where('organization_id', '=', ctx.organizationId)
    .where('account_id', '=', accountId)
    .where('id', '=', wayId)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw wechatProblem('WeChatWayUnknown')
  const answer = await clientOf(ctx, house, account).ways.remove(row.config_id)
  if (answer.kind !== 'ok' && !(answer.kind === 'refused' && answer.refusal === 'gone')) throw refusalOf(answer)
  await ctx.tx
    .updateTable('wechat_contact_way')
    .set({ removed_at: ctx.clock.now(), removed_by_name: ctx.actor.name })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', wayId)
    .execute()
  ctx.audit.detail = { way: wayId }
  return listContactWays(ctx, accountId)
}

async function requireCorp(ctx: Pick<ReadContext, 'db' | 'organizationId'>, accountId: string): Promise<AccountRow> {
  const account = await requireAccount(ctx, accountId)
  if (account.kind !== 'wecom') throw wechatProblem('WeChatNotWeCom')
  return account
}

function clientOf(ctx: Pick<ReadContext, 'organizationId' | 'sealer'>, house: House, account: AccountRow) {
  const { appId, agentId, secret } = openOf(ctx, account)
  return house.wechat.corp(ctx.organizationId, { corpId: appId, agentId: agentId!, secret })
}
