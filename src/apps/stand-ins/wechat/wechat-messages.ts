import { Refused } from './tencent.ts'
import type { WeChatOptions } from './wechat.ts'
import type { People } from './wechat-people.ts'

export interface Outgoing {
  id: string
  way: 'template' | 'notice' | 'mini' | 'customer'
  openId: string
  templateId: string
  /** The words by field; those of a customer message under `text`. */
  values: Record<string, string>
  clientId: string
  at: number
}

interface Desk {
  options: WeChatOptions
  people: People
  messages: readonly Outgoing[]
  now: Date
}

type Body = Record<string, unknown>

/** Message ids are beyond 2^53, as the real ones are. */
let nextId = 3_487_542_469_355_618_313n

const DOUBLE_MS = 600_000

export function sendTemplate(desk: Desk, body: Body): { message: Outgoing; isRepeated: boolean } {
  const openId = String(body['touser'] ?? '')
  const clientId = String(body['client_msg_id'] ?? '')
  const before = desk.messages.find(
    (one) => clientId && one.clientId === clientId && one.openId === openId && desk.now.getTime() - one.at < DOUBLE_MS,
  )
  if (before) return { message: before, isRepeated: true }
  const person = desk.people.known(openId)
  if (!person) throw new Refused(40003, 'invalid openid')
  const values = fieldsOf(desk, body)
  if (!person.following) throw new Refused(43004, 'require subscribe')
  if (person.refuses === 'at-once') throw new Refused(43101, 'user refuse to accept the msg')
  return {
    message: message(desk, 'template', openId, String(body['template_id']), values, clientId),
    isRepeated: false,
  }
}

export function sendNotice(desk: Desk, body: Body, way: 'notice' | 'mini'): Outgoing {
  const openId = String(body['touser'] ?? '')
  const templateId = String(body['template_id'] ?? '')
  const person = desk.people.known(openId)
  if (!person) throw new Refused(40003, 'invalid openid')
  const values = fieldsOf(desk, body)
  const page = String(body['page'] ?? '').split('?')[0]!
  if (way === 'mini' && page && !desk.options.pages?.includes(page)) throw new Refused(41030, 'invalid page')
  const left = person.consents.get(templateId) ?? 0
  if (left < 1) throw new Refused(43101, 'user refuse to accept the msg')
  person.consents.set(templateId, left - 1)
  return message(desk, way, openId, templateId, values)
}

export function sendCustomerText(desk: Desk, body: Body): Outgoing {
  const openId = String(body['touser'] ?? '')
  const text = String((body['text'] as Body | undefined)?.['content'] ?? '')
  const person = desk.people.known(openId)
  if (!person) throw new Refused(40003, 'invalid openid')
  if (text === '') throw new Refused(44004, 'empty content')
  if (Buffer.byteLength(text) > 2048) throw new Refused(45002, 'content size out of limit')
  const open = [...person.windows.values()].filter(({ until }) => until > desk.now.getTime())
  if (open.length === 0) throw new Refused(45015, 'response out of time limit or subscription is canceled')
  const window = open.filter(({ left }) => left > 0).toSorted((a, b) => a.until - b.until)[0]
  if (!window) throw new Refused(45047, 'out of response count limit')
  window.left--
  return message(desk, 'customer', openId, '', { text })
}

function message(
  desk: Desk,
  way: Outgoing['way'],
  openId: string,
  templateId: string,
  values: Record<string, string>,
  clientId = '',
): Outgoing {
  return { id: String(nextId++), way, openId, templateId, values, clientId, at: desk.now.getTime() }
}

/** Lengths and shapes as the official table has them, written apart from the client's own check. */
const SHAPES: Record<string, RegExp> = {
  thing: /^[^\r\n]{1,20}$/,
  number: /^(?=.{1,32}$)\d+(\.\d+)?$/,
  letter: /^[a-z]{1,32}$/i,
  symbol: /^[^\w\s\p{L}]{1,5}$/u,
  character_string: /^[\x20-\x7e]{1,32}$/,
  time: /^(?:\d{4}[年/-]\d{1,2}[月/-]\d{1,2}日? )?\d{1,2}:\d\d(?::\d\d)?(?:~.+)?$/,
  date: /^\d{4}[年/-]\d{1,2}[月/-]\d{1,2}日?(?: \d{1,2}:\d\d(?::\d\d)?)?(?:~.+)?$/,
  amount: /^[¥$€£]?\d{1,10}(\.\d+)?元?$/,
  phone_number: /^[\d+\-() ]{1,17}$/,
  car_number: /^[\u4e00-\u9fa5A-Z\d][A-Z\d]{0,6}[\u4e00-\u9fa5A-Z\d]$/i,
  name: /^(?:(?=.*[\u4e00-\u9fa5]).{1,10}|[A-Za-z .'-]{1,20})$/,
  phrase: /^[\u4e00-\u9fa5]{1,5}$/,
}

function fieldsOf(desk: Desk, body: Body): Record<string, string> {
  const template = desk.options.templates[String(body['template_id'] ?? '')]
  if (!template) throw new Refused(40037, 'invalid template_id')
  const data = (body['data'] ?? {}) as Record<string, { value?: unknown } | undefined>
  const values: Record<string, string> = {}
  for (const [key, allowed] of Object.entries(template.fields)) {
    const value = data[key]?.value
    if (typeof value !== 'string' || value === '')
      throw new Refused(47003, `argument invalid! data.${key}.value is empty`)
    const shape = SHAPES[key.replace(/\d+$/, '')]
    if (allowed ? !allowed.includes(value) : !shape?.test(value))
      throw new Refused(47003, `argument invalid! data.${key}.value invalid`)
    values[key] = value
  }
  return values
}
