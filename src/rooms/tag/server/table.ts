import type { Generated } from 'kysely'

export interface TagRuleTable {
  organization_id: string
  code: string
  version: number
  state: 'draft' | 'published' | 'retired'
  definition: unknown
  origin: Generated<'shipped' | 'organization'>
  author_id: string | null
  created_at: Date
  published_by: string | null
  published_at: Date | null
  retired_at: Date | null
}

export interface PatientTagTable {
  organization_id: string
  patient_id: string
  tag_code: string
  source: 'rule' | 'manual' | 'room'
  state: 'active' | 'suppressed' | 'ended'
  rule_version: number | null
  facts: Generated<unknown>
  note: Generated<string>
  sensitivity: Generated<'ordinary' | 'mental'>
  set_at: Date
  set_by: string | null
  expires_at: Date | null
  suppressed_at: Date | null
  suppressed_by: string | null
  suppressed_because: string | null
}

export interface PatientTagEventTable {
  organization_id: string
  patient_id: string
  id: string
  tag_code: string
  source: string
  change: 'set' | 'cleared' | 'expired' | 'suppressed' | 'unsuppressed' | 'removed' | 'refused' | 'allowed'
  rule_version: number | null
  facts: unknown
  because: string | null
  by_id: string | null
  at: Date
}

export interface TagRefusalTable {
  organization_id: string
  patient_id: string
  tag_code: string
  since: Date
  moved: Generated<unknown>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    tag_rule: TagRuleTable
    patient_tag: PatientTagTable
    patient_tag_event: PatientTagEventTable
    tag_refusal: TagRefusalTable
  }
}
