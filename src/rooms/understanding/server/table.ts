import type { Generated } from 'kysely'
import type { Act, EntryKind, Said } from '../contract/words.ts'

export interface UnderstandingEntryTable {
  organization_id: string
  id: string
  patient_id: string
  kind: EntryKind
  words: string
  speaker: Said['speaker']
  relation: string
  source: Said['source']
  heard_on: string
  written_at: Date
  written_by: string | null
  written_by_name: string
  corrects: string | null
  ended_at: Date | null
  ended_by_name: string | null
  ended_by_patient: Generated<boolean>
  ended_because: Generated<string>
  corrected: Generated<boolean>
  merge_id: string | null
  home_id: string | null
}

export interface UnderstandingActTable {
  organization_id: string
  id: string
  entry_id: string
  act: Act
  by_patient: boolean
  by_id: string | null
  by_name: string
  at: Date
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    understanding_entry: UnderstandingEntryTable
    understanding_act: UnderstandingActTable
  }
}
