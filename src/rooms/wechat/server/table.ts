import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { MenuDraft } from '../contract/menu.ts'
import type { StaffTopic } from '../contract/staff-notice.ts'
import type { SendingState, TemplateChannel, WeChatChannel, WeChatKind } from '../contract/words.ts'

export interface WeChatAccountTable {
  organization_id: string
  id: string
  kind: WeChatKind
  name: string
  app_id: string
  agent_id: number | null
  secret_sealed: Buffer
  token_sealed: Buffer
  aes_key_sealed: Buffer | null
  callback_sealed: Buffer
  callback_hash: Buffer
  welcome: string
  active: boolean
  fault_code: string | null
  fault_text: string | null
  fault_at: Date | null
  version: number
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
}

export interface WeChatTemplateTable {
  organization_id: string
  account_id: string
  template_id: string
  channel: TemplateChannel
  title: string
  category: string
  lasting: boolean
  fields: { key: string; label: string; allowed: string[] }[]
  fault_code: string | null
  fault_text: string | null
  fault_at: Date | null
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
}

export interface WeChatActTable {
  organization_id: string
  id: string
  account_id: string
  event_key: Buffer
  sealed: Buffer
  at: Date
  received_at: Date
  welcome: Generated<string | null>
}

export interface WeChatMassTable {
  organization_id: string
  id: string
  account_id: string
  user_id: string
  provider_id: string
  state: 'waiting' | 'confirmed' | 'withdrawn' | 'over'
  made_at: Date
  next_at: Date | null
  reminded_at: Generated<Date[]>
  ended_at: Date | null
}

export interface WeChatSendingTable {
  organization_id: string
  id: string
  account_id: string
  channel: WeChatChannel
  state: SendingState
  address_sealed: Buffer
  attempt: Generated<number>
  first_try_at: Date
  handed_at: Date
  lease_until: Date | null
  provider_id: string | null
  mass_id: string | null
  refusal: string | null
  code: string | null
  reply: string | null
  was_in_doubt: Generated<boolean>
  settled_at: Date | null
}

export interface WeChatMenuTable {
  organization_id: string
  account_id: string
  draft: JSONColumnType<MenuDraft>
  version: number
  published: ColumnType<MenuDraft | null, string | null | undefined, string | null>
  published_at: Date | null
  published_by: string | null
  published_by_name: string | null
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
}

export interface WeChatContactWayTable {
  organization_id: string
  id: string
  account_id: string
  config_id: string
  name: string
  user_ids: string[]
  temporary: boolean
  until: Date | null
  chat_hours: number | null
  code_url: string
  made_by: string | null
  made_by_name: string
  made_at: Date
  removed_at: Date | null
  removed_by_name: string | null
}

export interface WeChatStaffTable {
  organization_id: string
  account_id: string
  user_id: string
  staff_id: string
}

export type StaffNoticeState = 'planned' | 'claimed' | 'accepted' | 'undelivered' | 'expired' | 'unneeded'

export interface WeChatStaffNoticeTable {
  organization_id: string
  id: string
  staff_id: string
  topic: StaffTopic
  source_key: string
  values: JSONColumnType<Record<string, number>>
  link: string
  state: StaffNoticeState
  batch_id: string | null
  batch_count: number | null
  batch_at: Date | null
  batch_number: Generated<number>
  attempts: Generated<number>
  possible_doubles: Generated<number>
  first_try_at: Date | null
  next_at: Date | null
  not_after: Date
  account_id: string | null
  user_id: string | null
  provider_id: string | null
  refusal: string | null
  code: string | null
  reply: string | null
  created_at: Date
  settled_at: Date | null
}

export interface WeChatStaffWishTable {
  organization_id: string
  staff_id: string
  declined: StaffTopic[]
  changed_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    wechat_account: WeChatAccountTable
    wechat_template: WeChatTemplateTable
    wechat_act: WeChatActTable
    wechat_mass: WeChatMassTable
    wechat_sending: WeChatSendingTable
    wechat_staff: WeChatStaffTable
    wechat_menu: WeChatMenuTable
    wechat_contact_way: WeChatContactWayTable
    wechat_staff_notice: WeChatStaffNoticeTable
    wechat_staff_wish: WeChatStaffWishTable
  }
}
