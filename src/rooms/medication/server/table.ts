import type { ColumnType, Generated, JSONColumnType, Selectable } from 'kysely'
import type { MedicationPolicy } from '../contract/rule.ts'
import type { EndReason, Outcome, ScheduleContent, SkipReason } from '../contract/words.ts'

export interface MedicationScheduleTable {
  organization_id: string
  id: string
  patient_id: string
  medication_id: string | null
  state: Generated<'active' | 'ended'>
  version: number
  next_at: Date | null
  reminded_at: Date | null
  watched_on: string | null
  ended_at: Date | null
  end_reason: EndReason | null
  end_note: Generated<string>
  ended_by_name: string | null
  created_at: Date
  moved: Generated<unknown>
}
export type ScheduleRow = Selectable<MedicationScheduleTable>

export interface MedicationScheduleVersionTable {
  organization_id: string
  schedule_id: string
  version: number
  content: JSONColumnType<ScheduleContent>
  since: Date
  by_id: string | null
  by_name: string
}
export type VersionRow = Selectable<MedicationScheduleVersionTable>

export interface MedicationTakeTable {
  organization_id: string
  id: string
  schedule_id: string
  on_date: string
  minute: number
  outcome: Outcome
  reason: SkipReason | null
  words: string
  by_name: string
  ticked_at: Date
  at: Date
  replaced_at: Date | null
  told_to: string | null
}
export type TakeRow = Selectable<MedicationTakeTable>

export interface MedicationReminderTable {
  organization_id: string
  patient_id: string
  off_since: Date | null
}

export interface MedicationRuleTable {
  organization_id: string
  version: number
  policy: ColumnType<MedicationPolicy, string, never>
  because: string
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    medication_schedule: MedicationScheduleTable
    medication_schedule_version: MedicationScheduleVersionTable
    medication_take: MedicationTakeTable
    medication_reminder: MedicationReminderTable
    medication_rule: MedicationRuleTable
  }
}
