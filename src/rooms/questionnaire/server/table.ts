import type { Generated, JSONColumnType } from 'kysely'
import type {
  Author,
  InvitationKind,
  InvitationState,
  QuestionnaireState,
  ScoreView,
  Sensitivity,
  VisitKind,
  Way,
} from '../contract/words.ts'

export interface QuestionnaireTable {
  organization_id: string
  code: string
  version: number
  state: QuestionnaireState
  title_zh: string
  title_en: string
  sensitivity: Sensitivity
  definition: JSONColumnType<Record<string, unknown>>
  questions: number
  licence: Generated<string>
  source: Generated<string>
  revision: Generated<number>
  changed_at: Date
  changed_by: string | null
  changed_by_name: string
  published_at: Date | null
  published_by: string | null
  published_by_name: string | null
}

export interface QuestionnaireInvitationTable {
  organization_id: string
  id: string
  kind: InvitationKind
  code: string
  version: number
  patient_id: string | null
  state: Generated<InvitationState>
  token_hash: Buffer
  closes_at: Date | null
  quota: number | null
  answers: Generated<number>
  tries: Generated<number>
  draft_sealed: Buffer | null
  draft_at: Date | null
  opened_at: Date | null
  sent_at: Date
  sent_by: string | null
  sent_by_name: string
  moved: Generated<unknown>
  sent_by_message: Generated<boolean>
  remind_at: Generated<Date[]>
  next_remind_at: Date | null
  visit_kind: VisitKind | null
  visit_id: string | null
  visit_on: string | null
}

export interface QuestionnaireResponseTable {
  organization_id: string
  id: string
  code: string
  version: number
  patient_id: string | null
  invitation_id: string | null
  submission: string
  author: Author
  by_id: string | null
  by_name: string
  answered_at: Date
  response: JSONColumnType<Record<string, unknown>>
  scores: JSONColumnType<ScoreView[]>
  corrects: string | null
  because: Generated<string>
  superseded_by: string | null
  moved: Generated<unknown>
  known_count: Generated<number>
  asked_again: Generated<number>
  way: Way | null
}

export interface QuestionnaireKeyTable {
  organization_id: string
  token_hash: Buffer
  invitation_id: string
  kind: 'link' | 'code' | 'kiosk'
  until: Date | null
  made_at: Date
}

export interface QuestionnaireKioskTable {
  organization_id: string
  id: string
  name: string
  token_hash: Buffer
  tries: Generated<number>
  tries_since: Date | null
  made_at: Date
  made_by: string | null
  made_by_name: string
  ended_at: Date | null
}

export interface QuestionnaireInterviewTable {
  organization_id: string
  patient_id: string
  code: string
  staff_id: string
  corrects: string | null
  version: number
  submission: string
  draft_sealed: Buffer
  kept_at: Date
}

export interface QuestionnaireObservationTable {
  organization_id: string
  response_id: string
  place: string
  code: string
  observation_id: string
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    questionnaire: QuestionnaireTable
    questionnaire_invitation: QuestionnaireInvitationTable
    questionnaire_response: QuestionnaireResponseTable
    questionnaire_key: QuestionnaireKeyTable
    questionnaire_kiosk: QuestionnaireKioskTable
    questionnaire_interview: QuestionnaireInterviewTable
    questionnaire_observation: QuestionnaireObservationTable
  }
}
