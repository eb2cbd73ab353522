import { refusalOf, type ClientSettings } from './aliyun.ts'
import { receiptClass } from './codes.ts'
import { eachAtMost, exchange, type Exchange } from './exchange.ts'
import type { OutgoingSms, SmsInDoubt, SmsLookup, SmsOutcome, SmsProvider } from './provider.ts'
import { signTencent } from './tencent-signature.ts'

export const TENCENT_URL = 'https://sms.tencentcloudapi.com'
const VERSION = '2021-01-11'
/** Tencent takes 3,000 a second; so many are on their way at once from one sender. */
const AT_ONCE = 8
const PULL_MAX = 100

/**
 * Tencent Cloud's short messages, API 2021-01-11 (SendSms, PullSmsSendStatusByPhoneNumber). A request carries one
 * number: `SessionContext`, by which ours is known again, belongs to the request and not to the number.
 */
export function tencentSms(settings: ClientSettings): SmsProvider {
  return {
    name: 'tencent',
    send: (messages) => eachAtMost(AT_ONCE, messages, (message) => send(settings, message)),
    lookUp: (message) => lookUp(settings, message),
  }
}

interface Answer {
  Response?: {
    Error?: { Code?: string; Message?: string }
    SendStatusSet?: { SerialNo?: string; Code?: string; Message?: string; SessionContext?: string }[]
    PullSmsSendStatusSet?: PullStatus[]
  }
}

interface PullStatus {
  SerialNo?: string
  ReportStatus?: string
  Description?: string
  SessionContext?: string
  /** Seconds since 1970. */
  UserReceiveTime?: number
}

async function send(settings: ClientSettings, message: OutgoingSms): Promise<SmsOutcome> {
  const answer = await call(settings, 'SendSms', {
    PhoneNumberSet: [message.to],
    SmsSdkAppId: settings.account.appId,
    SignName: message.signName,
    TemplateId: message.templateCode,
    TemplateParamSet: message.parameters.map(({ value }) => value),
    SessionContext: message.id,
  })
  if (answer.kind === 'in-doubt') return { kind: 'in-doubt', reply: answer.words }
  if (answer.kind === 'unsent') return { kind: 'refused', class: 'fault', code: 'unsent', reply: answer.words }
  const { Error: error, SendStatusSet: [status] = [] } = (answer.body as Answer).Response ?? {}
  const { Code: code = '', Message: words = '' } = error ?? status ?? {}
  const reply = `${code} ${words}`.slice(0, 300)
  // A number's own code is `Ok`, whatever the case.
  if (!error && code.toLowerCase() === 'ok')
    return status?.SerialNo
      ? { kind: 'accepted', providerId: status.SerialNo, reply }
      : { kind: 'in-doubt', reply: 'Ok without SerialNo' }
  return refusalOf('tencent', code, words, reply, answer.status, settings.clock.now())
}

/** Asks what was sent to the number since shortly before, and knows ours by SessionContext or SerialNo. */
async function lookUp(settings: ClientSettings, message: SmsInDoubt): Promise<SmsLookup> {
  const answer = await call(settings, 'PullSmsSendStatusByPhoneNumber', {
    BeginTime: Math.floor(message.sentAt.getTime() / 1000) - 60,
    EndTime: Math.ceil(settings.clock.now().getTime() / 1000) + 60,
    // The documents fix it at 0.
    Offset: 0,
    Limit: PULL_MAX,
    PhoneNumber: message.to,
    SmsSdkAppId: settings.account.appId,
  })
  if (answer.kind !== 'answered') return { kind: 'unknown', reply: answer.words }
  const { Error: error, PullSmsSendStatusSet: list } = (answer.body as Answer).Response ?? {}
  if (error || !list) return { kind: 'unknown', reply: `${error?.Code ?? 'no list'} ${error?.Message ?? ''}`.trim() }
  const ours = list.find(
    (status) => status.SessionContext === message.id || (message.providerId && status.SerialNo === message.providerId),
  )
  // Only what has a receipt stands in this list: that it is not there yet says nothing.
  return ours ? foundOf(ours) : { kind: 'unknown', reply: 'not in the list of receipts' }
}

function foundOf(status: PullStatus): SmsLookup {
  const providerId = status.SerialNo ?? null
  const at = status.UserReceiveTime ? new Date(status.UserReceiveTime * 1000) : null
  if (status.ReportStatus === 'SUCCESS') return { kind: 'found', providerId, state: 'delivered', at }
  const words = status.Description ?? ''
  return { kind: 'found', providerId, state: 'failed', class: receiptClass('', words), code: words.slice(0, 60), at }
}

function call(settings: ClientSettings, action: string, body: unknown): Promise<Exchange> {
  const { account, url, clock, timeoutMs } = settings
  const text = JSON.stringify(body)
  const { host: _host, ...headers } = signTencent(
    {
      host: new URL(url).host,
      service: 'sms',
      action,
      version: VERSION,
      region: account.region || 'ap-guangzhou',
      body: text,
      at: clock.now(),
    },
    account.keyId,
    account.keySecret,
  )
  return exchange({ url: `${url}/`, headers, body: text }, timeoutMs)
}
