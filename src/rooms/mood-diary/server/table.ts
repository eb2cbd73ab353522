import type { Generated } from 'kysely'
import type { Readers } from '../contract/words.ts'

export interface MoodEntryTable {
  organization_id: string
  id: string
  patient_id: string
  client_key: string
  on_day: string
  mood: number
  sleep_hours: number | null
  note_sealed: Buffer | null
  readers: Readers
  revision: Generated<number>
  written_at: Date
  changed_at: Date
  moved: Generated<unknown>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    mood_entry: MoodEntryTable
  }
}
