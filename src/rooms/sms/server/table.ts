import type { Generated } from 'kysely'
import type { SmsClass, SmsKind, SmsProviderName } from '../../../platform/sms/provider.ts'
import type { CallbackKind, SendingState } from '../contract/words.ts'

export interface SmsAccountTable {
  organization_id: string
  provider: SmsProviderName
  key_id: string
  key_secret_sealed: Buffer
  app_id: string
  region: string
  sign_name: string
  promotion_sign_name: string
  code_template: Generated<string>
  code_text: Generated<string>
  active: boolean
  callback_sealed: Buffer
  callback_hash: Buffer
  version: Generated<number>
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
}

export interface SmsSendingTable {
  organization_id: string
  id: string
  provider: SmsProviderName
  provider_id: string | null
  to_index: Buffer
  to_sealed: Buffer
  template_code: string
  kind: SmsKind
  state: SendingState
  attempt: Generated<number>
  lease_until: Date | null
  handed_at: Date
  class: SmsClass | null
  code: string | null
  reply: string | null
  segments: number
  was_in_doubt: Generated<boolean>
  settled_at: Date | null
}

export interface SmsCallbackTable {
  organization_id: string
  id: string
  provider: SmsProviderName
  kind: CallbackKind
  sealed: Buffer
  received_at: Date
  tries: Generated<number>
  next_at: Date | null
}

export interface SmsUnplacedTable {
  organization_id: string
  id: string
  callback_id: string
  kind: CallbackKind
  why: string
  provider_id: string | null
  sealed: Buffer
  received_at: Date
  placed_at: Date | null
}

export interface SmsReplyTable {
  organization_id: string
  id: string
  callback_id: string
  reply_key: string
  from_index: Buffer
  sealed: Buffer
  stops: boolean
  said_at: Date
  received_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    sms_account: SmsAccountTable
    sms_sending: SmsSendingTable
    sms_callback: SmsCallbackTable
    sms_unplaced: SmsUnplacedTable
    sms_reply: SmsReplyTable
  }
}
