import { z } from 'zod'
import { event, patientId } from '../../../platform/contract/index.ts'

/** A hospital system tells of an appointment of somebody who is known here (HL7 SIU). */
export const appointmentTold = event(
  'report-intake.appointment-told',
  z.object({
    patientId,
    source: z.string(),
    /** SCH-1 and SCH-2; one of them at least. */
    placer: z.string().nullable(),
    filler: z.string().nullable(),
    status: z.enum(['booked', 'arrived', 'fulfilled', 'cancelled', 'noshow']),
    /** Null where a cancellation names no time. */
    startsAt: z.iso.datetime().nullable(),
    minutes: z.number().int().nullable(),
    service: z.string(),
    department: z.string(),
    practitioner: z.string(),
    place: z.string(),
    because: z.string(),
    /** When it was written there: what is older than the newest heard is too late. */
    toldAt: z.iso.datetime(),
  }),
)
