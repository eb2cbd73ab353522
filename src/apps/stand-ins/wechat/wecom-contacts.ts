import type { XmlFields } from '../../../platform/wechat/xml.ts'
import { OK, Refused } from './tencent.ts'
import type { WeComOptions } from './wecom.ts'

export interface Customer {
  externalId: string
  unionId: string
  name: string
  /** User ids of the staff they are contacts of, with the state of the code they came by. */
  staff: Map<string, { since: number; state: string }>
  /** What reached them, and when. */
  got: { at: number; kind: 'mass' | 'welcome'; text: string }[]
}

export interface Way {
  configId: string
  userIds: string[]
  isTemporary: boolean
  until: number
  chatSeconds: number
  unionId: string
  state: string
  conclusion: string
  used: boolean
}

type Body = Record<string, unknown>

const SECONDS_MAX = 14 * 86_400
const WELCOME_MS = 20_000
const WAYS_PER_DAY = 100_000

/** Customers, the codes they come by, and the first words to them. */
export function contactDesk(options: WeComOptions) {
  const { clock } = options
  const customers = new Map<string, Customer>()
  const ways = new Map<string, Way>()
  const welcomes = new Map<string, { externalId: string; at: number; said: boolean }>()
  let waysToday = { day: '', count: 0 }
  const now = () => clock.now().getTime()

  const addWay = (body: Body) => {
    const userIds = Array.isArray(body['user']) ? body['user'].map(String) : []
    const isTemporary = body['is_temp'] === true
    if (body['type'] !== 1 && body['type'] !== 2) throw new Refused(41037, 'missing contact way type')
    if (body['scene'] !== 1 && body['scene'] !== 2) throw new Refused(40058, 'invalid scene')
    if (userIds.some((userId) => !options.staff.includes(userId))) throw new Refused(40003, 'invalid userid')
    if (String(body['state'] ?? '').length > 30) throw new Refused(40058, 'state too long')
    const [until, chatSeconds] = [Number(body['expires_in'] ?? 604_800), Number(body['chat_expires_in'] ?? 86_400)]
    if (isTemporary) {
      if (!options.isMedical) throw new Refused(48002, 'temporary talks are for medical institutions')
      if (userIds.length !== 1 || body['type'] !== 1) throw new Refused(40058, 'a temporary way is for one')
      if (until > SECONDS_MAX || chatSeconds > SECONDS_MAX) throw new Refused(40058, 'too long')
      const day = clock.today('Asia/Shanghai')
      waysToday = { day, count: waysToday.day === day ? waysToday.count + 1 : 1 }
      if (waysToday.count > WAYS_PER_DAY) throw new Refused(45009, 'api freq out of limit')
    }
    const configId = `way${ways.size + 1}`
    ways.set(configId, {
      configId,
      userIds,
      isTemporary,
      until: isTemporary ? now() + until * 1000 : Infinity,
      chatSeconds,
      unionId: String(body['unionid'] ?? ''),
      state: String(body['state'] ?? ''),
      conclusion: String(((body['conclusions'] as Body | undefined)?.['text'] as Body | undefined)?.['content'] ?? ''),
      used: false,
    })
    return { ...OK, config_id: configId, qr_code: `https://wework.qpic.cn/${configId}` }
  }

  const welcome = (body: Body) => {
    const found = welcomes.get(String(body['welcome_code'] ?? ''))
    if (!found || now() - found.at > WELCOME_MS) throw new Refused(41050, 'invalid welcome code')
    if (found.said) throw new Refused(41051, 'externaluser has started chatting')
    found.said = true
    const text = String((body['text'] as Body | undefined)?.['content'] ?? '')
    customers.get(found.externalId)!.got.push({ at: now(), kind: 'welcome', text })
    return OK
  }

  const detail = (externalId: string) => {
    const customer = customers.get(externalId)
    if (!customer) throw new Refused(40096, 'invalid external userid')
    if (customer.staff.size === 0) throw new Refused(84061, 'not external contact')
    const { name, unionId } = customer
    return {
      ...OK,
      external_contact: { external_userid: externalId, name, type: 1, unionid: unionId || undefined },
      follow_user: [...customer.staff].map(([userid, { since, state }]) => ({
        userid,
        createtime: Math.floor(since / 1000),
        state,
      })),
    }
  }

  const listOf = (userId: string) => {
    if (!options.staff.includes(userId)) throw new Refused(40003, 'invalid userid')
    const found = [...customers.values()].filter(({ staff }) => staff.has(userId))
    if (found.length === 0) throw new Refused(84061, 'not external contact')
    return { ...OK, external_userid: found.map(({ externalId }) => externalId) }
  }

  const closeChat = (body: Body) => {
    customers.get(String(body['external_userid']))?.staff.delete(String(body['userid']))
    return OK
  }

  const event = (change: string, externalId: string, userId: string, more: XmlFields = {}): XmlFields => ({
    ToUserName: options.corpId,
    FromUserName: 'sys',
    CreateTime: Math.floor(now() / 1000),
    MsgType: 'event',
    Event: 'change_external_contact',
    ChangeType: change,
    UserID: userId,
    ExternalUserID: externalId,
    ...more,
  })

  return {
    customers,
    ways,
    answer(action: string, body: Body, query: URLSearchParams): object | undefined {
      switch (action) {
        case 'add_contact_way':
          return addWay(body)
        case 'del_contact_way':
          if (!ways.delete(String(body['config_id']))) throw new Refused(41044, 'invalid config_id')
          return OK
        case 'close_temp_chat':
          return closeChat(body)
        case 'send_welcome_msg':
          return welcome(body)
        case 'get':
          return detail(query.get('external_userid') ?? '')
        case 'list':
          return listOf(query.get('userid') ?? '')
        default:
          return undefined
      }
    },
    /** They have been contacts of each other since before this stand-in was started. */
    knows(externalId: string, userId: string) {
      const customer = { externalId, unionId: '', name: '客户', staff: new Map(), got: [] }
      customers.set(externalId, customer)
      customer.staff.set(userId, { since: now(), state: '' })
    },
    adds(externalId: string, userId: string, { configId = '', unionId = '' } = {}) {
      const way = ways.get(configId)
      if (way?.isTemporary) {
        if (way.used || way.until < now()) throw new Error('the code is spent')
        if (way.unionId && way.unionId !== unionId) throw new Error('the code is for somebody else')
        way.used = true
      }
      const customer = customers.get(externalId) ?? { externalId, unionId, name: '客户', staff: new Map(), got: [] }
      customers.set(externalId, customer)
      const state = way?.state ?? ''
      customer.staff.set(userId, { since: now(), state })
      const welcomeCode = `welcome${welcomes.size + 1}`
      welcomes.set(welcomeCode, { externalId, at: now(), said: false })
      return {
        welcomeCode,
        event: event('add_external_contact', externalId, userId, { State: state, WelcomeCode: welcomeCode }),
      }
    },
    parts(externalId: string, userId: string, by: 'staff' | 'customer') {
      customers.get(externalId)?.staff.delete(userId)
      return event(by === 'staff' ? 'del_external_contact' : 'del_follow_user', externalId, userId)
    },
  }
}
