import type { Generated } from 'kysely'
import type { ProxyScope } from '../../../platform/contract/index.ts'
import type { EndedBecause, Relation, WordKind } from '../contract/words.ts'

export interface RelativeTable {
  organization_id: string
  id: string
  patient_id: string
  name: string
  relation: Relation
  phone_sealed: Buffer
  phone_index: Buffer
  phone_masked: string
  scopes: ProxyScope[]
  until_on: string
  token_hash: Buffer
  invited_at: Date
  invited_by: string | null
  invited_by_name: string | null
  word_kind: WordKind | null
  word_note: string | null
  confirmed_at: Date | null
  last_seen_at: Date | null
  ended_at: Date | null
  ended_because: EndedBecause | null
  ended_by_name: string | null
  moved: Generated<unknown>
}

export interface RelativeCodeTable {
  organization_id: string
  id: string
  relative_id: string
  phone_index: Buffer
  hash: Buffer
  tries: Generated<number>
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

export interface RelativeSessionTable {
  organization_id: string
  id: string
  phone_index: Buffer
  token_hash: Buffer
  stays: boolean
  device: 'phone' | 'computer'
  opened_at: Date
  last_seen_at: Date
  expires_at: Date
  ended_at: Date | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    relative: RelativeTable
    relative_code: RelativeCodeTable
    relative_session: RelativeSessionTable
  }
}
