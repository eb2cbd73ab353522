import type { Generated } from 'kysely'
import type { Locale } from '../../../platform/contract/index.ts'
import type { Channel, MessageEventKind, MessageState, Purpose } from '../contract/words.ts'

export interface MessageTemplateTable {
  organization_id: string
  code: string
  version: number
  state: 'draft' | 'published' | 'retired'
  definition: unknown
  owner_id: string | null
  review_on: string | null
  expires_on: string | null
  author_id: string | null
  author_name: string
  edited_by: string[]
  revision: Generated<number>
  created_at: Date
  updated_at: Date
  published_by: string | null
  published_by_name: string | null
  published_at: Date | null
  retired_at: Date | null
}

export interface MessageTable {
  organization_id: string
  id: string
  patient_id: string
  touch: string
  channel: Channel
  template: string
  template_version: number | null
  purpose: Purpose
  locale: Locale
  urgent: Generated<boolean>
  values_sealed: Buffer | null
  content_sealed: Buffer | null
  to_masked: string | null
  via_guardian: Generated<boolean>
  state: MessageState
  reason: string | null
  attempts: Generated<number>
  possible_doubles: Generated<number>
  uncertain: Generated<boolean>
  next_at: Date | null
  not_after: Date | null
  claimed_by: string | null
  message_id: string | null
  reply: string | null
  unsubscribe_index: Buffer | null
  source: string
  source_key: string | null
  created_by: string | null
  created_at: Date
  sent_at: Date | null
  read_at: Date | null
}

export interface MessageEventTable {
  organization_id: string
  message_id: string
  id: string
  kind: MessageEventKind
  detail: unknown
  by_id: string | null
  by_name: string
  at: Date
}

export type PreferenceHow = 'patient-word' | 'unsubscribe-page' | 'one-click' | 'merge'

export interface MessagePreferenceTable {
  organization_id: string
  patient_id: string
  purpose: Purpose
  channel: Channel
  opted_out_at: Date | null
  how: PreferenceHow
  by_id: string | null
  by_name: string
  note: Generated<string>
  message_id: string | null
  changed_at: Date
}

export interface MessagePreferenceEventTable {
  organization_id: string
  patient_id: string
  id: string
  purpose: Purpose
  channel: Channel
  change: 'out' | 'in'
  how: PreferenceHow
  by_id: string | null
  by_name: string
  note: Generated<string>
  message_id: string | null
  at: Date
}

export interface MessageAddressTable {
  organization_id: string
  address_index: Buffer
  channel: Channel
  reason: string
  message_id: string
  since: Date
}

export interface MessageMoveTable {
  organization_id: string
  merge_id: string
  message_id: string
  former_touch: string
}

export interface StaffNoticeTable {
  organization_id: string
  id: string
  staff_id: string
  kind: string
  values: unknown
  link: string | null
  source_key: string
  mail_state: Generated<'none' | 'planned' | 'claimed' | 'accepted' | 'failed'>
  mail_sealed: Buffer | null
  mail_attempts: Generated<number>
  mail_possible_doubles: Generated<number>
  mail_next_at: Date | null
  mail_reply: string | null
  created_at: Date
  read_at: Date | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    message_template: MessageTemplateTable
    message: MessageTable
    message_event: MessageEventTable
    message_preference: MessagePreferenceTable
    message_preference_event: MessagePreferenceEventTable
    message_address: MessageAddressTable
    message_move: MessageMoveTable
    staff_notice: StaffNoticeTable
  }
}
