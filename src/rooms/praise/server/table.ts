import type { ColumnType, Generated } from 'kysely'
import type { PraisePolicy } from '../contract/praise.ts'
import type { Milestone } from '../contract/words.ts'

export interface PraiseTable {
  organization_id: string
  id: string
  patient_id: string
  milestone: Milestone
  occurrence: string
  on_date: string
  days: number | null
  at: Date
  moved: Generated<unknown>
}

export interface PraiseLookTable {
  organization_id: string
  on_date: string
}

export interface PraiseRuleTable {
  organization_id: string
  version: number
  policy: ColumnType<PraisePolicy, string, never>
  because: string
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    praise: PraiseTable
    praise_look: PraiseLookTable
    praise_rule: PraiseRuleTable
  }
}
