import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

/** Ways to reach somebody; what each can do stands in server/channel.ts. */
export const CHANNELS = [
  'in-app',
  'email',
  'sms',
  'wechat-template',
  'wechat-notice',
  'wechat-chat',
  'mini-notice',
  'wecom-mass',
] as const
export const channel = z.enum(CHANNELS)
export type Channel = z.infer<typeof channel>

/** What people refuse or allow: WeChat is one way to them, by whatever means of it. */
export const FAMILIES = ['in-app', 'email', 'sms', 'wechat', 'wecom'] as const
export const family = z.enum(FAMILIES)
export type Family = z.infer<typeof family>

export function familyOf(one: Channel): Family {
  if (one === 'in-app' || one === 'email' || one === 'sms') return one
  return one === 'wecom-mass' ? 'wecom' : 'wechat'
}

/** Why a message is sent, which decides what a person may refuse: 服务 belongs to what was asked for, 关怀 is offered, 推广 needs a consent. */
export const PURPOSES = ['service', 'care', 'promotion'] as const
export const purpose = z.enum(PURPOSES)
export type Purpose = z.infer<typeof purpose>

export const MESSAGE_STATES = [
  'planned',
  'claimed',
  'accepted',
  'deferred',
  'failed',
  'suppressed',
  'blocked',
  'expired',
  'cancelled',
] as const
export const messageState = z.enum(MESSAGE_STATES)
export type MessageState = z.infer<typeof messageState>

export const MESSAGE_EVENTS = [
  'claimed',
  'accepted',
  'deferred',
  'failed',
  'suppressed',
  'blocked',
  'expired',
  'cancelled',
  'waiting',
  'tried-again',
  'moved',
  'moved-back',
  'approved',
  'delivered',
  'undelivered',
  'next-way',
  'with-staff',
  'complained',
  'replied',
] as const
export type MessageEventKind = (typeof MESSAGE_EVENTS)[number]

/** Why a message ended otherwise than sent, or waits; each has a word in the locales under `reason`. */
export const REASONS = [
  // suppressed: the person, or what is known of them, forbids it
  'deceased',
  'merged',
  'opted-out',
  'consent-withheld',
  'consent-missing',
  'quiet-tag',
  'too-soon',
  'address-suppressed',
  'complained',
  'in-hospital',
  'open-alert',
  'open-complaint',
  'in-crisis',
  'holdout',
  // blocked: what it says must not leave
  'national-id',
  'insurance-number',
  'mobile',
  'bank-card',
  'lab-value',
  'disease-in-subject',
  'no-way-to-refuse',
  // failed
  'no-right',
  'no-address',
  'address-unknown',
  'render',
  'too-long',
  'template-gone',
  'template-expired',
  'refused',
  'refused-content',
  'refused-by-recipient',
  'gave-up',
  'not-reached',
  'came-back',
  'sms-template',
  'wechat-template',
  'limit-reached',
  // waiting
  'guardian-missing',
  'guardian-address-missing',
  'quiet-hours',
  'good-hours',
  'holiday',
  'holidays-unknown',
  'daily-limit',
  'promotion-share',
  'throttled',
  'temporary',
  'unreachable',
  'in-doubt',
  'sms-account',
  'wechat-account',
  'with-staff',
  'mail-login',
  'sender-refused',
  // others
  'too-late',
  'by-hand',
  'patient-died',
  'same-in-merged-file',
  'campaign-paused',
  'campaign-cancelled',
  'sending-stopped',
  'sent-before-restore',
  'maybe-sent',
  'left-out',
] as const
export type Reason = (typeof REASONS)[number]
/** What is for a child under 14 waits until somebody has entered whom it goes to. */
export type GuardianReason = Extract<Reason, 'guardian-missing' | 'guardian-address-missing'>

/**
 * Templates that go to relatives in a person's stead, by short message alone: their phone is all that is known of them.
 * What comes with Peiban holds no words for it, since a provider has to approve those for each house.
 */
export const TO_RELATIVES: readonly string[] = ['appointment-relative']
/** Whether relatives get such a template: `no-account` for short messages, or `no-words` approved and in force. */
export const relativesReached = z.enum(['reached', 'no-account', 'no-words'])
export type RelativesReached = z.infer<typeof relativesReached>

/** What a second person may let go, where the rules of the organization say so; numbers of a person never. */
export const APPROVABLE = ['lab-value', 'disease-in-subject'] as const satisfies Reason[]
export type Approvable = (typeof APPROVABLE)[number]

/** Why nothing goes to an address. */
export const SUPPRESSION_REASONS = ['bounced', 'complained', 'asked', 'wrong-person', 'other'] as const
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number]

/** Why nothing promotional goes to a person for now, as rooms above say it. */
export const HOLD_KINDS = ['alert', 'crisis', 'complaint', 'admission'] as const
export type HoldKind = (typeof HOLD_KINDS)[number]

export const messageId = id('message')
export const noticeId = id('staff-notice')
export const templateCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}$/)

/** What a value tells; `result` and `identity` never leave in a message. */
export const DATA_CLASSES = ['name', 'date', 'plain', 'link', 'result', 'identity'] as const
export const dataClass = z.enum(DATA_CLASSES)
export type DataClass = z.infer<typeof dataClass>
