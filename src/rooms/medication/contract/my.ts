import { z } from 'zod'
import { calendarDate, endpoint, instant, pii } from '../../../platform/contract/index.ts'
import { minute, OUTCOMES, scheduleId, SKIP_REASONS } from './words.ts'

/** What became of one dose. `clientId` is made up where it is ticked, so that sending twice ticks once. */
export const take = z
  .object({
    clientId: z.uuid(),
    scheduleId,
    on: calendarDate,
    minute,
    outcome: z.enum(OUTCOMES),
    /** Of a dose that was left out. */
    reason: z.enum(SKIP_REASONS).nullable().default(null),
    words: pii('free-text', z.string().trim().max(200)).default(''),
    /** When it was ticked, by the phone's own clock: it may arrive later. */
    at: instant.optional(),
  })
  .refine(
    ({ outcome, reason }) => (outcome === 'skipped') === (reason !== null),
    'a reason belongs to what was left out',
  )
export type Take = z.output<typeof take>

const given = z.object({
  clientId: z.uuid(),
  outcome: z.enum(OUTCOMES),
  reason: z.enum(SKIP_REASONS).nullable(),
  words: pii('free-text', z.string()),
  /** The colleague who noted it as one said it on the phone. */
  toldTo: z.string().nullable(),
})
export type Given = z.output<typeof given>

export const myMedicineView = z.object({
  today: calendarDate,
  /** Today first, then what yesterday still misses. */
  days: z.array(
    z.object({
      on: calendarDate,
      doses: z.array(
        z.object({
          scheduleId,
          minute: z.number().int(),
          name: pii('health', z.string()),
          dose: pii('health', z.string()),
          words: pii('free-text', z.string()),
          given: given.nullable(),
        }),
      ),
    }),
  ),
  /** What is taken, whatever day it is. */
  taking: z.array(
    z.object({
      id: scheduleId,
      name: pii('health', z.string()),
      dose: pii('health', z.string()),
      cadenceWords: z.string(),
      by: z.string(),
    }),
  ),
  reminded: z.boolean(),
  /** In hospital: others give the medicine. */
  resting: z.boolean(),
})
export type MyMedicineView = z.output<typeof myMedicineView>

export const myMedicine = endpoint({
  name: 'medication.my',
  method: 'GET',
  path: '/my/medicine',
  summary: 'What I take today, and what of yesterday is not noted yet',
  gate: { permission: 'patient', audit: { action: 'medication.open-own' } },
  output: myMedicineView,
})

export const myTake = endpoint({
  name: 'medication.myTake',
  method: 'POST',
  path: '/my/medicine/takes',
  summary: 'Note that a dose was taken, or left out and why',
  gate: { permission: 'patient', audit: { action: 'medication.take-own' } },
  body: take,
  output: z.object({ kept: z.boolean() }),
  problems: ['MedicationEnded', 'TakeUnfit', 'TakeTooLate'],
})

export const myTakeUndo = endpoint({
  name: 'medication.myTakeUndo',
  method: 'POST',
  path: '/my/medicine/takes/undo',
  summary: 'Take a note of today back',
  gate: { permission: 'patient', audit: { action: 'medication.untake-own' } },
  body: z.object({ clientId: z.uuid() }),
  output: z.object({ undone: z.boolean() }),
  problems: ['TakeTooLate'],
})

export const myMedicineReminder = endpoint({
  name: 'medication.myReminder',
  method: 'PUT',
  path: '/my/medicine/reminder',
  summary: 'Want reminders or not; off counts at once, also for what is just about to go out',
  gate: { permission: 'patient', audit: { action: 'medication.remind-own' } },
  body: z.object({ wanted: z.boolean() }),
  output: z.object({ wanted: z.boolean() }),
})
