import type { Clock } from '../../../platform/clock.ts'
import type { XmlFields } from '../../../platform/wechat/xml.ts'
import { jsonServer, type StandInCall, type StandInServer } from './json-server.ts'
import { answering, counter, OK, Refused, tell, tokenDesk, type CallbackTo, type Fail } from './tencent.ts'
import { sendCustomerText, sendNotice, sendTemplate, type Outgoing } from './wechat-messages.ts'
import { menuDesk } from './wechat-menu.ts'
import { peopleOf, type Person } from './wechat-people.ts'

export interface WeChatOptions {
  clock: Clock
  appId: string
  secret: string
  /** Templates of the account: fields by name, with their values where the type is an enumeration. */
  templates: Record<string, { fields: Record<string, readonly string[] | null> }>
  /** Pages of the mini-program. */
  pages?: readonly string[]
  callback?: Omit<CallbackTo, 'receiver'>
  /** Calls of each way of sending in a day. */
  perDay?: number
  perMinute?: number
  port?: number
}

export interface WeChatStandIn extends StandInServer {
  messages: Outgoing[]
  person(openId: string): Person
  fail: Fail
  /** The token that was handed out is of no use any more. */
  revokeToken(): void
  fetchesToday(): number
  forcedToday(): number
  /** What a person does: it changes what may be sent to them, and the other side is told. */
  does(openId: string, act: Act): Promise<{ status: number; text: string }>
  /** Somebody opens a page: the code that their phone brings along. */
  visits(openId: string, unionId?: string): string
  /** Tells what became of the template messages and notices that were taken since. */
  report(): Promise<void>
}

export type Act =
  | { act: 'follow' | 'unfollow'; scene?: string }
  | { act: 'scan'; scene: string }
  | { act: 'say'; text: string }
  | { act: 'click'; key: string }
  /** Answers the question for notices; `lasting` is what medical institutions may ask for. */
  | { act: 'consent'; answers: Record<string, 'accept' | 'reject' | 'lasting'> }
  | { act: 'withdraw'; templateIds: string[] }

const TOKEN_SECONDS = 7200
const CODE_MS = 300_000

/** A service account or a mini-program on loopback, with WeChat's rules, codes and limits (see README.md). */
export async function startWeChat(options: WeChatOptions): Promise<WeChatStandIn> {
  const { clock } = options
  const counts = counter(clock)
  const tokens = tokenDesk(clock, TOKEN_SECONDS)
  const people = peopleOf(clock)
  const menu = menuDesk()
  const messages: Outgoing[] = []
  const unreported: Outgoing[] = []
  const codes = new Map<string, { openId: string; unionId: string | undefined; until: number; used: boolean }>()
  let forcedAt = -Infinity

  const stableToken = ({ body = {} }: StandInCall) => {
    counts.today('fetch')
    if (body['grant_type'] !== 'client_credential') throw new Refused(40002, 'invalid grant_type')
    if (body['appid'] !== options.appId) throw new Refused(40013, 'invalid appid')
    if (body['secret'] !== options.secret) throw new Refused(40125, 'invalid appsecret')
    const now = clock.now().getTime()
    const mayForce = now - forcedAt >= 30_000 && counts.countToday('force') < 20
    if (body['force_refresh'] === true && mayForce) {
      forcedAt = now
      counts.today('force')
      tokens.issue(0)
    } else if (tokens.secondsLeft() <= 300) tokens.issue(300)
    return { access_token: tokens.newest()!.token, expires_in: tokens.secondsLeft() }
  }

  /** The same one until its end; pages are signed by it. */
  const ticket = (type: string | null) => {
    if (type !== 'jsapi') throw new Refused(40097, 'invalid args')
    return { ...OK, ticket: `ticket-of-${options.appId}`, expires_in: TOKEN_SECONDS }
  }

  const exchange = ({ query }: StandInCall) => {
    if (query.get('appid') !== options.appId) throw new Refused(40013, 'invalid appid')
    if (query.get('secret') !== options.secret) throw new Refused(40125, 'invalid appsecret')
    const code = codes.get(query.get('code') ?? '')
    if (!code || code.until < clock.now().getTime()) throw new Refused(40029, 'invalid code')
    if (code.used) throw new Refused(40163, 'code been used')
    code.used = true
    return {
      access_token: 'of-the-visitor',
      expires_in: 7200,
      openid: code.openId,
      unionid: code.unionId,
      scope: 'snsapi_base',
    }
  }

  const take = (message: Outgoing, reported: boolean) => {
    messages.push(message)
    if (reported) unreported.push(message)
    return { ...OK, msgid: message.id }
  }

  const sending = (call: StandInCall) => {
    const { path, body } = call
    if (!body) throw new Refused(47001, 'data format error')
    if (counts.today(path) > (options.perDay ?? 100_000)) throw new Refused(45009, 'reach max api daily quota limit')
    if (counts.thisMinute(path) > (options.perMinute ?? 10_000))
      throw new Refused(45011, 'api minute-quota reach limit, must slower, retry next minute')
    const desk = { options, people, messages, now: clock.now() }
    if (path.endsWith('/template/send')) {
      const before = sendTemplate(desk, body)
      return before.isRepeated ? { ...OK, msgid: before.message.id } : take(before.message, true)
    }
    if (path.endsWith('/custom/send')) return take(sendCustomerText(desk, body), false)
    return take(sendNotice(desk, body, path.endsWith('/bizsend') ? 'notice' : 'mini'), true)
  }

  const { answer, fail } = answering((call) => {
    const { path, query } = call
    if (path === '/cgi-bin/stable_token') return stableToken(call)
    if (path === '/sns/oauth2/access_token') return exchange(call)
    const token = query.get('access_token')
    if (!token) throw new Refused(41001, 'access_token missing')
    const state = tokens.judge(token)
    if (state === 'ended') throw new Refused(42001, 'access_token expired')
    if (state === 'unknown') throw new Refused(40001, 'invalid credential, access_token is invalid or not latest')
    if (path === '/cgi-bin/ticket/getticket') return ticket(query.get('type'))
    if (path.startsWith('/cgi-bin/menu/')) return menu(path, call.body)
    if (/^\/cgi-bin\/message\/(template\/send|custom\/send|subscribe\/(biz)?send)$/.test(path)) return sending(call)
    throw new Refused(48001, 'api unauthorized')
  })

  const send = (fields: XmlFields) =>
    options.callback
      ? tell(clock, { ...options.callback, receiver: options.appId }, fields)
      : Promise.resolve({ status: 0, text: 'nobody is told' })

  const server = await jsonServer(answer, options.port)
  return {
    ...server,
    messages,
    person: (openId) => people.of(openId),
    fail,
    revokeToken: tokens.revoke,
    fetchesToday: () => counts.countToday('fetch'),
    forcedToday: () => counts.countToday('force'),
    does: (openId, act) => send(people.does(openId, act)),
    visits(openId, unionId) {
      const code = `code${codes.size + 1}of${openId}`
      codes.set(code, { openId, unionId, until: clock.now().getTime() + CODE_MS, used: false })
      return code
    },
    async report() {
      for (const message of unreported.splice(0)) await send(people.report(message))
    },
  }
}
