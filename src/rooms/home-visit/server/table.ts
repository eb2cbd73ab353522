import type { Generated } from 'kysely'
import type { CONSENT_EVENTS, OUTCOMES, PLACES, POSITIONS, SAID_BY } from '../contract/words.ts'

export interface HomeVisitTable {
  organization_id: string
  id: string
  patient_id: string
  key: string
  follow_up_id: string | null
  task_id: string | null
  task_done: Generated<boolean>
  state: Generated<'stands' | 'error'>
  error_because: Generated<string>
  version: Generated<number>
  arrived_at: Date
  staff_id: string
  staff_name: string
  recorded_at: Date
  moved: Generated<unknown>
}

export interface HomeVisitVersionTable {
  organization_id: string
  visit_id: string
  version: number
  outcome: (typeof OUTCOMES)[number]
  arrived_at: Date
  left_at: Date
  place: (typeof PLACES)[number]
  address_sealed: Buffer
  position: (typeof POSITIONS)[number]
  position_sealed: Buffer | null
  present: string[]
  present_note: string
  findings: unknown
  seen: string
  next: string
  digest: Buffer
  because: string
  by_id: string
  by_name: string
  at: Date
}

export interface HomeVisitPhotoConsentTable {
  organization_id: string
  visit_id: string
  number: number
  event: (typeof CONSENT_EVENTS)[number]
  said_by: (typeof SAID_BY)[number]
  at: Date
  by_id: string | null
  by_name: string
}

export interface HomeVisitPhotoTable {
  organization_id: string
  id: string
  visit_id: string
  key: string
  digest: Buffer
  media: string
  width: number
  height: number
  size_bytes: number
  sealed_key: Buffer | null
  sealed_bytes: number
  label: string
  at: Date
  by_id: string
  by_name: string
  deleted_at: Date | null
  deleted_because: 'withdrawn' | 'by-hand' | 'error' | null
  file_removed_at: Date | null
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    home_visit: HomeVisitTable
    home_visit_version: HomeVisitVersionTable
    home_visit_photo_consent: HomeVisitPhotoConsentTable
    home_visit_photo: HomeVisitPhotoTable
  }
}
