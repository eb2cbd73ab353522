import type { Generated } from 'kysely'
import type { Locale } from '../../../platform/contract/index.ts'
import type { Level, PaperKind, KeptPreferences, Sex, Source } from '../contract/person.ts'

export interface StoredGuardian {
  relation: 'father' | 'mother' | 'grandparent' | 'other-guardian'
  name: string
  phoneMasked: string
  emailMasked?: string | null
}

export interface PatientTable {
  organization_id: string
  id: string
  name: string
  sex: Sex
  birth_date: string | null
  paper_kind: PaperKind | null
  paper_sealed: Buffer | null
  paper_index: Buffer | null
  paper_masked: string | null
  phone_sealed: Buffer | null
  phone_index: Buffer | null
  phone_masked: string | null
  email_sealed: Buffer | null
  email_masked: string | null
  record_number: string | null
  guardian: StoredGuardian | null
  guardian_phone_sealed: Buffer | null
  guardian_phone_index: Buffer | null
  guardian_email_sealed: Buffer | null
  level: Generated<Level>
  source: Generated<Source>
  called: Generated<string>
  preferences: Generated<Partial<KeptPreferences>>
  locale: Generated<Locale>
  main_worry: Generated<string>
  main_worry_at: Date | null
  main_worry_by: string | null
  doctor_id: string | null
  manager_id: string | null
  counsellor_id: string | null
  state: Generated<'active' | 'deceased' | 'merged'>
  deceased_on: string | null
  merged_into: string | null
  version: Generated<number>
  created_at: Date
  updated_at: Date
}

export interface PatientSearchTable {
  organization_id: string
  word: string
  patient_id: string
}

export interface PatientAccessTable {
  organization_id: string
  patient_id: string
  staff_id: string
  because: string
  granted_by: string | null
  granted_at: Date
  until: Date | null
}

export type ChangeKind =
  | 'registered'
  | 'changed'
  | 'worry'
  | 'carers'
  | 'deceased'
  | 'death-corrected'
  | 'merged'
  | 'unmerged'

export interface PatientChangeTable {
  organization_id: string
  id: string
  patient_id: string
  kind: ChangeKind
  detail: unknown
  by_id: string | null
  by_name: string
  at: Date
}

export type ProposalReason = 'paper' | 'phone-name-birth' | 'by-hand'

export interface MergeProposalTable {
  organization_id: string
  id: string
  left_id: string
  right_id: string
  because: ProposalReason
  state: Generated<'open' | 'merged' | 'dismissed' | 'undone'>
  proposed_by: string | null
  proposed_at: Date
  decided_by: string | null
  decided_by_name: string | null
  decided_at: Date | null
  reason: Generated<string>
}

export interface PatientMergeTable {
  organization_id: string
  id: string
  proposal_id: string
  from_id: string
  into_id: string
  chosen: unknown
  before: unknown
  after: unknown
  reason: Generated<string>
  merged_by: string | null
  merged_by_name: string
  merged_at: Date
  undone_by: string | null
  undone_at: Date | null
}

export interface PatientImportTable {
  organization_id: string
  id: string
  file_name: string
  format: 'xlsx' | 'csv'
  encoding: Generated<'utf-8' | 'gb18030'>
  delimiter: Generated<string>
  size_bytes: number
  parts: string[]
  columns: unknown
  header_row: number
  mapping: unknown
  state: Generated<'uploaded' | 'queued' | 'running' | 'done' | 'stopped' | 'failed'>
  rows_read: Generated<number>
  added: Generated<number>
  found: Generated<number>
  refused: Generated<number>
  proposed: Generated<number>
  failure: string | null
  created_by: string | null
  created_by_name: string
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
}

export interface PatientImportRowTable {
  organization_id: string
  row_index: Buffer
  patient_id: string
}

export interface PatientImportRefusalTable {
  organization_id: string
  import_id: string
  row_number: number
  sealed: Buffer
  reasons: unknown
}

export interface PatientImportMappingTable {
  organization_id: string
  name: string
  columns: unknown
  updated_by: string | null
  updated_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    patient: PatientTable
    patient_search: PatientSearchTable
    patient_access: PatientAccessTable
    patient_change: PatientChangeTable
    merge_proposal: MergeProposalTable
    patient_merge: PatientMergeTable
    patient_import: PatientImportTable
    patient_import_row: PatientImportRowTable
    patient_import_refusal: PatientImportRefusalTable
    patient_import_mapping: PatientImportMappingTable
  }
}
