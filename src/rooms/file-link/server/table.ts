import type { Generated } from 'kysely'

export interface FileLinkTable {
  organization_id: string
  id: string
  patient_id: string
  token_hash: Buffer
  file_key: string
  file_name_sealed: Buffer
  media: string
  size_bytes: number
  expires_at: Date
  wrong: Generated<number>
  openings: Generated<number>
  last_opened_at: Date | null
  message_id: string | null
  created_by: string | null
  created_by_name: string
  created_at: Date
  revoked_at: Date | null
  revoked_by: string | null
  revoked_by_name: string | null
  merge_id: string | null
  former_patient_id: string | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    file_link: FileLinkTable
  }
}
