import { z } from 'zod'
import { calendarDate, endpoint, patientId, pii } from '../../../platform/contract/index.ts'
import { medicationView } from './medication.ts'
import { minute, OUTCOMES, scheduleId, SKIP_REASONS } from './words.ts'

const ofPatient = z.object({ patientId })

export const takeTold = endpoint({
  name: 'medication.takeTold',
  method: 'POST',
  path: '/patients/:patientId/medication/takes',
  summary: 'Note what a person says became of a dose; the id is made where it is written, so that twice is once',
  gate: { permission: 'medication.write', audit: { action: 'medication.take-told', patient: 'patientId' } },
  params: ofPatient,
  body: z
    .object({
      clientId: z.uuid(),
      scheduleId,
      on: calendarDate,
      minute,
      outcome: z.enum(OUTCOMES),
      /** Of a dose that was left out, as the person says it. */
      reason: z.enum(SKIP_REASONS).nullable().default(null),
      words: pii('free-text', z.string().trim().max(200)).default(''),
    })
    .refine(
      ({ outcome, reason }) => (outcome === 'skipped') === (reason !== null),
      'a reason belongs to what was left out',
    ),
  output: medicationView,
  problems: ['MedicationEnded', 'TakeUnfit', 'TakeTooLate', 'TakeTheirOwn', 'MedicationPatientNotActive'],
})

export const takeToldUndo = endpoint({
  name: 'medication.takeToldUndo',
  method: 'POST',
  path: '/patients/:patientId/medication/takes/:takeId/undo',
  summary: 'Take back what a colleague noted today; what the person has noted themselves stays theirs',
  gate: {
    permission: 'medication.write',
    audit: { action: 'medication.untake-told', patient: 'patientId', subject: 'takeId' },
  },
  params: ofPatient.extend({ takeId: z.uuid() }),
  output: medicationView,
  problems: ['TakeTooLate', 'TakeTheirOwn'],
})
