import type { ColumnType, Generated } from 'kysely'
import type { Act, Category, Channel, Origin, Outcome, Speaker, State } from '../contract/words.ts'

export interface ComplaintTable {
  organization_id: string
  id: string
  patient_id: string
  key: string
  state: State
  category: Category
  channel: Channel
  words: string
  speaker: Speaker
  relation: string
  received_on: string
  recorded_at: Date
  recorded_by: string | null
  recorded_by_name: string
  owner_id: string
  due_on: string
  closed_at: Date | null
  closed_by_name: string | null
  outcome: Outcome | null
  outcome_text: string | null
  version: Generated<number>
  origin: ColumnType<Origin | null, Origin | string | null>
  merge_ids: Generated<string[]>
}

export interface ComplaintActTable {
  organization_id: string
  complaint_id: string
  version: number
  act: Act
  owner_id: string
  due_on: string
  note: string
  by_id: string | null
  by_name: string
  at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    complaint: ComplaintTable
    complaint_act: ComplaintActTable
  }
}
