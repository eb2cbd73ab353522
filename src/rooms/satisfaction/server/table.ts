import type { ColumnType, Generated } from 'kysely'
import type { LeftOut, VisitKind } from '../contract/words.ts'

export interface SatisfactionRuleTable {
  organization_id: string
  version: number
  policy: ColumnType<unknown, string>
  on_since: Date | null
  because: string
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
}

export interface SatisfactionVisitTable {
  organization_id: string
  visit_kind: VisitKind
  visit_id: string
  patient_id: string
  class: string
  department: string
  closed_at: Date
  decided_at: Date
  state: 'asked' | 'left-out'
  reason: LeftOut | null
  invitation_id: string | null
  sent_at: Date | null
  merge_ids: Generated<string[]>
}

export interface SatisfactionAnswerTable {
  organization_id: string
  response_id: string
  root_id: string
  patient_id: string
  visit_kind: VisitKind | null
  visit_id: string | null
  class: string | null
  department: string
  visited_on: string | null
  score: number
  about: string | null
  wants_contact: boolean | null
  complains: boolean
  has_words: boolean
  danger: boolean
  answered_at: Date
  superseded_by: string | null
  complaint_id: string | null
  merge_ids: Generated<string[]>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    satisfaction_rule: SatisfactionRuleTable
    satisfaction_visit: SatisfactionVisitTable
    satisfaction_answer: SatisfactionAnswerTable
  }
}
