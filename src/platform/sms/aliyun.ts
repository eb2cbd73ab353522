import type { Clock } from '../clock.ts'
import { signAliyun } from './aliyun-signature.ts'
import { beijingDay, fromBeijing } from './beijing.ts'
import { receiptClass, verdictOf } from './codes.ts'
import { eachAtMost, exchange, type Exchange } from './exchange.ts'
import { toAliyunNumber } from './number.ts'
import type { OutgoingSms, SmsAccount, SmsInDoubt, SmsLookup, SmsOutcome, SmsProvider } from './provider.ts'

export const ALIYUN_URL = 'https://dysmsapi.aliyuncs.com'
const VERSION = '2017-05-25'
/** Aliyun takes 5,000 a second; so many are on their way at once from one sender. */
const AT_ONCE = 8
/** The most records a page of QuerySendDetails holds, and how far we turn: a person gets at most 50 a day by template. */
const PAGE = 50
const PAGES_MAX = 4

export interface ClientSettings {
  account: SmsAccount
  url: string
  clock: Clock
  /** A new one for each request; the provider refuses one it has seen. */
  nonce: () => string
  timeoutMs: number
}

/**
 * Aliyun's short messages, dysmsapi 2017-05-25 (SendSms, QuerySendDetails). Each message is a request of its own: the
 * values differ from person to person, and with several numbers in one request `OutId` and `BizId` would be shared, so
 * that a receipt could not be told apart.
 */
export function aliyunSms(settings: ClientSettings): SmsProvider {
  return {
    name: 'aliyun',
    send: (messages) => eachAtMost(AT_ONCE, messages, (message) => send(settings, message)),
    lookUp: (message) => lookUp(settings, message),
  }
}

async function send(settings: ClientSettings, message: OutgoingSms): Promise<SmsOutcome> {
  const answer = await call(settings, 'SendSms', {
    PhoneNumbers: toAliyunNumber(message.to),
    SignName: message.signName,
    TemplateCode: message.templateCode,
    ...(message.parameters.length > 0
      ? { TemplateParam: JSON.stringify(Object.fromEntries(message.parameters.map((p) => [p.name, p.value]))) }
      : {}),
    OutId: message.id,
  })
  if (answer.kind === 'in-doubt') return { kind: 'in-doubt', reply: answer.words }
  if (answer.kind === 'unsent') return { kind: 'refused', class: 'fault', code: 'unsent', reply: answer.words }
  const { Code: code = '', Message: words = '', BizId: providerId } = answer.body as Record<string, string | undefined>
  const reply = `${code} ${words}`.slice(0, 300)
  if (code === 'OK')
    return providerId ? { kind: 'accepted', providerId, reply } : { kind: 'in-doubt', reply: 'OK without BizId' }
  return refusalOf('aliyun', code, words, reply, answer.status, settings.clock.now())
}

/** A refusal by its code; an answer without a code says nothing of what was done. */
export function refusalOf(
  provider: 'aliyun' | 'tencent',
  code: string,
  words: string,
  reply: string,
  status: number,
  now: Date,
): SmsOutcome {
  if (!code) return { kind: 'in-doubt', reply: `HTTP ${status} without a code` }
  const { class: name, notBefore } = verdictOf(provider, code, words, now)
  return name === 'in-doubt'
    ? { kind: 'in-doubt', reply }
    : { kind: 'refused', class: name, code, reply, ...(notBefore ? { notBefore } : {}) }
}

interface SendDetail {
  OutId?: string
  /** 1 waits for the receipt, 2 failed, 3 arrived. */
  SendStatus?: number
  ErrCode?: string
  ReceiveDate?: string
}

interface DetailPage {
  TotalCount?: number | string
  SmsSendDetailDTOs?: { SmsSendDetailDTO?: SendDetail[] }
}

/** Asks by number and day, and knows ours by OutId; a request shortly before midnight may stand on the next day. */
async function lookUp(settings: ClientSettings, message: SmsInDoubt): Promise<SmsLookup> {
  const days = new Set([beijingDay(message.sentAt), beijingDay(new Date(message.sentAt.getTime() + 5 * 60_000))])
  for (const day of days)
    for (let page = 1; page <= PAGES_MAX; page++) {
      const answer = await call(settings, 'QuerySendDetails', {
        PhoneNumber: toAliyunNumber(message.to),
        SendDate: day,
        PageSize: String(PAGE),
        CurrentPage: String(page),
        ...(message.providerId ? { BizId: message.providerId } : {}),
      })
      if (answer.kind !== 'answered') return { kind: 'unknown', reply: answer.words }
      const { Code: code = '', Message: words = '' } = answer.body as Record<string, string | undefined>
      if (code !== 'OK') return { kind: 'unknown', reply: `${code} ${words}`.slice(0, 300) }
      const { SmsSendDetailDTOs: list, TotalCount: total = 0 } = answer.body as DetailPage
      const details = list?.SmsSendDetailDTO ?? []
      // Seen with real accounts: a count, and an empty list to it. That is not the same as none.
      if (page === 1 && details.length === 0 && Number(total) > 0) return { kind: 'unknown', reply: 'a count, no list' }
      const ours = details.find((detail) => detail.OutId === message.id)
      if (ours) return foundOf(ours, message.providerId ?? null)
      if (details.length < PAGE) break
    }
  return { kind: 'absent' }
}

function foundOf(detail: SendDetail, providerId: string | null): SmsLookup {
  const at = fromBeijing(detail.ReceiveDate)
  const { SendStatus: status, ErrCode: code = '' } = detail
  if (status !== 2) return { kind: 'found', providerId, state: status === 3 ? 'delivered' : 'waiting', at }
  return { kind: 'found', providerId, state: 'failed', class: receiptClass(code, ''), code, at }
}

function call(settings: ClientSettings, action: string, query: Record<string, string>): Promise<Exchange> {
  const { account, url, clock, nonce, timeoutMs } = settings
  const { host } = new URL(url)
  const signed = signAliyun(
    { host, action, version: VERSION, query, body: '', at: clock.now(), nonce: nonce() },
    account.keyId,
    account.keySecret,
  )
  const { host: _host, ...headers } = signed.headers
  return exchange({ url: `${url}/?${signed.query}`, headers, body: '' }, timeoutMs)
}
