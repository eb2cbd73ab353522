import type { Generated } from 'kysely'
import type { RecogniserFailure } from '../../../platform/speech/recogniser.ts'
import type { CONSENT_EVENTS, RecordingClass, RecordingState, SOURCES, SubjectKind } from '../contract/words.ts'

export interface RecordingTable {
  organization_id: string
  id: string
  patient_id: string
  key: string
  class: RecordingClass
  subject_kind: SubjectKind
  subject_id: string | null
  call_id: Generated<string | null>
  source: Generated<(typeof SOURCES)[number]>
  state: RecordingState
  media: string
  staff_id: string
  staff_name: string
  begun_at: Date
  last_piece_at: Date | null
  ended_at: Date | null
  expected_pieces: number | null
  pieces: Generated<number>
  bytes: Generated<string>
  sealed_bytes: Generated<string>
  duration_ms: Generated<number>
  sealed_key: Buffer | null
  held_at: Date | null
  held_by_name: string | null
  held_because: string | null
  deleted_at: Date | null
  deleted_because: 'retention' | 'withdrawn' | null
  deleted_rule: string | null
  file_removed_at: Date | null
  plays: Generated<number>
  moved: Generated<unknown>
}

export interface RecordingPieceTable {
  organization_id: string
  recording_id: string
  number: number
  key: string
  at_byte: string
  sealed_size: number
  size: number
  duration_ms: number
  peaks: Buffer
  received_at: Date
}

export interface RecordingConsentTable {
  organization_id: string
  recording_id: string
  id: string
  event: (typeof CONSENT_EVENTS)[number]
  line_version: number
  at: Date
  by_id: string | null
  by_name: string
}

export interface RecordingPlayTable {
  organization_id: string
  recording_id: string
  id: string
  staff_id: string
  staff_name: string
  reason: string
  at: Date
  expires_at: Date
}

export interface RecordingMarkTable {
  organization_id: string
  recording_id: string
  ref: string
  at_ms: number
  label: string
}

export interface RecordingLineTable {
  organization_id: string
  version: number
  zh: string
  en: string
  transcript: boolean
  made_at: Date
  made_by: string | null
  made_by_name: string
}

export interface RecordingSettingTable {
  organization_id: string
  enabled: boolean
  transcribe: boolean
  classes: unknown
  revision: number
  changed_at: Date
  changed_by: string | null
  changed_by_name: string
}

export interface RecordingTranscriptTable {
  organization_id: string
  recording_id: string
  id: string
  version: number
  recogniser: string | null
  by_id: string | null
  by_name: string | null
  made_at: Date
  sealed_text: Buffer
}

export interface RecordingTranscriptionTable {
  organization_id: string
  recording_id: string
  state: 'waiting' | 'done' | 'failed'
  attempts: number
  next_at: Date | null
  why: RecogniserFailure | null
  words: string | null
  asked_at: Date
  changed_at: Date
}

export interface RecordingLooseTable {
  organization_id: string
  id: string
  media: string
  sealed_key: Buffer | null
  pieces: unknown
  bytes: string
  sealed_bytes: string
  duration_ms: number
  digest: Buffer
  received_at: Date
  file_removed_at: Date | null
}

export interface RecordingStreamTable {
  organization_id: string
  id: string
  recording_id: string
  connection: string | null
  seen_at: Date | null
  claimed_at: Date | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    recording: RecordingTable
    recording_piece: RecordingPieceTable
    recording_consent: RecordingConsentTable
    recording_play: RecordingPlayTable
    recording_mark: RecordingMarkTable
    recording_line: RecordingLineTable
    recording_setting: RecordingSettingTable
    recording_transcript: RecordingTranscriptTable
    recording_transcription: RecordingTranscriptionTable
    recording_loose: RecordingLooseTable
    recording_stream: RecordingStreamTable
  }
}
