import type { Generated } from 'kysely'
import type { AppointmentStatus, CANCELLED_BY } from '../contract/words.ts'

export interface AppointmentTable {
  organization_id: string
  id: string
  patient_id: string
  key: string | null
  status: AppointmentStatus
  starts_at: Date
  minutes: number | null
  moved_from: Date | null
  service: string
  department: string
  practitioner: string
  place: string
  bring: string
  cancelled_by: (typeof CANCELLED_BY)[number] | null
  because: string
  source: string
  placer: string | null
  filler: string | null
  told_at: Date | null
  booked_by: string
  booked_at: Date
  changed_by: string
  changed_at: Date
  revision: Generated<number>
  moved: Generated<unknown>
}

declare module '../../../platform/database/schema.ts' {
  interface Database {
    appointment: AppointmentTable
  }
}
