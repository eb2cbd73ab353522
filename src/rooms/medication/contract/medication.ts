import { z } from 'zod'
import { calendarDate, endpoint, instant, patientId, pii } from '../../../platform/contract/index.ts'
import {
  adherence,
  DAY_MARKS,
  END_REASONS,
  ENDS_BY_HAND,
  OUTCOMES,
  SCHEDULE_STATES,
  scheduleContent,
  scheduleId,
  SKIP_REASONS,
} from './words.ts'

export const scheduleVersion = z.object({
  version: z.number().int(),
  content: scheduleContent,
  since: instant,
  by: z.string(),
})

export const scheduleView = z.object({
  id: scheduleId,
  state: z.enum(SCHEDULE_STATES),
  version: z.number().int(),
  content: scheduleContent,
  /** From the medication of the record, as it stood when this was written. */
  fromRecord: z.boolean(),
  /** Newest first; none of them ever changes. */
  versions: z.array(scheduleVersion),
  adherence,
  /** The last four weeks, oldest first. */
  strip: z.array(z.object({ on: calendarDate, mark: z.enum(DAY_MARKS) })),
  /** What was said of the doses that were left out, newest first. */
  skipped: z.array(
    z.object({
      on: calendarDate,
      minute: z.number().int(),
      reason: z.enum(SKIP_REASONS),
      words: pii('free-text', z.string()),
      /** The colleague who noted it as the person said it; null: they noted it themselves. */
      toldTo: z.string().nullable(),
    }),
  ),
  /** The doses of today and yesterday whose time has come, newest first: what the person says of them may be noted. */
  recent: z.array(
    z.object({
      on: calendarDate,
      minute: z.number().int(),
      given: z
        .object({
          id: z.uuid(),
          outcome: z.enum(OUTCOMES),
          reason: z.enum(SKIP_REASONS).nullable(),
          words: pii('free-text', z.string()),
          toldTo: z.string().nullable(),
          at: instant,
        })
        .nullable(),
      can: z.array(z.enum(['note', 'undo'])),
    }),
  ),
  endedAt: instant.nullable(),
  endReason: z.enum(END_REASONS).nullable(),
  endNote: pii('free-text', z.string()),
  endedBy: z.string().nullable(),
  can: z.array(z.enum(['change', 'end', 'undo-end'])),
})
export type ScheduleView = z.output<typeof scheduleView>

export const medicationView = z.object({
  schedules: z.array(scheduleView),
  /** What the record says is taken and no reminder is written for yet. */
  choices: z.array(
    z.object({
      id: z.uuid(),
      name: pii('health', z.string()),
      dose: pii('health', z.string()),
    }),
  ),
  /** The person wants no reminders, since then. */
  offSince: instant.nullable(),
  /** In hospital: nothing is due and nobody is reminded. */
  restingSince: calendarDate.nullable(),
  rule: z.object({ skippedRun: z.number().int(), silentDays: z.number().int().nullable() }),
  can: z.object({ write: z.boolean() }),
})
export type MedicationView = z.output<typeof medicationView>

const ofPatient = z.object({ patientId })
const ofSchedule = ofPatient.extend({ scheduleId })
const ofAct = { patient: 'patientId', subject: 'scheduleId' } as const

export const listMedication = endpoint({
  name: 'medication.list',
  method: 'GET',
  path: '/patients/:patientId/medication',
  summary: 'What a person takes and when, how it goes, and what came before',
  gate: { permission: 'medication.read', audit: { action: 'medication.open', patient: 'patientId' } },
  params: ofPatient,
  output: medicationView,
})

export const startMedication = endpoint({
  name: 'medication.start',
  method: 'POST',
  path: '/patients/:patientId/medication',
  summary: 'Write down what is taken at which times; the id is made where it is written, so that twice is once',
  gate: { permission: 'medication.write', audit: { action: 'medication.start', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    id: scheduleId,
    /** A medication of the record. */
    medicationId: z.uuid().nullable().default(null),
    content: scheduleContent,
  }),
  output: medicationView,
  problems: ['MedicationNotInRecord', 'MedicationPatientNotActive', 'MedicationSpanUnfit', 'MedicationTwice'],
})

export const changeMedication = endpoint({
  name: 'medication.change',
  method: 'PUT',
  path: '/patients/:patientId/medication/:scheduleId',
  summary: 'The next version counts from now on; what was due before stays as it was',
  gate: { permission: 'medication.write', audit: { action: 'medication.change', ...ofAct } },
  params: ofSchedule,
  body: z.object({ version: z.number().int(), content: scheduleContent }),
  output: medicationView,
  problems: ['ChangedMeanwhile', 'MedicationEnded', 'MedicationSpanUnfit'],
})

export const endMedication = endpoint({
  name: 'medication.end',
  method: 'POST',
  path: '/patients/:patientId/medication/:scheduleId/end',
  summary: 'It is not taken any more, with the reason; reminders stop at once',
  gate: { permission: 'medication.write', audit: { action: 'medication.end', ...ofAct } },
  params: ofSchedule,
  body: z.object({
    reason: z.enum(ENDS_BY_HAND),
    note: pii('free-text', z.string().trim().max(200)).default(''),
  }),
  output: medicationView,
  problems: ['MedicationEnded'],
})

export const undoEndMedication = endpoint({
  name: 'medication.undoEnd',
  method: 'POST',
  path: '/patients/:patientId/medication/:scheduleId/end/undo',
  summary: 'Take back an end of today',
  gate: { permission: 'medication.write', audit: { action: 'medication.undo-end', ...ofAct } },
  params: ofSchedule,
  output: medicationView,
  problems: ['MedicationEndNotUndoable', 'MedicationTwice'],
})
