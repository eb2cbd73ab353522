import type { Generated } from 'kysely'
import type { Locale } from '../../../platform/contract/index.ts'
import type { DayKind } from '../contract/holiday.ts'
import type { MessagePolicy } from '../contract/rule.ts'
import type { Topic } from '../contract/topic.ts'
import type { StopKind } from '../contract/stop.ts'
import type {
  Channel,
  Family,
  HoldKind,
  MessageEventKind,
  MessageState,
  Purpose,
  SuppressionReason,
} from '../contract/words.ts'

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
  topic: Topic | null
  locale: Locale
  urgent: Generated<boolean>
  answers: Generated<boolean>
  greeting: Generated<boolean>
  opinion: Generated<boolean>
  campaign: string | null
  approved_leaks: Generated<string[]>
  counts_reading: Generated<boolean>
  approved_by: string | null
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
  delivered_at: Generated<Date | null>
  rung: Generated<number | null>
  withdrawal: Generated<string | null>
  /** Said to this relative of the person, at their phone. */
  relative_id: Generated<string | null>
  relative_sealed: Generated<Buffer | null>
}

export interface MessageMailBatchTable {
  organization_id: string
  id: string
  at: Date
  mails: number
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

export type PreferenceHow =
  | 'patient-word'
  | 'unsubscribe-page'
  | 'one-click'
  | 'merge'
  | 'sms-reply'
  | 'wechat-reply'
  | 'own-page'
  | 'complaint'

export interface MessageReadingRefusalTable {
  organization_id: string
  patient_id: string
  refused_at: Date | null
  changed_at: Date
}

export interface MessagePreferenceTable {
  organization_id: string
  patient_id: string
  purpose: Purpose
  channel: Family
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
  channel: Family
  change: 'out' | 'in'
  how: PreferenceHow
  by_id: string | null
  by_name: string
  note: Generated<string>
  message_id: string | null
  at: Date
}

export interface MessageSuppressionTable {
  organization_id: string
  id: string
  channel: Channel
  address_index: Buffer
  address_masked: string
  reason: SuppressionReason
  source: 'delivery' | 'staff' | 'import'
  note: Generated<string>
  message_id: string | null
  since: Date
  until: Date | null
  by_id: string | null
  by_name: string
  lifted_at: Date | null
  lifted_by: string | null
  lifted_by_name: string | null
  lifted_because: string | null
}

export interface MessageRuleTable {
  organization_id: string
  version: number
  policy: MessagePolicy
  because: string
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
}

export interface HolidayYearTable {
  organization_id: string
  year: number
  source: string
  imported_by: string | null
  imported_by_name: string
  imported_at: Date
}

export interface HolidayTable {
  organization_id: string
  year: number
  day: string
  kind: DayKind
  name: string
}

export interface MessageHoldTable {
  organization_id: string
  patient_id: string
  kind: HoldKind
  source_key: string
  since: Date
  until: Date | null
  merge_ids: Generated<string[]>
}

export interface MessageHoldoutTable {
  organization_id: string
  campaign: string
  percent: number
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

export interface MessagePlaceTable {
  organization_id: string
  epoch: number
  position: number
}

export interface MessageStopTable {
  organization_id: string
  id: string
  kind: StopKind
  scope: string
  why: string
  reply: string
  before_epoch: number | null
  before_position: number | null
  knows_until: Date | null
  raised_at: Date
  lifted_at: Date | null
  lifted_by: string | null
  lifted_by_name: string | null
  because: string | null
  outcome: unknown
}

export interface MessageSentMarkTable {
  organization_id: string
  mark: string
  certain: boolean
  at: Date
}

export interface MessageStopTailTable {
  organization_id: string
  stop_id: string
  tail_id: string
  knows: boolean
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    message_place: MessagePlaceTable
    message_stop: MessageStopTable
    message_sent_mark: MessageSentMarkTable
    message_stop_tail: MessageStopTailTable
    message_template: MessageTemplateTable
    message: MessageTable
    message_event: MessageEventTable
    message_mail_batch: MessageMailBatchTable
    message_reading_refusal: MessageReadingRefusalTable
    message_preference: MessagePreferenceTable
    message_preference_event: MessagePreferenceEventTable
    message_suppression: MessageSuppressionTable
    message_rule: MessageRuleTable
    holiday_year: HolidayYearTable
    holiday: HolidayTable
    message_hold: MessageHoldTable
    message_holdout: MessageHoldoutTable
    message_move: MessageMoveTable
    staff_notice: StaffNoticeTable
  }
}
