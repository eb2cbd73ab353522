import type { IncomingPatient } from './incoming.ts'

/** An appointment as another system tells of it. */
export type IncomingAppointment = {
  patient: IncomingPatient
  placer: string | null
  filler: string | null
  status: 'booked' | 'arrived' | 'fulfilled' | 'cancelled' | 'noshow'
  /** Null only where it does not take place. */
  startsAt: Date | null
  minutes: number | null
  service: string
  department: string
  practitioner: string
  place: string
  because: string
  /** When the message was written there; null where it does not say. */
  toldAt: Date | null
}
