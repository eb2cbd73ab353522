import type { ColumnType, Generated } from 'kysely'

export interface AuditEntryTable {
  organization_id: string
  id: string
  at: Date
  actor_kind: string
  actor_id: string | null
  actor_name: string
  action: string
  outcome: 'done' | 'denied' | 'refused'
  patient_id: string | null
  subject_id: string | null
  detail: unknown
  request_id: string | null
  address: string | null
}

export interface AuditUnsealedTable {
  organization_id: string
  entry_id: string
}

export interface AuditLinkTable {
  organization_id: string
  sequence: number
  entry_id: string
  hash: Buffer
}

export interface AuditHeadTable {
  organization_id: string
  sequence: number
  hash: Buffer
  seal: Buffer
}

export interface AuditVerificationTable {
  organization_id: string
  id: string
  requested_by: string | null
  requested_by_name: string
  requested_at: Date
  checked: Generated<number>
  total: number | null
  finished_at: Date | null
  verdict: ColumnType<unknown, string | null, string | null>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    audit_entry: AuditEntryTable
    audit_unsealed: AuditUnsealedTable
    audit_link: AuditLinkTable
    audit_head: AuditHeadTable
    audit_verification: AuditVerificationTable
  }
}
