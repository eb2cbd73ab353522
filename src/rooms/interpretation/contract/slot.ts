import { z } from 'zod'
import { calendarDate, endpoint, pii, staffId } from '../../../platform/contract/index.ts'
import { slotId, slotView, way } from './words.ts'

const clockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)

export const listSlots = endpoint({
  name: 'interpretation.listSlots',
  method: 'GET',
  path: '/interpretation-slots',
  summary:
    'Times at which doctors explain reports; of booked ones that they are booked, and for whom if the reader may see it',
  gate: { permission: 'interpretation.read', audit: { action: 'interpretation.list-slots' } },
  query: z.object({
    from: calendarDate.optional(),
    days: z.coerce.number().int().min(1).max(62).default(14),
    doctorId: staffId.optional(),
    /** Only what can still be booked. */
    free: z.stringbool().optional(),
  }),
  output: z.object({
    rows: z.array(
      slotView.extend({
        booked: z.boolean(),
        past: z.boolean(),
        /** One of a row that repeats each week. */
        repeats: z.boolean(),
        patientName: pii('name', z.string()).nullable(),
        mine: z.boolean(),
      }),
    ),
    can: z.object({ offer: z.boolean() }),
  }),
})

export const addSlots = endpoint({
  name: 'interpretation.addSlots',
  method: 'POST',
  path: '/interpretation-slots',
  summary: 'Offer one’s own times: a span of a day cut into pieces, repeated each week if wished',
  gate: { permission: 'interpretation.do', audit: { action: 'interpretation.add-slots' } },
  body: z.object({
    on: calendarDate,
    from: clockTime,
    until: clockTime,
    /** Of one talk. */
    lengthMinutes: z.number().int().min(5).max(120),
    way,
    place: z.string().trim().max(300).default(''),
    /** The last day on which it may repeat; null: only this day. */
    repeatUntil: calendarDate.nullable().default(null),
  }),
  output: z.object({
    added: z.number().int(),
    /** Left out, since one has offered that time already. */
    skipped: z.number().int(),
  }),
  problems: ['InterpretationTimesUnfit'],
})

export const removeSlot = endpoint({
  name: 'interpretation.removeSlot',
  method: 'DELETE',
  path: '/interpretation-slots/:slotId',
  summary: 'Take one of one’s own times back, or with it all later ones of its row; booked ones stay',
  gate: { permission: 'interpretation.do', audit: { action: 'interpretation.remove-slot', subject: 'slotId' } },
  params: z.object({ slotId }),
  query: z.object({ following: z.stringbool().optional() }),
  output: z.object({ removed: z.number().int() }),
  problems: ['InterpretationSlotBooked'],
})
