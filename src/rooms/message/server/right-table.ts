import type { Generated } from 'kysely'
import type { PushChannel, RightChange } from './rules/channel-right.ts'

export interface ChannelAccountTable {
  organization_id: string
  id: string
  app: string
  address_sealed: Buffer
  address_index: Buffer
  first_seen_at: Date
  last_act_at: Date | null
}

export interface ChannelAccountPatientTable {
  organization_id: string
  account_id: string
  patient_id: string
  relation: 'self' | 'guardian'
  since: Date
  merge_id: string | null
}

export interface ChannelRightTable {
  organization_id: string
  account_id: string
  channel: PushChannel
  template: Generated<string>
  basis: Generated<string>
  left_count: number | null
  closes_at: Date | null
  withdrawn_at: Date | null
  changed_at: Date
}

export interface ChannelRightUseTable {
  organization_id: string
  message_id: string
  account_id: string
  channel: PushChannel
  template: string
  basis: string
  state: 'held' | 'used' | 'given-back'
  at: Date
}

export interface ChannelRightActTable {
  organization_id: string
  account_id: string
  event_key: string
  changes: readonly RightChange[]
  at: Date
  received_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    channel_account: ChannelAccountTable
    channel_account_patient: ChannelAccountPatientTable
    channel_right: ChannelRightTable
    channel_right_use: ChannelRightUseTable
    channel_right_act: ChannelRightActTable
  }
}
