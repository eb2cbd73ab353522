import type { Generated } from 'kysely'
import type {
  AlertClass,
  AlertKind,
  AlertState,
  AttemptOutcome,
  Relation,
  Result,
  RuleState,
} from '../contract/words.ts'

export interface AlertRuleTable {
  organization_id: string
  code: string
  version: number
  state: RuleState
  definition: unknown
  owner_id: string | null
  author_id: string | null
  created_at: Date
  confirmed_at: Date | null
  retired_at: Date | null
  retired_by: string | null
}

export interface AlertLimitTable {
  organization_id: string
  version: number
  limits: unknown
  owner_id: string
  confirmed_at: Date
}

export interface AlertDutyTable {
  organization_id: string
  id: string
  staff_id: string
  from_at: Date
  until_at: Date
  rank: Generated<number>
  phone: Generated<string>
  created_by: string | null
  created_at: Date
  removed_by: string | null
  removed_at: Date | null
}

export interface AlertTable {
  organization_id: string
  id: string
  patient_id: string
  class: AlertClass
  kind: Generated<AlertKind>
  state: AlertState
  source: string
  source_key: string
  title: string
  note: Generated<string>
  rule_code: string | null
  rule_version: number | null
  code: string | null
  observation_id: string | null
  effective_at: Date
  value: number | null
  comparator: string | null
  unit: string | null
  low: number | null
  high: number | null
  range_text: string | null
  flag: string | null
  raised_at: Date
  due_at: Date | null
  level: Generated<number>
  handler_id: string | null
  acknowledged_at: Date | null
  reached_at: Date | null
  corrected_at: Date | null
  withdrawn: Generated<boolean>
  closed_at: Date | null
  closed_by: string | null
  result: Result | null
  result_text: string | null
  result_on: string | null
  version: Generated<number>
}

export interface AlertResultTable {
  organization_id: string
  rule_code: string
  observation_id: string
  alert_id: string
  noted_at: Date
}

export type Why = 'duty' | 'next' | 'lead' | 'permitted' | 'handed-over' | 'took-over'

export interface AlertRecipientTable {
  organization_id: string
  alert_id: string
  staff_id: string
  why: Why
  task_id: string | null
  told_at: Date
}

export interface AlertAttemptTable {
  organization_id: string
  id: string
  alert_id: string
  outcome: AttemptOutcome
  relation: Relation
  person_name: string
  phone_masked: string
  read_back: string
  note: string
  by_id: string
  by_name: string
  at: Date
}

export type AlertEventKind =
  | 'raised'
  | 'repeated'
  | 'acknowledged'
  | 'attempted'
  | 'reached'
  | 'handed-over'
  | 'took-over'
  | 'escalated'
  | 'reminded'
  | 'corrected'
  | 'withdrawn'
  | 'closed'
  | 'patient-died'
  | 'merged'
  | 'unmerged'

export interface AlertEventTable {
  organization_id: string
  alert_id: string
  version: number
  kind: AlertEventKind
  from_state: AlertState | null
  to_state: AlertState
  told: unknown
  note: string
  detail: unknown
  by_id: string | null
  by_name: string
  at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    alert_rule: AlertRuleTable
    alert_limit: AlertLimitTable
    alert_duty: AlertDutyTable
    alert: AlertTable
    alert_result: AlertResultTable
    alert_recipient: AlertRecipientTable
    alert_attempt: AlertAttemptTable
    alert_event: AlertEventTable
  }
}
