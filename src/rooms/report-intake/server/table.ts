import type { Generated } from 'kysely'

export interface IntakeSourceTable {
  organization_id: string
  id: string
  name: string
  sending: string
  receiving: string
  address: string
  time_zone: string | null
  ack_mode: Generated<'honour' | 'original'>
  test_messages: Generated<'set-aside' | 'accept'>
  register: Generated<'by-channel' | 'never' | 'complete'>
  numbering: Generated<'auto' | 'unique'>
  version: Generated<number>
  updated_by: string | null
  updated_at: Date
}

export type Channel = 'mllp' | 'http-hl7' | 'fhir' | 'table' | 'command'
export type Format = 'hl7' | 'fhir' | 'table' | 'bytes'
export type IntakeState = 'received' | 'filed' | 'duplicate' | 'needs-person' | 'set-aside' | 'refused' | 'failed'

export interface IntakeTable {
  organization_id: string
  id: string
  channel: Channel
  format: Format
  source: string
  peer: Generated<string>
  message_type: Generated<string>
  control_id: Generated<string>
  answer: Generated<string>
  received_at: Date
  arrival: Generated<number>
  sealed: Buffer
  size_bytes: number
  state: IntakeState
  reason: Generated<string>
  detail: unknown
  reports: Generated<number>
  results: Generated<number>
  waiting: Generated<number>
  unknown_codes: Generated<number>
  attempts: Generated<number>
  processed_at: Date | null
}

export type UnmatchedReason = 'nobody' | 'candidates' | 'nameless' | 'identity-differs' | 'refused-registration'

export interface UnmatchedPersonTable {
  organization_id: string
  id: string
  person_key: Buffer
  name: Generated<string>
  sex: Generated<string>
  birth_date: string | null
  record_number: string | null
  phone_masked: string | null
  paper_masked: string | null
  identity_sealed: Buffer
  source: string
  reason: UnmatchedReason
  candidates: Generated<string[]>
  state: Generated<'open' | 'settled' | 'set-aside'>
  patient_id: string | null
  settled_how: 'chosen' | 'registered' | 'matched-later' | null
  settled_by: string | null
  settled_by_name: string | null
  settled_at: Date | null
  note: Generated<string>
  version: Generated<number>
  first_seen_at: Date
  last_seen_at: Date
}

export interface UnmatchedReportTable {
  organization_id: string
  person_id: string
  intake_id: string
  title: Generated<string>
  effective_at: Date | null
}

export interface LaboratoryCodeTable {
  organization_id: string
  id: string
  code_key: Buffer
  system: string
  code: string
  name: string
  unit: string
  problem: 'unknown' | 'likely' | 'unit'
  proposed: string | null
  examples: Generated<string[]>
  state: Generated<'open' | 'mapped' | 'ignored'>
  target: string | null
  as_unit: string | null
  everywhere: Generated<boolean>
  settled_by: string | null
  settled_by_name: string | null
  settled_at: Date | null
  rewrite_state: Generated<'none' | 'running' | 'done'>
  rewrite_total: Generated<number>
  rewrite_done: Generated<number>
  rewrite_after: string | null
  version: Generated<number>
  first_seen_at: Date
}

export interface LaboratoryCodeSightingTable {
  organization_id: string
  code_id: string
  report_id: string
}

export interface FiledResultTable {
  organization_id: string
  result_key: Buffer
  report_key: Buffer
  content: Buffer
}

export interface TableMappingTable {
  organization_id: string
  name: string
  mapping: unknown
  headers: string[]
  updated_by: string | null
  updated_at: Date
}

export interface TableUploadTable {
  organization_id: string
  id: string
  file_name: string
  format: 'xlsx' | 'csv'
  encoding: Generated<'utf-8' | 'gb18030'>
  delimiter: Generated<string>
  parts: string[]
  header_row: Generated<number>
  size_bytes: number
  headers: string[]
  mapping_name: string | null
  mapping: unknown
  state: Generated<'uploaded' | 'queued' | 'running' | 'done' | 'stopped' | 'failed'>
  row_count: Generated<number>
  rows_read: Generated<number>
  reports: Generated<number>
  refused: Generated<number>
  failure: Generated<string>
  created_by: string | null
  created_by_name: string
  created_at: Date
  started_at: Date | null
  finished_at: Date | null
}

export interface TableUploadRefusalTable {
  organization_id: string
  upload_id: string
  row_number: number
  reasons: string[]
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    intake_source: IntakeSourceTable
    intake: IntakeTable
    unmatched_person: UnmatchedPersonTable
    unmatched_report: UnmatchedReportTable
    laboratory_code: LaboratoryCodeTable
    laboratory_code_sighting: LaboratoryCodeSightingTable
    filed_result: FiledResultTable
    table_mapping: TableMappingTable
    table_upload: TableUploadTable
    table_upload_refusal: TableUploadRefusalTable
  }
}
