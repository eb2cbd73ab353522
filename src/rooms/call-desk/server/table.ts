import type { Generated } from 'kysely'
import type { SOUND_CONSENTS, SoundReason, SoundState } from '../contract/sound.ts'
import type { AnsweredBy, BlockReason, CallOutcome, Hold, SessionState, SubjectKind } from '../contract/words.ts'

export interface CallSessionTable {
  organization_id: string
  id: string
  patient_id: string
  subject_kind: SubjectKind
  subject_id: string
  title_zh: string
  title_en: string
  request: string
  due_on: string
  until_on: string
  script: unknown
  tries: number
  key: string
  staff_id: string
  staff_name: string
  department_id: string | null
  state: SessionState
  because: string
  claimed_at: Date
  claimed_until: Date
  talk_began_at: Date | null
  talk_ended_at: Date | null
  outcome: CallOutcome | null
  answered_by: AnsweredBy | null
  note: Generated<string>
  hand_back_reason: string | null
  next_at: Date | null
  lost: Generated<boolean>
  completed: Generated<boolean>
  handed_over: Generated<boolean>
  ended_at: Date | null
  moved: Generated<unknown>
}

export interface CallSubjectTable {
  organization_id: string
  kind: SubjectKind
  id: string
  patient_id: string
  tries: Generated<number>
  vain: Generated<number>
  next_at: Date | null
  promised: Generated<boolean>
  hold: Hold | null
  changed_at: Date
  moved: Generated<unknown>
}

export interface DoNotCallTable {
  organization_id: string
  id: string
  patient_id: string
  reason: BlockReason
  note: string
  since: Date
  until: Date | null
  by_id: string | null
  by_name: string
  lifted_at: Date | null
  lifted_by: string | null
  lifted_by_name: string | null
  lifted_because: string | null
  moved: Generated<unknown>
}

export interface CallRuleTable {
  organization_id: string
  version: number
  policy: unknown
  because: string
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
}

export interface CallSoundTable {
  organization_id: string
  id: string
  key: string
  call_id: string | null
  phone_index: Buffer | null
  phone_masked: string | null
  extension: string
  began_at: Date
  duration_ms: number
  consent: (typeof SOUND_CONSENTS)[number]
  state: SoundState
  reason: SoundReason | null
  loose_id: string | null
  digest: Buffer | null
  session_id: string | null
  told_at: Date
  settled_at: Date | null
  settled_by: string | null
  settled_by_name: string | null
  note: Generated<string>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    call_session: CallSessionTable
    call_subject: CallSubjectTable
    do_not_call: DoNotCallTable
    call_rule: CallRuleTable
    call_sound: CallSoundTable
  }
}
