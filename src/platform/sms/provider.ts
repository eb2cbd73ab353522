/** What the house knows of a company that sends short messages: the same words for each of them. */

export const SMS_PROVIDERS = ['aliyun', 'tencent'] as const
export type SmsProviderName = (typeof SMS_PROVIDERS)[number]

/** 验证码, 通知, 推广: a template is approved as one of these, and limits and law differ by it. */
export const SMS_KINDS = ['code', 'notice', 'promotion'] as const
export type SmsKind = (typeof SMS_KINDS)[number]

/**
 * Why a short message was not taken or did not arrive. `throttled`: later, see `notBefore`; `bad-number`: nobody has
 * it; `blacklisted`: its owner or the carrier wants none; `unreachable`: a real number, its phone off or out of reach;
 * `template`, `signature`, `content`, `auth`, `balance`: wrong for everybody until somebody mends it; `fault`: the
 * provider could not, and has not sent it.
 */
export const SMS_CLASSES = [
  'throttled',
  'bad-number',
  'blacklisted',
  'unreachable',
  'template',
  'signature',
  'content',
  'auth',
  'balance',
  'fault',
] as const
export type SmsClass = (typeof SMS_CLASSES)[number]

export interface OutgoingSms {
  /** Ours; the provider echoes it in receipts (OutId, SessionContext). No personal data. At most 64 characters. */
  id: string
  /** E.164, such as +8613900000000. */
  to: string
  /** The approved signature without 【】. */
  signName: string
  templateCode: string
  /** In the order of the provider's template. */
  parameters: readonly SmsParameter[]
}

export interface SmsParameter {
  name: string
  value: string
}

export type SmsOutcome =
  /** The provider has it and will send it; `providerId` is its own number (BizId, SerialNo). */
  | { kind: 'accepted'; providerId: string; reply: string }
  /** It has not been sent. */
  | { kind: 'refused'; class: SmsClass; code: string; reply: string; notBefore?: Date }
  /**
   * Nobody knows: the request left the house and no answer came, or an answer that leaves it open. Neither provider
   * knows a repeated request from a new one, so nothing may be sent again before `lookUp` or a receipt has told.
   */
  | { kind: 'in-doubt'; reply: string }

export interface SmsInDoubt {
  id: string
  to: string
  sentAt: Date
  providerId?: string | null | undefined
}

/** What the provider says of a message that was handed to it. */
export type SmsLookup =
  | { kind: 'found'; providerId: string | null; state: 'waiting' | 'delivered'; at: Date | null }
  | { kind: 'found'; providerId: string | null; state: 'failed'; class: SmsClass; code: string; at: Date | null }
  /** It has no such message. Its lists lag: say so only some minutes after sending (`LOOK_UP_AFTER_MS`). */
  | { kind: 'absent' }
  /** It could not be asked. */
  | { kind: 'unknown'; reply: string }

/** So long after a request in doubt its list is believed when it does not have the message. */
export const LOOK_UP_AFTER_MS = 3 * 60_000

export interface SmsProvider {
  readonly name: SmsProviderName
  /** One outcome each, in the same order; never throws for what the provider or the line does. */
  send(messages: readonly OutgoingSms[]): Promise<SmsOutcome[]>
  lookUp(message: SmsInDoubt): Promise<SmsLookup>
}

/** Delivered or not: what the provider calls back with. The same receipt may come many times. */
export interface SmsReceipt {
  /** Our own id, where the provider sends it along: Tencent's receipts carry its number alone. */
  id: string | null
  providerId: string | null
  to: string
  delivered: boolean
  class: SmsClass | null
  code: string
  words: string
  segments: number | null
  at: Date | null
}

/** What somebody wrote back. */
export interface SmsReply {
  /** Knows a reply that comes twice. */
  key: string
  from: string
  text: string
  signName: string | null
  at: Date | null
}

/** What a callback brought: what was read, and what was not, with the reason, so that nothing is lost. */
export interface SmsCallback<T> {
  read: T[]
  unread: { value: unknown; why: string }[]
}

/** What a provider wants to hear after a callback was kept. */
export const CALLBACK_ANSWERS: Record<SmsProviderName, unknown> = {
  aliyun: { code: 0, msg: '成功' },
  tencent: { result: 0, errmsg: 'OK' },
}

export interface SmsAccount {
  provider: SmsProviderName
  /** AccessKey ID, SecretId. */
  keyId: string
  keySecret: string
  /** Tencent's SmsSdkAppId; empty with Aliyun. */
  appId: string
  /** Tencent's region, such as ap-guangzhou; empty with Aliyun. */
  region: string
}
