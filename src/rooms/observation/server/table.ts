import type { Generated } from 'kysely'

/** How a fact ends: replaced by another, or withdrawn, when `superseded_by` is its own id. */
export interface Superseded {
  superseded_by: string | null
  superseded_at: Date | null
  superseded_author_id: string | null
  superseded_because: string | null
}

export interface ObservationTable extends Superseded {
  organization_id: string
  patient_id: string
  code: string
  effective_at: Date
  id: string
  value: number | null
  value_text: string | null
  comparator: '<' | '<=' | '>' | '>=' | null
  unit: string | null
  low: number | null
  high: number | null
  range_text: string | null
  flag: Flag | null
  method: string | null
  original: unknown
  report_id: string | null
  source: string
  author_id: string | null
  recorded_at: Date
}

export type Flag = 'N' | 'L' | 'H' | 'LL' | 'HH' | 'A'

export interface ReportTable extends Superseded {
  organization_id: string
  id: string
  patient_id: string
  category: ReportCategory
  title: string
  status: 'preliminary' | 'final' | 'corrected' | 'cancelled'
  source_system: string
  source_report_id: string
  fingerprint: Buffer
  effective_at: Date
  issued_at: Date | null
  performer: Generated<string>
  finding: string | null
  impression: string | null
  intake_id: string | null
  version: Generated<number>
  recorded_at: Date
}

export type ReportCategory = 'laboratory' | 'imaging' | 'ecg' | 'physical' | 'health-check' | 'other'

/** What every kind of fact of the record carries. */
export interface Fact extends Superseded {
  organization_id: string
  patient_id: string
  id: string
  source: string
  source_id: string | null
  author_id: string | null
  recorded_at: Date
}

export interface ConditionTable extends Fact {
  code: string
  name: string
  clinical_status: Generated<'active' | 'remission' | 'resolved'>
  onset_on: string | null
  abated_on: string | null
  note: Generated<string>
}

export interface ProcedureTable extends Fact {
  code: string
  name: string
  kind: Generated<'surgery' | 'endoscopy' | 'other'>
  performed_on: string | null
  note: Generated<string>
}

export interface EncounterTable extends Fact {
  class: 'outpatient' | 'inpatient' | 'emergency' | 'health-check' | 'home' | 'online'
  title: Generated<string>
  started_at: Date
  ended_at: Date | null
  department: Generated<string>
  note: Generated<string>
}

export interface MedicationTable extends Fact {
  code: Generated<string>
  name: string
  dose: Generated<string>
  started_on: string | null
  ended_on: string | null
  note: Generated<string>
}

export interface AllergyTable extends Fact {
  substance: string
  reaction: Generated<string>
  severity: Generated<'mild' | 'moderate' | 'severe' | 'unknown'>
  noted_on: string | null
}

export interface FamilyHistoryTable extends Fact {
  relation: 'father' | 'mother' | 'sibling' | 'child' | 'grandparent' | 'other'
  condition_code: Generated<string>
  condition_name: string
  onset_age: number | null
}

export interface AbsenceTable extends Fact {
  about: 'condition' | 'procedure' | 'medication' | 'allergy' | 'family-history'
}

export interface RecordMoveTable {
  organization_id: string
  merge_id: string
  kind: string
  fact_ids: string[]
  moved_at: Date
  undone_at: Date | null
}

/** A result that somebody has to tell the person of first. */
export interface ObservationWithheldTable {
  organization_id: string
  observation_id: string
  source: string
  source_key: string
  since: Date
  told_at: Date | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    observation_withheld: ObservationWithheldTable
    observation: ObservationTable
    report: ReportTable
    condition: ConditionTable
    procedure: ProcedureTable
    encounter: EncounterTable
    medication: MedicationTable
    allergy: AllergyTable
    family_history: FamilyHistoryTable
    absence: AbsenceTable
    record_move: RecordMoveTable
  }
}
