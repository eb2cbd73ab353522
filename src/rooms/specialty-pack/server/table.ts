import type { Generated } from 'kysely'

export interface SpecialtyPackTable {
  organization_id: string
  code: string
  version: number
  left_version: number | null
  revision: Generated<number>
  changed_at: Date
  changed_by: string | null
  changed_by_name: string
}

export interface SpecialtyPackDepartmentTable {
  organization_id: string
  pack_code: string
  department_id: string
  since: Date
}

export interface SpecialtyPackPartTable {
  organization_id: string
  pack_code: string
  kind: string
  code: string
  part_version: number
  digest: string
  taken_out: Generated<boolean>
}

export interface SpecialtyPackEventTable {
  organization_id: string
  pack_code: string
  id: string
  kind: 'installed' | 'extended' | 'updated' | 'left' | 'reduced' | 'removed'
  version: number
  departments: string[]
  counts: unknown
  by_id: string | null
  by_name: string
  at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    specialty_pack: SpecialtyPackTable
    specialty_pack_department: SpecialtyPackDepartmentTable
    specialty_pack_part: SpecialtyPackPartTable
    specialty_pack_event: SpecialtyPackEventTable
  }
}
