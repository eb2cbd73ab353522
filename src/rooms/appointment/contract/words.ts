import { z } from 'zod'
import { calendarDate, id, pii } from '../../../platform/contract/index.ts'

/** FHIR Appointment.status, those that a hospital that books by itself needs. */
export const STATUSES = ['booked', 'arrived', 'fulfilled', 'cancelled', 'noshow'] as const
export const appointmentStatus = z.enum(STATUSES)
export type AppointmentStatus = (typeof STATUSES)[number]

/** What can be said of an appointment besides that it moves or is cancelled: taken back where somebody erred. */
export const MARKS = ['arrived', 'fulfilled', 'noshow', 'booked'] as const
export type Mark = (typeof MARKS)[number]
export const ACTS = ['move', 'cancel', ...MARKS] as const
export const act = z.enum(ACTS)
export type Act = (typeof ACTS)[number]

export const appointmentId = id('appointment')
/** `09:30`, on the organization's clock. */
export const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
export const revision = z.number().int().positive()
export const because = z.string().trim().min(2).max(300)

/** What the appointment is for and where. Of health it says no more than a booking slip does. */
export const about = z.object({
  /** FHIR serviceType, in words: 复诊, 体检. */
  service: pii('free-text', z.string().trim().min(1).max(60)),
  department: z.string().trim().max(60).default(''),
  practitioner: z.string().trim().max(60).default(''),
  place: z.string().trim().max(120).default(''),
  /** FHIR patientInstruction: the person reads it on their own pages. */
  bring: z.string().trim().max(300).default(''),
})

export const appointmentTime = z.object({
  on: calendarDate,
  from: clockTime,
  minutes: z.number().int().min(5).max(720).nullable().default(null),
})

/** Who ended it: people with a reason, a death, or the hospital system with or without one. */
export const CANCELLED_BY = ['person', 'death', 'system'] as const
export const cancelledBy = z.enum(CANCELLED_BY)
