import type { Clock } from '../../../platform/clock.ts'
import { jsonServer, type StandInCall, type StandInServer } from './json-server.ts'
import { answering, counter, OK, Refused, tell, tokenDesk, type CallbackTo, type Fail } from './tencent.ts'
import { contactDesk, type Customer, type Way } from './wecom-contacts.ts'
import { massDesk, type Task } from './wecom-mass.ts'

export interface WeComOptions {
  clock: Clock
  corpId: string
  agentId: number
  secret: string
  /** User ids of those of the staff whom the application may reach. */
  staff: readonly string[]
  /** Of these, whose accounts have no licence for interfaces. */
  unlicensed?: readonly string[]
  /** Messages of the application to one member of staff in a minute. */
  noticesPerMinute?: number
  callback?: Omit<CallbackTo, 'receiver'>
  /** Only medical institutions may open temporary talks. */
  isMedical?: boolean
  /** Mass messages that one customer may get in a calendar month. */
  massPerMonth?: number
  fetchesPerDay?: number
  port?: number
}

export interface WeComStandIn extends StandInServer {
  customers: ReadonlyMap<string, Customer>
  tasks: readonly Task[]
  ways: ReadonlyMap<string, Way>
  /** What staff were told by the application. */
  notices: { staffUserId: string; text: string }[]
  fail: Fail
  revokeToken(): void
  fetchesToday(): number
  /** A customer adds a member of staff, by a code or in another way. @returns the event's code for the first words */
  adds(externalId: string, staffUserId: string, how?: { configId?: string; unionId?: string }): Promise<string>
  /** Contacts from before: nobody is told. */
  knows(externalId: string, staffUserId: string): void
  /** One of the two deletes the other. */
  parts(externalId: string, staffUserId: string, by: 'staff' | 'customer'): Promise<void>
  /** A member of staff presses the button: only now is anything sent. */
  confirms(taskId: string, staffUserId: string): void
  /** What became of it cannot be asked any more (41047). */
  forgets(taskId: string): void
}

const TOKEN_SECONDS = 7200

/** A hospital's WeCom on loopback, with its rules, codes and limits (see README.md). */
export async function startWeCom(options: WeComOptions): Promise<WeComStandIn> {
  const { clock } = options
  const counts = counter(clock)
  const tokens = tokenDesk(clock, TOKEN_SECONDS)
  const notices: { staffUserId: string; text: string }[] = []
  const told = new Map<string, number>()
  const contacts = contactDesk(options)
  const mass = massDesk(options, contacts.customers)

  const getToken = ({ query }: StandInCall) => {
    if (counts.today('fetch') > (options.fetchesPerDay ?? 2000)) throw new Refused(45009, 'api freq out of limit')
    if (query.get('corpid') !== options.corpId) throw new Refused(40013, 'invalid corpid')
    if (query.get('corpsecret') !== options.secret) throw new Refused(40001, 'invalid credential')
    if (tokens.secondsLeft() === 0) tokens.issue(0)
    return { ...OK, access_token: tokens.newest()!.token, expires_in: tokens.secondsLeft() }
  }

  const notify = (body: Record<string, unknown>) => {
    if (body['agentid'] !== options.agentId) throw new Refused(40056, 'invalid agentid')
    const text = String((body['text'] as Record<string, unknown> | undefined)?.['content'] ?? '')
    const asked = String(body['touser'] ?? '').split('|')
    if (text === '') throw new Refused(44004, 'empty content')
    // User ids are the same in capitals and small letters.
    const known = options.staff.map((userId) => userId.toLowerCase())
    const unknown = asked.filter((userId) => !known.includes(userId.toLowerCase()))
    if (unknown.length === asked.length) throw new Refused(81013, 'user & party & tag all invalid')
    const unlicensed = asked.filter((userId) => options.unlicensed?.includes(userId.toLowerCase()))
    const reached = asked.filter((userId) => !unknown.includes(userId) && !unlicensed.includes(userId))
    for (const userId of reached)
      if (counts.thisMinute(`notice ${userId}`) > (options.noticesPerMinute ?? 30))
        throw new Refused(45009, 'api freq out of limit')
    const key = JSON.stringify(body)
    const before = told.get(key) ?? -Infinity
    const now = clock.now().getTime()
    if (now - before >= Number(body['duplicate_check_interval'] ?? 1800) * 1000) {
      told.set(key, now)
      notices.push(...reached.map((staffUserId) => ({ staffUserId, text })))
    }
    return {
      ...OK,
      invaliduser: unknown.join('|').toLowerCase(),
      unlicenseduser: unlicensed.join('|').toLowerCase(),
      msgid: `notice${notices.length}`,
    }
  }

  const { answer, fail } = answering((call) => {
    const { path, query, body = {} } = call
    if (path === '/cgi-bin/gettoken') return getToken(call)
    const token = query.get('access_token')
    if (!token) throw new Refused(41001, 'access_token missing')
    const state = tokens.judge(token)
    if (state === 'ended') throw new Refused(42001, 'access_token expired')
    if (state === 'unknown') throw new Refused(40014, 'invalid access_token')
    if (path === '/cgi-bin/message/send') return notify(body)
    const action = path.replace('/cgi-bin/externalcontact/', '')
    const found = mass.answer(action, body) ?? contacts.answer(action, body, query)
    if (!found) throw new Refused(48002, 'api forbidden')
    return found
  })

  const send = async (fields: Parameters<typeof tell>[2]) => {
    if (options.callback) await tell(clock, { ...options.callback, receiver: options.corpId }, fields)
  }
  const server = await jsonServer(answer, options.port)
  return {
    ...server,
    customers: contacts.customers,
    tasks: mass.tasks,
    ways: contacts.ways,
    notices,
    fail,
    revokeToken: tokens.revoke,
    fetchesToday: () => counts.countToday('fetch'),
    async adds(externalId, staffUserId, how) {
      const { event, welcomeCode } = contacts.adds(externalId, staffUserId, how)
      await send(event)
      return welcomeCode
    },
    knows: contacts.knows,
    parts: (externalId, staffUserId, by) => send(contacts.parts(externalId, staffUserId, by)),
    confirms: mass.confirms,
    forgets: mass.forgets,
  }
}
