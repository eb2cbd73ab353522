import type { Generated, JSONColumnType } from 'kysely'
import type { Locale } from '../../../platform/contract/index.ts'
import type { Fact, Section, SummaryState } from '../contract/words.ts'

export interface StageSummaryTable {
  organization_id: string
  id: string
  patient_id: string
  state: Generated<SummaryState>
  version: Generated<number>
  from_on: string
  until_on: string
  language: Locale
  sections: JSONColumnType<Section[]>
  facts: JSONColumnType<Fact[]>
  because: Generated<string>
  corrects: string | null
  corrected_by: string | null
  drafted_by: string | null
  drafted_by_name: string
  drafted_at: Date
  submitted_at: Date | null
  sign_task_key: string | null
  signed_by: string | null
  signed_by_name: string | null
  signed_at: Date | null
  sent_at: Date | null
  sent_by_name: string | null
  read_at: Date | null
  revision: Generated<number>
  moved: Generated<unknown>
}

export interface StageSummaryDueTable {
  organization_id: string
  patient_id: string
  due_on: string
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    stage_summary: StageSummaryTable
    stage_summary_due: StageSummaryDueTable
  }
}
