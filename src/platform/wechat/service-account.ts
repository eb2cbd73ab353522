import type { AccessTokens } from './access-token.ts'
import { heldBack, ok, type Answer, type NotOk } from './answer.ts'
import { callJson, textOf, tokenCaller, type Fields, type Request } from './call.ts'
import { openWindow, type CustomerWindow } from './customer-window.ts'
import { checkFields, type FieldSpec } from './fields.ts'
import { menuProblem, type Menu } from './menu.ts'
import { pageConfig, type PageConfig } from './page-ticket.ts'
import { WECHAT_CODES, WECHAT_URL, wechatTokenSource, type WeChatAccount } from './token-source.ts'

/** What a template is filled with, and what its fields are. */
export interface Filled {
  templateId: string
  spec: FieldSpec
  values: Readonly<Record<string, string>>
}

export interface TemplateMessage extends Filled {
  openId: string
  /** The same again within ten minutes under the same id is one message (developers.weixin.qq.com, template/send). */
  clientMessageId: string
  url?: string
  /** Wins over `url`. */
  miniProgram?: MiniProgramPage
}

export interface Notice extends Filled {
  openId: string
  page?: string
  miniProgram?: MiniProgramPage
}

export interface MiniProgramPage {
  appId: string
  path: string
}

export interface Sent {
  /** The server's number for it, by which its later report is known; '' where it gives none. */
  messageId: string
}

export interface ServiceAccount {
  /** 模板消息: to followers, service notices only. */
  sendTemplate(message: TemplateMessage): Promise<Answer<Sent>>
  /** 订阅通知: uses up one consent, or a lasting one. */
  sendNotice(notice: Notice): Promise<Answer<Sent>>
  /** 客服消息: only within an open window, which is asked first; the one that was used comes back. */
  sendText(to: {
    openId: string
    text: string
    windows: readonly CustomerWindow[]
    now: Date
  }): Promise<Answer<Sent & { window: CustomerWindow }>>
  createMenu(menu: Menu): Promise<Answer<null>>
  /** Null when there is none. */
  readMenu(): Promise<Answer<Menu | null>>
  deleteMenu(): Promise<Answer<null>>
  /** Where a page sends somebody to learn who they are; they come back to `returnTo` with `code` and `state`. */
  authorizeUrl(options: { returnTo: string; state: string; scope?: 'snsapi_base' | 'snsapi_userinfo' }): string
  /** By which a page that is open in WeChat may use what WeChat offers to pages. */
  pageConfig(of: { url: string; nonce: string; now: Date }): Promise<Answer<PageConfig>>
  /** A code works once, for five minutes. */
  openIdOf(code: string): Promise<Answer<Visitor>>
}

export interface Visitor {
  openId: string
  unionId: string | null
  /** A visitor on a snapshot page has a made-up openid that leads to nobody. */
  isSnapshot: boolean
}

/** Bytes of text that a customer message may hold; more is refused by the server with 45002. */
const TEXT_BYTES_MAX = 2048

export function serviceAccount(account: WeChatAccount, tokens: AccessTokens): ServiceAccount {
  const baseUrl = account.baseUrl ?? WECHAT_URL
  const call = tokenCaller({ baseUrl, tokens, source: wechatTokenSource(account), table: WECHAT_CODES })
  const done = async (request: Request) => mapped(await call(request), () => null)
  const sent = async (request: Request) =>
    mapped(await call(request), (fields): Sent => ({ messageId: textOf(fields, 'msgid') }))
  return {
    sendTemplate: async ({ openId, clientMessageId, url, miniProgram, ...filled }) =>
      unfit(filled) ??
      sent({
        path: '/cgi-bin/message/template/send',
        body: {
          touser: openId,
          template_id: filled.templateId,
          client_msg_id: clientMessageId,
          url,
          miniprogram: miniProgram && { appid: miniProgram.appId, pagepath: miniProgram.path },
          data: dataOf(filled.values),
        },
      }),
    sendNotice: async ({ openId, page, miniProgram, ...filled }) =>
      unfit(filled) ??
      sent({
        path: '/cgi-bin/message/subscribe/bizsend',
        body: {
          touser: openId,
          template_id: filled.templateId,
          page,
          miniprogram: miniProgram && { appid: miniProgram.appId, pagepath: miniProgram.path },
          data: dataOf(filled.values),
        },
      }),
    async sendText({ openId, text, windows, now }) {
      if (text.trim() === '' || Buffer.byteLength(text) > TEXT_BYTES_MAX)
        return heldBack('content', `a text has 1 to ${TEXT_BYTES_MAX} bytes`)
      const window = openWindow(windows, now)
      if (typeof window === 'string') return heldBack(window, 'nobody may be written to now')
      const answer = await sent({
        path: '/cgi-bin/message/custom/send',
        body: { touser: openId, msgtype: 'text', text: { content: text } },
      })
      return mapped(answer, (value) => ({ ...value, window }))
    },
    async createMenu(menu) {
      const problem = menuProblem(menu)
      return problem ? heldBack('content', problem) : done({ path: '/cgi-bin/menu/create', body: menu })
    },
    async readMenu() {
      const answer = await call({ path: '/cgi-bin/menu/get' })
      // 46003: there is no menu.
      if (answer.kind === 'refused' && answer.code === 46003) return ok(null)
      return mapped(answer, (fields) => fields['menu'] as Menu)
    },
    pageConfig: (of) => pageConfig(account, tokens, of),
    deleteMenu: () => done({ path: '/cgi-bin/menu/delete' }),
    authorizeUrl: (options) => authorizeUrl(account.appId, options),
    openIdOf: (code) => openIdOf(baseUrl, account, code),
  }
}

/** Where the visitor of a page is sent to be known. Their way back has the code in its query. */
function authorizeUrl(
  appId: string,
  { returnTo, state, scope = 'snsapi_base' }: Parameters<ServiceAccount['authorizeUrl']>[0],
): string {
  if (!/^[A-Za-z0-9]{1,128}$/.test(state)) throw new RangeError('state has up to 128 letters and digits')
  // The order of the parameters counts with some clients, and the fragment is asked for.
  const query = `appid=${appId}&redirect_uri=${encodeURIComponent(returnTo)}&response_type=code&scope=${scope}&state=${state}`
  return `https://open.weixin.qq.com/connect/oauth2/authorize?${query}#wechat_redirect`
}

async function openIdOf(baseUrl: string, { appId, secret }: WeChatAccount, code: string): Promise<Answer<Visitor>> {
  const answer = await callJson(baseUrl, WECHAT_CODES, {
    path: '/sns/oauth2/access_token',
    query: { appid: appId, secret, code, grant_type: 'authorization_code' },
  })
  return mapped(answer, (fields) => ({
    openId: textOf(fields, 'openid'),
    unionId: textOf(fields, 'unionid') || null,
    isSnapshot: fields['is_snapshotuser'] === 1,
  }))
}

export function mapped<A, B>(answer: Answer<A>, map: (value: A) => B): Answer<B> {
  return answer.kind === 'ok' ? ok(map(answer.value)) : answer
}

/** What does not fit is not sent: the server would cut or refuse it. */
export function unfit({ spec, values }: Filled): NotOk | undefined {
  const [first] = checkFields(spec, values)
  return first && heldBack('content', `${first.key}: ${first.problem}`)
}

export function dataOf(values: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, { value }]))
}
