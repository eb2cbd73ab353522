import { randomBytes } from 'node:crypto'
import type { ReadContext, Tenant } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { Call, Stream } from '../../../platform/context/room.ts'
import type { AnswerOf, Locale } from '../../../platform/contract/index.ts'
import { isStandIn } from '../../../platform/stand-in.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import type { noticePageConfig } from '../contract/notice-page.ts'
import { wechatProblem } from '../contract/problems.ts'
import { findAccount, findAccounts, type AccountRow } from './account-store.ts'
import { appOf, openOf } from './open-account.ts'
import { refusalOf } from './platform-answer.ts'
import { NOTICE_PAGE_POLICY, noticePageOf } from './rules/notice-page.ts'
import { findTemplates } from './template-store.ts'

/** A notice that people can ask for in WeChat, one message for each yes or as long as they like. */
export interface OfferedNotice {
  app: string
  templateId: string
  title: string
  lasting: boolean
}

type Reader = Pick<ReadContext, 'db' | 'organizationId'>

/** Where the notices of the service account are asked for, and which those are; null: there is none, or none of its own. */
export async function offeredNotices(
  ctx: Reader & Pick<ReadContext, 'publicUrl'>,
): Promise<{ page: string; notices: OfferedNotice[] } | null> {
  const account = (await findAccounts(ctx.db, ctx.organizationId)).find(
    ({ kind, active, app_id: appId }) => kind === 'service' && active && !isStandIn(appId),
  )
  if (!account) return null
  const notices = await noticesOf(ctx, account)
  if (notices.length === 0) return null
  const { general } = await settingsOf(ctx)
  const plain = (id: string) => id.replaceAll('-', '')
  const place = `${plain(ctx.organizationId)}-${plain(account.id)}`
  return { page: `${webAddressOf(general, ctx.publicUrl)}/api/wechat-notices/${place}`, notices }
}

async function noticesOf({ db, organizationId }: Reader, account: AccountRow): Promise<OfferedNotice[]> {
  return (await findTemplates(db, organizationId))
    .filter((row) => row.account_id === account.id && row.channel === 'wechat-notice' && row.fault_code === null)
    .map((row) => ({ app: appOf(account), templateId: row.template_id, title: row.title, lasting: row.lasting }))
}

/** @throws Problem WeChatAccountUnknown */
export async function showNoticePage(house: House, place: string, call: Call): Promise<Stream> {
  const { tenant, account } = await accountAt(house, place)
  const ctx = { db: house.databases.of(tenant.id), organizationId: tenant.id }
  const locale: Locale = /^en\b/i.test(String(call.headers['accept-language'] ?? '')) ? 'en' : 'zh-CN'
  const nonce = randomBytes(16).toString('base64')
  const html = noticePageOf({
    locale,
    organization: tenant.name,
    notices: await noticesOf(ctx, account),
    nonce,
    word: (key) => house.translate(locale, 'wechat', `noticePage.${key}`, { organization: tenant.name }),
  })
  call.setHeader('content-security-policy', NOTICE_PAGE_POLICY(nonce))
  return { stream: Buffer.from(html), media: 'text/html; charset=utf-8' }
}

/** @throws Problem WeChatAccountUnknown, WeChatPageOfOthers, WeChatPlatformRefused, WeChatUnreachable */
export async function configureNoticePage(
  house: House,
  place: string,
  url: string,
): Promise<AnswerOf<typeof noticePageConfig>> {
  const { tenant, account } = await accountAt(house, place)
  // A signature lets a page speak as the hospital's account: only our own page gets one.
  const { general } = await settingsOf({ db: house.databases.of(tenant.id), organizationId: tenant.id })
  const own = `${webAddressOf(general, house.publicUrl)}/api/wechat-notices/${place}`
  const isOwn = url === own || url.startsWith(`${own}?`)
  if (!isOwn || url.includes('#')) throw wechatProblem('WeChatPageOfOthers', {}, 'query.url')
  const { appId, secret } = openOf({ organizationId: tenant.id, sealer: house.sealer }, account)
  const nonce = randomBytes(8).toString('hex')
  const answer = await house.wechat
    .service(tenant.id, { appId, secret })
    .pageConfig({ url, nonce, now: house.clock.now() })
  if (answer.kind !== 'ok') throw refusalOf(answer)
  return answer.value
}

async function accountAt(house: House, place: string): Promise<{ tenant: Tenant; account: AccountRow }> {
  if (!/^[0-9a-f]{32}-[0-9a-f]{32}$/.test(place)) throw wechatProblem('WeChatAccountUnknown')
  const [organizationId = '', accountId = ''] = place.split('-').map(asId)
  const account = await findAccount(house.databases.of(organizationId), organizationId, { id: accountId })
  if (!account?.active || account.kind !== 'service') throw wechatProblem('WeChatAccountUnknown')
  return { tenant: await house.tenant(organizationId), account }
}

function asId(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
