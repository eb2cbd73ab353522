import type { ColumnType, Generated, JSONColumnType } from 'kysely'
import type { VersionColumns } from '../../../platform/versions/index.ts'
import type { MeetingBody } from '../contract/mdt.ts'
import type { Cause } from '../contract/plan.ts'
import type { MemberRole, TeamRole } from '../contract/team.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import type { Action, Adherence, EndReason, Outcome, PlanContent, PlanState, VersionState } from '../contract/words.ts'

export type CarePlanTemplateTable = VersionColumns<TemplateDefinition>

export interface Span {
  from: string
  until: string | null
}

export interface CarePlanTable {
  organization_id: string
  id: string
  patient_id: string
  kind: string
  title: string
  state: PlanState
  version: number | null
  started_on: string | null
  pauses: JSONColumnType<Span[], string | undefined>
  ended_on: string | null
  ended_at: Date | null
  end_reason: EndReason | null
  end_note: Generated<string>
  submitted_at: Date | null
  next_step_on: string | null
  adherence: JSONColumnType<Adherence, string | undefined>
  adherence_percent: number | null
  measured_on: string | null
  created_at: Date
  created_by: string | null
  moved: Generated<unknown>
}

export interface CarePlanVersionTable {
  organization_id: string
  plan_id: string
  version: number
  state: VersionState
  title: string
  content: JSONColumnType<PlanContent>
  template_code: string | null
  template_version: number | null
  same_reason: Generated<string>
  cause: ColumnType<Cause | null, string | null, string | null>
  returned_note: Generated<string>
  drafted_by: string | null
  drafted_by_name: string
  drafted_at: Date
  submitted_at: Date | null
  sign_task_key: string | null
  signed_by: string | null
  signed_by_name: string | null
  signed_at: Date | null
  active_from: string | null
  similarity_percent: number | null
  revision: Generated<number>
}

export interface CarePlanStepTable {
  organization_id: string
  plan_id: string
  day: number
  version: number
  title: string
  words: string
  due_on: string
  state: Generated<'ahead' | 'due' | 'done' | 'cancelled'>
  task_id: string | null
  done_at: Date | null
}

export interface CarePlanHomeworkTable {
  organization_id: string
  id: string
  plan_id: string
  action: JSONColumnType<Action>
  from_on: string
  until_on: string | null
  by_id: string
  by_name: string
}

export interface CarePlanCheckInTable {
  organization_id: string
  id: string
  plan_id: string
  action_key: string
  on_date: string
  outcome: Outcome
  value: number | null
  second: number | null
  observation_ids: string[]
  words: string
  by_kind: 'patient' | 'staff'
  by_id: string | null
  by_name: string
  at: Date
  replaced_at: Date | null
}

export interface CarePlanReminderTable {
  organization_id: string
  patient_id: string
  wanted: boolean
  minute: number
  last_on: string | null
}

export interface CarePlanEventTable {
  organization_id: string
  plan_id: string
  id: string
  kind: string
  version: number | null
  note: string
  by_id: string | null
  by_name: string
  at: Date
}

export interface CareTeamMemberTable {
  organization_id: string
  patient_id: string
  staff_id: string
  role: MemberRole
  joined_at: Date
  by_id: string | null
  by_name: string
  moved: Generated<unknown>
}

export interface CareTeamNoteTable {
  organization_id: string
  id: string
  patient_id: string
  role: TeamRole | ''
  to_id: string | null
  to_name: string | null
  seen_at: Date | null
  text: string
  by_id: string
  by_name: string
  at: Date
  moved: Generated<unknown>
}

export interface CounsellingNoteTable {
  organization_id: string
  id: string
  patient_id: string
  author_id: string
  held_on: string
  text_sealed: Buffer
  because: string
  corrects: string | null
  superseded_by: string | null
  written_at: Date
  moved: Generated<unknown>
}

export interface MdtMeetingTable {
  organization_id: string
  id: string
  patient_id: string
  state: Generated<'draft' | 'signed'>
  held_on: string
  chair_id: string
  members: JSONColumnType<MeetingBody['members']>
  question: string
  material: string
  conclusion: string
  tasks: JSONColumnType<(MeetingBody['tasks'][number] & { taskId?: string | null })[]>
  drafted_by: string
  drafted_by_name: string
  drafted_at: Date
  signed_by_name: string | null
  signed_at: Date | null
  revision: Generated<number>
  moved: Generated<unknown>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    care_plan_template: CarePlanTemplateTable
    care_plan: CarePlanTable
    care_plan_version: CarePlanVersionTable
    care_plan_step: CarePlanStepTable
    care_plan_homework: CarePlanHomeworkTable
    care_plan_check_in: CarePlanCheckInTable
    care_plan_reminder: CarePlanReminderTable
    care_plan_event: CarePlanEventTable
    care_team_member: CareTeamMemberTable
    care_team_note: CareTeamNoteTable
    counselling_note: CounsellingNoteTable
    mdt_meeting: MdtMeetingTable
  }
}
