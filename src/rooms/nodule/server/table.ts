import type { Generated, GeneratedAlways } from 'kysely'
import type { Modality, Organ, Result, Side, Waiting } from '../contract/words.ts'

export interface NoduleSettingTable {
  organization_id: string
  organ: Organ
  version: number
  definition: unknown
  set_by: string
  set_by_name: string
  set_at: Date
}

export interface NoduleTable {
  organization_id: string
  id: string
  patient_id: string
  organ: Organ
  side: Side
  place: Generated<string>
  request_key: string
  state: Generated<'open' | 'closed'>
  waiting: Waiting | null
  waiting_since: string | null
  waiting_act_on: string | null
  waiting_level: Generated<number>
  recheck_id: string | null
  from_on: string | null
  due_on: string | null
  recheck_act_on: string | null
  recheck_level: Generated<number>
  act_on: GeneratedAlways<string | null>
  last_scan_on: string
  closed_at: Date | null
  closed_by: string | null
  closed_by_name: string | null
  result: Result | null
  result_text: string | null
  result_on: string | null
  created_at: Date
  version: Generated<number>
  moved: Generated<unknown>
}

export interface NoduleScanTable {
  organization_id: string
  id: string
  nodule_id: string
  request_key: string
  scanned_on: string
  modality: Modality
  report_id: string | null
  facility: Generated<string>
  gone: Generated<boolean>
  long_mm: number | null
  short_mm: number | null
  depth_mm: number | null
  solid_mm: number | null
  features: unknown
  report_text: Generated<string>
  radiologist: unknown
  corrects: string | null
  superseded_by: string | null
  superseded_because: string | null
  by_id: string | null
  by_name: string
  at: Date
}

export interface NoduleGradeTable {
  organization_id: string
  id: string
  nodule_id: string
  scan_id: string
  kind: 'category' | 'probability'
  state: 'proposed' | 'settled'
  source: 'report' | 'instrument' | 'physician'
  system: string | null
  category: string
  pct: number | null
  raw: Generated<string>
  instrument_version: string | null
  input: unknown
  output: unknown
  caveats: Generated<string[]>
  because: Generated<string>
  by_id: string | null
  by_name: string
  at: Date
  superseded_by: string | null
}

export interface NoduleRecheckTable {
  organization_id: string
  id: string
  nodule_id: string
  kind: 'recheck' | 'refer'
  source: 'radiologist' | 'guideline' | 'physician'
  system: string | null
  setting_version: number | null
  grade_id: string | null
  anchor_scan_id: string
  anchor_on: string
  months: number | null
  from_on: string
  due_on: string
  words: Generated<string>
  state: Generated<'open' | 'met' | 'replaced' | 'ended'>
  met_scan_id: string | null
  replaced_by: string | null
  task_id: string | null
  by_id: string | null
  by_name: string
  created_at: Date
  closed_at: Date | null
}

export interface NoduleTalkTable {
  organization_id: string
  id: string
  nodule_id: string
  request_key: string
  worries: unknown
  card_code: string | null
  card_version: number | null
  taught_back: boolean
  their_words: Generated<string>
  note: Generated<string>
  by_id: string
  by_name: string
  at: Date
}

export interface NoduleEventTable {
  organization_id: string
  nodule_id: string
  version: number
  kind: string
  note: Generated<string>
  detail: unknown
  by_id: string | null
  by_name: string
  at: Date
}

export interface NoduleCardTable {
  organization_id: string
  code: string
  version: number
  kind: 'education' | 'worry'
  state: 'draft' | 'active' | 'retired'
  definition: unknown
  changed_by: string | null
  changed_by_name: string
  changed_at: Date
  published_by: string | null
  published_by_name: string | null
  published_at: Date | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    nodule_setting: NoduleSettingTable
    nodule: NoduleTable
    nodule_scan: NoduleScanTable
    nodule_grade: NoduleGradeTable
    nodule_recheck: NoduleRecheckTable
    nodule_talk: NoduleTalkTable
    nodule_event: NoduleEventTable
    nodule_card: NoduleCardTable
  }
}
