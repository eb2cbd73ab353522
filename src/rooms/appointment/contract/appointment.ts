import { z } from 'zod'
import { calendarDate, endpoint, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import {
  about,
  act,
  appointmentId,
  appointmentStatus,
  appointmentTime,
  because,
  cancelledBy,
  clockTime,
  MARKS,
  revision,
} from './words.ts'

const appointment = z.object({
  id: appointmentId,
  status: appointmentStatus,
  on: calendarDate,
  from: clockTime,
  startsAt: z.string(),
  minutes: z.number().int().nullable(),
  /** When it was before it last moved. */
  movedFrom: z.object({ on: calendarDate, from: clockTime }).nullable(),
  service: pii('free-text', z.string()),
  department: z.string(),
  practitioner: z.string(),
  place: z.string(),
  bring: z.string(),
  cancelledBy: cancelledBy.nullable(),
  because: pii('free-text', z.string()),
  /** The hospital system that keeps it; empty: kept here. */
  source: z.string(),
  bookedBy: z.string(),
  changedBy: z.string(),
  changedAt: z.string(),
  revision,
  /** What this reader may do with it now. */
  can: z.array(act),
})
export type AppointmentLine = z.output<typeof appointment>

const changed = z.object({ id: appointmentId, revision })
const ofOne = z.object({ appointmentId })
const gate = (name: string) => ({
  permission: 'appointment.write' as const,
  audit: { action: `appointment.${name}`, subject: 'appointmentId' },
})

export const appointmentsOfPatient = endpoint({
  name: 'appointment.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/appointments',
  summary: 'The appointments of one person: those to come first, soonest first, then those that are over',
  gate: { permission: 'appointment.read', audit: { action: 'appointment.list-of-patient', patient: 'patientId' } },
  params: z.object({ patientId }),
  output: z.object({
    coming: z.array(appointment),
    over: z.array(appointment),
    can: z.object({ book: z.boolean() }),
  }),
})

export const listAppointments = endpoint({
  name: 'appointment.list',
  method: 'GET',
  path: '/appointments',
  summary: 'Who is expected on a day, in the order of the hours',
  gate: { permission: 'appointment.read', audit: { action: 'appointment.list' } },
  query: pageQuery.extend({
    on: calendarDate.optional(),
    department: z.string().max(60).optional(),
    status: appointmentStatus.optional(),
  }),
  output: pageOf(
    appointment.extend({
      patient: z.object({
        id: patientId,
        name: pii('name', z.string()),
        sex: z.string(),
        ageYears: z.number().int().nullable(),
        phoneMasked: z.string().nullable(),
      }),
    }),
  ),
})

export const countAppointments = endpoint({
  name: 'appointment.count',
  method: 'GET',
  path: '/appointments/count',
  summary: 'How many stand where on a day, and which departments have any',
  gate: { permission: 'appointment.read', audit: { none: 'numbers and names of departments, of no person' } },
  query: z.object({ on: calendarDate.optional() }),
  output: z.object({ counts: z.record(appointmentStatus, z.number().int()), departments: z.array(z.string()) }),
})

export const bookAppointment = endpoint({
  name: 'appointment.book',
  method: 'POST',
  path: '/patients/:patientId/appointments',
  summary: 'Book an appointment; the same key again is the same appointment',
  gate: { permission: 'appointment.write', audit: { action: 'appointment.book', patient: 'patientId' } },
  params: z.object({ patientId }),
  body: about.extend({ ...appointmentTime.shape, key: z.uuid() }),
  output: changed,
  problems: ['AppointmentTimePast', 'AppointmentTimeFar', 'AppointmentPatientGone'],
})

export const moveAppointment = endpoint({
  name: 'appointment.move',
  method: 'POST',
  path: '/appointments/:appointmentId/move',
  summary: 'Another time; reminders of the old one are withdrawn and planned anew',
  gate: gate('move'),
  params: ofOne,
  body: appointmentTime.extend({ revision }),
  output: changed,
  problems: [
    'AppointmentTimePast',
    'AppointmentTimeFar',
    'AppointmentPatientGone',
    'AppointmentElsewhere',
    'AppointmentNotNow',
    'ChangedMeanwhile',
  ],
})

export const cancelAppointment = endpoint({
  name: 'appointment.cancel',
  method: 'POST',
  path: '/appointments/:appointmentId/cancellation',
  summary: 'Cancel it, with a reason; reminders that have not gone out are withdrawn',
  gate: gate('cancel'),
  params: ofOne,
  body: z.object({ because, revision }),
  output: changed,
  problems: ['AppointmentElsewhere', 'AppointmentNotNow', 'ChangedMeanwhile'],
})

export const markAppointment = endpoint({
  name: 'appointment.mark',
  method: 'POST',
  path: '/appointments/:appointmentId/status',
  summary: 'Say that somebody has arrived, was seen or did not come; `booked` takes that or a cancellation back',
  gate: gate('mark'),
  params: ofOne,
  body: z.object({ status: z.enum(MARKS), revision }),
  output: changed,
  problems: ['AppointmentElsewhere', 'AppointmentNotNow', 'AppointmentPatientGone', 'ChangedMeanwhile'],
})
