import type { Generated } from 'kysely'
import type { VersionColumns } from '../../../platform/versions/index.ts'
import type { MoveKind, Stage, StageRule } from '../contract/words.ts'

export interface LifecycleRuleTable extends VersionColumns<StageRule> {}

export interface RelationshipTable {
  organization_id: string
  patient_id: string
  stage: Stage
  since_at: Date
  rests_until: string | null
  revision: Generated<number>
  move_id: string
}

export interface RelationshipMoveTable {
  organization_id: string
  id: string
  patient_id: string
  kind: MoveKind
  from_stage: Stage | null
  to_stage: Stage
  since_before: Date | null
  rest_before: string | null
  rests_until: string | null
  rule_version: number | null
  facts: unknown
  because: string
  undoes: string | null
  merge_id: string | null
  by_id: string | null
  by_name: string
  at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    lifecycle_rule: LifecycleRuleTable
    relationship: RelationshipTable
    relationship_move: RelationshipMoveTable
  }
}
