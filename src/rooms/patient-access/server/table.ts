import type { Generated } from 'kysely'
import type { Device, EndedBecause, SentBy, WayState } from '../contract/words.ts'

export interface PatientWayTable {
  organization_id: string
  id: string
  patient_id: string
  token_hash: Buffer
  page: string
  sent_by: SentBy
  state: Generated<WayState>
  tries: Generated<number>
  made_at: Date
  made_by: string | null
  made_by_name: string
  expires_at: Date
  opens: Generated<number>
  opened_at: Date | null
  moved: Generated<unknown>
}

export interface PatientSessionTable {
  organization_id: string
  id: string
  patient_id: string
  way_id: string
  token_hash: Buffer
  stays: boolean
  device: Device
  opened_at: Date
  last_seen_at: Date
  expires_at: Date
  ended_at: Date | null
  ended_because: EndedBecause | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    patient_way: PatientWayTable
    patient_session: PatientSessionTable
  }
}
