import type { Generated } from 'kysely'
import type { Locale } from '../../../platform/contract/index.ts'

export interface PatientTable {
  organization_id: string
  id: string
  name: string
  sex: 'male' | 'female' | 'other' | 'unknown'
  birth_date: string | null
  paper_kind: string | null
  paper_sealed: Buffer | null
  paper_index: Buffer | null
  paper_masked: string | null
  phone_sealed: Buffer | null
  phone_index: Buffer | null
  phone_masked: string | null
  email_sealed: Buffer | null
  email_masked: string | null
  record_number: string | null
  guardian: unknown
  level: Generated<string>
  source: Generated<string>
  called: Generated<string>
  locale: Generated<Locale>
  main_worry: Generated<string>
  main_worry_at: Date | null
  main_worry_by: string | null
  doctor_id: string | null
  manager_id: string | null
  counsellor_id: string | null
  search: Generated<string[]>
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

declare module '../../../platform/database/schema.ts' {
  interface Database {
    patient: PatientTable
    patient_search: PatientSearchTable
    patient_access: PatientAccessTable
  }
}
