import { z } from 'zod'
import {
  bilingual,
  calendarDate,
  endpoint,
  instant,
  pageOf,
  pageQuery,
  patientId,
  pii,
} from '../../../platform/contract/index.ts'
import { sex } from '../../patient/contract/person.ts'
import { occurrenceId, occurrenceState, protocolCode, visitClass } from './words.ts'

/** to-do: due, and missed whose plan still runs. */
export const STATE_FILTERS = ['to-do', 'due', 'missed', 'planned', 'done', 'all'] as const

export const visitFilter = z.object({
  state: z.enum(STATE_FILTERS).optional(),
  protocol: protocolCode.optional(),
  /** Days on which it is due. */
  dueFrom: calendarDate.optional(),
  dueTo: calendarDate.optional(),
  lost: z.stringbool().optional(),
})

export const visitLine = z.object({
  id: occurrenceId,
  patient: z.object({
    id: patientId,
    name: pii('name', z.string()),
    sex,
    ageYears: z.number().int().nullable(),
    phoneMasked: z.string().nullable(),
  }),
  protocol: protocolCode,
  protocolName: bilingual,
  stepName: bilingual,
  way: z.enum(['face-to-face', 'phone', 'any', 'message']),
  state: occurrenceState,
  rank: z.number().int(),
  windowFrom: calendarDate,
  dueOn: calendarDate,
  windowUntil: calendarDate,
  /** Class of the visit before. */
  lastClass: visitClass.nullable(),
  class: visitClass.nullable(),
  attempts: z.number().int(),
  callBackAt: instant.nullable(),
  lost: z.boolean(),
  /** Missed, and still what is to be done next. */
  overdue: z.boolean(),
  ownerName: z.string().nullable(),
  actualOn: calendarDate.nullable(),
})
export type VisitLine = z.infer<typeof visitLine>

export const listVisits = endpoint({
  name: 'follow-up.list',
  method: 'GET',
  path: '/follow-ups',
  summary: 'Follow-ups of the people one looks after: what is urgent first, then what ends first',
  gate: { permission: 'follow-up.read', audit: { action: 'follow-up.list' } },
  query: pageQuery.extend(visitFilter.shape),
  output: pageOf(visitLine),
})

export const countVisits = endpoint({
  name: 'follow-up.calendar',
  method: 'GET',
  path: '/follow-ups/calendar',
  summary: 'How many follow-ups fall due on each of the next days, and how many wait',
  gate: { permission: 'follow-up.read', audit: { none: 'counts only' } },
  query: z.object({ days: z.coerce.number().int().min(1).max(62).default(14) }),
  output: z.object({
    today: calendarDate,
    /** Windows that are open, that end today, and that were missed; each up to 1,000. */
    due: z.number().int(),
    endingToday: z.number().int(),
    missed: z.number().int(),
    days: z.array(z.object({ day: calendarDate, count: z.number().int() })),
    protocols: z.array(z.object({ code: protocolCode, name: bilingual, count: z.number().int() })),
  }),
})
