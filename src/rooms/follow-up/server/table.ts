import type { Generated } from 'kysely'
import type {
  AttemptChannel,
  AttemptOutcome,
  ExitReason,
  OccurrenceState,
  RunState,
  VisitAction,
  VisitClass,
  Way,
} from '../contract/words.ts'

export interface ProtocolTable {
  organization_id: string
  code: string
  version: number
  state: 'draft' | 'published' | 'retired'
  definition: unknown
  origin: Generated<'shipped' | 'organization'>
  running: RunningPlans | null
  author_id: string | null
  created_at: Date
  published_by: string | null
  published_at: Date | null
  retired_at: Date | null
  revision: Generated<number>
  taken_print: string | null
}

/** What a publication decides about the plans that run by an earlier version. */
export type RunningPlans = 'leave' | 'next-step' | 're-plan'

export interface PlanRunTable {
  organization_id: string
  id: string
  patient_id: string
  protocol_code: string
  protocol_version: number
  entry_key: string
  anchor_on: string
  state: RunState
  exit_reason: ExitReason | null
  exit_note: Generated<string>
  exit_rule: string | null
  switch_to: number | null
  switch_how: 'next-step' | 're-plan' | null
  started_at: Date
  started_by: string | null
  started_by_name: string
  ended_at: Date | null
  ended_by: string | null
  ended_by_name: string | null
  version: Generated<number>
}

export type RunEventKind =
  | 'started'
  | 'completed'
  | 'exited'
  | 'resumed'
  | 'version-switched'
  | 're-planned'
  | 'moved'
  | 'moved-back'

export interface PlanRunEventTable {
  organization_id: string
  run_id: string
  id: string
  kind: RunEventKind
  detail: Generated<unknown>
  by_id: string | null
  by_name: string
  at: Date
}

export interface FormAnswerTable {
  organization_id: string
  id: string
  occurrence_id: string
  patient_id: string
  version: number
  form_code: string
  form_version: number
  answers: unknown
  extracted: Generated<unknown>
  because: Generated<string>
  by_id: string | null
  by_name: string
  at: Date
}

export interface OccurrenceTable {
  organization_id: string
  id: string
  run_id: string
  patient_id: string
  step: string
  track: string
  sequence: number
  window_from: string
  due_on: string
  window_until: string
  rank: Generated<number>
  state: OccurrenceState
  reason: Generated<string>
  way: Way | null
  class: VisitClass | null
  proposed_class: VisitClass | null
  action: VisitAction | null
  proposed_action: VisitAction | null
  actual_on: string | null
  back_entered: Generated<boolean>
  form_answer_id: string | null
  task_id: string | null
  attempts: Generated<number>
  ends_track: Generated<boolean>
  resting_since: string | null
  reach: Generated<number>
  call_back_at: Date | null
  settled_at: Date | null
  settled_by: string | null
  settled_by_name: string | null
  created_at: Date
}

export interface ContactAttemptTable {
  organization_id: string
  id: string
  occurrence_id: string
  number: number
  patient_id: string
  channel: AttemptChannel
  outcome: AttemptOutcome
  started_at: Date
  ended_at: Date | null
  note: Generated<string>
  next_at: Date | null
  because: Generated<string>
  by_id: string | null
  by_name: string
  at: Date
}

export interface ReferralTable {
  organization_id: string
  id: string
  occurrence_id: string
  patient_id: string
  reason_codes: string[]
  reason: Generated<string>
  refer_to: Generated<string>
  urgent: Generated<boolean>
  check_id: string | null
  state: 'open' | 'attended' | 'not-attended' | 'unknown'
  outcome: Generated<string>
  by_id: string | null
  by_name: string
  at: Date
  settled_at: Date | null
}

export interface FollowUpMoveTable {
  organization_id: string
  merge_id: string
  run_id: string
  ended: boolean
}

export interface ProtocolReachTable {
  organization_id: string
  code: string
  departments: string[]
  changed_at: Date
  changed_by: string | null
}

export interface PlanSwitchTable {
  organization_id: string
  id: string
  protocol_code: string
  to_version: number
  at: Date
  by_id: string | null
  by_name: string
  undone_at: Date | null
  undone_by: string | null
}

export interface PlanSwitchRunTable {
  organization_id: string
  switch_id: string
  run_id: string
  how: RunningPlans
  from_version: number
  before_to: number | null
  before_how: string | null
}

export interface PlanWaitTable {
  organization_id: string
  patient_id: string
  protocol_code: string
  begins_on: string
  entry_key: string
  since: Date
  by_id: string | null
  by_name: string
  merge_id: string | null
}

export interface PlanIntakeTable {
  organization_id: string
  protocol_code: string
}

export interface PlanIntakeDayTable extends PlanIntakeTable {
  day: string
  entered: Generated<number>
  begins: Generated<number>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    protocol: ProtocolTable
    protocol_reach: ProtocolReachTable
    plan_run: PlanRunTable
    plan_run_event: PlanRunEventTable
    form_answer: FormAnswerTable
    occurrence: OccurrenceTable
    contact_attempt: ContactAttemptTable
    referral: ReferralTable
    follow_up_move: FollowUpMoveTable
    plan_switch: PlanSwitchTable
    plan_switch_run: PlanSwitchRunTable
    plan_wait: PlanWaitTable
    plan_intake: PlanIntakeTable
    plan_intake_day: PlanIntakeDayTable
  }
}
