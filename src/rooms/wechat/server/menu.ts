import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import type { MenuDraft, MenuView } from '../contract/menu.ts'
import { wechatProblem } from '../contract/problems.ts'
import { requireAccount } from './account.ts'
import type { AccountRow } from './account-store.ts'
import { openOf } from './open-account.ts'
import { refusalOf } from './platform-answer.ts'
import { menuFaults, menuOf } from './rules/menu-check.ts'
import './table.ts'

/** @throws Problem WeChatAccountUnknown, WeChatNotService */
export async function showMenu(ctx: ReadContext, accountId: string): Promise<MenuView> {
  await requireService(ctx, accountId)
  const row = await findMenu(ctx, accountId)
  const { general } = await settingsOf(ctx)
  const draft = row?.draft ?? []
  return {
    version: row?.version ?? 0,
    draft,
    faults: draft.length > 0 ? menuFaults(draft) : [],
    published: row?.published_at
      ? {
          at: row.published_at.toISOString(),
          by: row.published_by_name ?? '',
          isDraft: JSON.stringify(row.published) === JSON.stringify(draft),
        }
      : null,
    ownPages: `${webAddressOf(general, ctx.publicUrl)}/my`,
  }
}

/** A draft may be unfinished. @throws Problem WeChatAccountUnknown, WeChatNotService, WeChatChangedMeanwhile */
export async function saveMenu(
  ctx: WriteContext,
  accountId: string,
  { draft, version }: { draft: MenuDraft; version: number },
): Promise<MenuView> {
  await requireService(ctx, accountId, { lock: true })
  const before = await findMenu(ctx, accountId)
  if ((before?.version ?? 0) !== version) throw wechatProblem('WeChatChangedMeanwhile')
  const changed = { changed_by: ctx.actor.id, changed_by_name: ctx.actor.name, changed_at: ctx.clock.now() }
  const set = { draft: JSON.stringify(draft), version: version + 1, ...changed }
  await ctx.tx
    .insertInto('wechat_menu')
    .values({ organization_id: ctx.organizationId, account_id: accountId, ...set })
    .onConflict((conflict) => conflict.columns(['organization_id', 'account_id']).doUpdateSet(set))
    .execute()
  ctx.audit.detail = { buttons: draft.length, faults: menuFaults(draft).length }
  return showMenu(ctx, accountId)
}

/**
 * The account's row is held while the platform is asked, so that of two at once the one that is asked last is the one that
 * is written down. Asked for twice it is the same menu.
 * @throws Problem WeChatNotService, WeChatChangedMeanwhile, WeChatMenuUnfit, WeChatPlatformRefused, WeChatUnreachable
 */
export async function publishMenu(
  ctx: WriteContext,
  house: House,
  accountId: string,
  version: number,
): Promise<MenuView> {
  const account = await requireService(ctx, accountId, { lock: true })
  const row = await findMenu(ctx, accountId)
  if ((row?.version ?? 0) !== version) throw wechatProblem('WeChatChangedMeanwhile')
  const draft = row?.draft ?? []
  const faults = menuFaults(draft)
  if (faults.length > 0) throw wechatProblem('WeChatMenuUnfit', { count: faults.length })
  const answer = await clientOf(ctx, house, account).createMenu(menuOf(draft))
  if (answer.kind !== 'ok') throw refusalOf(answer)
  await note(ctx, accountId, draft)
  ctx.audit.detail = { buttons: draft.length }
  return showMenu(ctx, accountId)
}

/** @throws Problem WeChatNotService, WeChatPlatformRefused, WeChatUnreachable */
export async function withdrawMenu(ctx: WriteContext, house: House, accountId: string): Promise<MenuView> {
  const account = await requireService(ctx, accountId, { lock: true })
  const answer = await clientOf(ctx, house, account).deleteMenu()
  if (answer.kind !== 'ok') throw refusalOf(answer)
  await note(ctx, accountId, null)
  return showMenu(ctx, accountId)
}

async function note(ctx: WriteContext, accountId: string, published: MenuDraft | null): Promise<void> {
  await ctx.tx
    .updateTable('wechat_menu')
    .set({
      published: published && JSON.stringify(published),
      published_at: published && ctx.clock.now(),
      published_by: published && ctx.actor.id,
      published_by_name: published && ctx.actor.name,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('account_id', '=', accountId)
    .execute()
}

async function requireService(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  accountId: string,
  options: { lock?: boolean } = {},
): Promise<AccountRow> {
  const account = await requireAccount(ctx, accountId, options)
  if (account.kind !== 'service') throw wechatProblem('WeChatNotService')
  return account
}

function findMenu({ db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>, accountId: string) {
  return db
    .selectFrom('wechat_menu')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
}

function clientOf(ctx: Pick<ReadContext, 'organizationId' | 'sealer'>, house: House, account: AccountRow) {
  const { appId, secret } = openOf(ctx, account)
  return house.wechat.service(ctx.organizationId, { appId, secret })
}
