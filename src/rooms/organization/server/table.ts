import type { ColumnType, Generated } from 'kysely'
import type { Locale } from '../../../platform/contract/index.ts'
import type { DemoLoad } from './demo-load.ts'

export interface OrganizationTable {
  id: string
  slug: string
  name: string
  name_en: Generated<string>
  time_zone: Generated<string>
  locale: Generated<Locale>
  phone: string | null
  address: string | null
  logo_file: string | null
  /** The document of contract/settings.ts, maybe with gaps. */
  settings: ColumnType<unknown, string | undefined, string>
  version: Generated<number>
  created_at: Date
  demo_load: ColumnType<DemoLoad | null, string | null | undefined, null>
}

export interface SiteTable {
  organization_id: string
  id: string
  name: string
  address: Generated<string>
  phone: Generated<string>
  active: Generated<boolean>
  version: Generated<number>
  created_at: Date
}

export interface DepartmentTable {
  organization_id: string
  id: string
  site_id: string | null
  name: string
  lead_id: string | null
  active: Generated<boolean>
  version: Generated<number>
  created_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    organization: OrganizationTable
    site: SiteTable
    department: DepartmentTable
  }
}
