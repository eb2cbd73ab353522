import type { Generated } from 'kysely'
import type { CardState, ConsentPurpose } from '../contract/card.ts'

export interface StoredConsent {
  purpose: ConsentPurpose
  granted: boolean
  textVersion: string
  at: string
  by: string
}

export interface CardTable {
  organization_id: string
  id: string
  patient_id: string
  number: string
  state: Generated<CardState>
  consents: unknown
  opened_by: string | null
  opened_at: Date
  activated_at: Date | null
  closed_at: Date | null
}

export type CardEventKind =
  | 'opened'
  | 'activated'
  | 'frozen'
  | 'unfrozen'
  | 'closed'
  | 'consents'
  | 'moved'
  | 'moved-back'

export interface CardEventTable {
  organization_id: string
  id: string
  card_id: string
  kind: CardEventKind
  from_state: CardState | null
  to_state: CardState
  reason: Generated<string>
  detail: unknown
  by_id: string | null
  by_name: string
  at: Date
}

export interface CardCodeTable {
  organization_id: string
  id: string
  card_id: string
  phone_index: Buffer
  phone_masked: string
  hash: Buffer
  tries: Generated<number>
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

export interface CardDemoOutboxTable {
  organization_id: string
  id: string
  card_id: string
  patient_id: string
  code_id: string
  phone_masked: string
  text_sealed: Buffer
  created_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    card: CardTable
    card_event: CardEventTable
    card_code: CardCodeTable
    card_demo_outbox: CardDemoOutboxTable
  }
}
