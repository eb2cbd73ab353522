import { z } from 'zod'
import { calendarDate, id, instant, patientId, pii, staffId } from '../../../platform/contract/index.ts'

export const complaintId = id('complaint')

/** How it came to us. */
export const CHANNELS = ['visit', 'phone', 'message', 'letter', 'hotline', 'rating', 'other'] as const
/** Those that a person may choose; a rating opens its complaint by itself. */
export const HEARD_BY_US = [
  'visit',
  'phone',
  'message',
  'letter',
  'hotline',
  'other',
] as const satisfies readonly (typeof CHANNELS)[number][]
export const CATEGORIES = [
  'attitude',
  'waiting',
  'explanation',
  'treatment',
  'fee',
  'privacy',
  'environment',
  'other',
] as const
/** Who told it. */
export const SPEAKERS = ['person', 'family'] as const
/** What came of it. */
export const OUTCOMES = ['solved', 'explained', 'passed-on', 'withdrawn', 'no-agreement'] as const
export const STATES = ['open', 'closed'] as const
export const ACTS = ['recorded', 'handed-over', 'closed', 'reopened'] as const
export const CAN = ['hand-over', 'close', 'reopen'] as const

export type Channel = (typeof CHANNELS)[number]
export type Category = (typeof CATEGORIES)[number]
export type Speaker = (typeof SPEAKERS)[number]
export type Outcome = (typeof OUTCOMES)[number]
export type State = (typeof STATES)[number]
export type Act = (typeof ACTS)[number]
export type Can = (typeof CAN)[number]

export const words = (most: number) => pii('free-text', z.string().trim().min(2).max(most))

const person = z.object({ id: staffId, name: z.string() })

/** The rating that opened it by itself. */
export const origin = z.object({
  responseId: z.uuid(),
  /** From 1 to 5. */
  score: z.number().int(),
  department: z.string(),
  visitedOn: calendarDate.nullable(),
  /** Whether they asked to be called; null: they did not say. */
  wantsContact: z.boolean().nullable(),
})
export type Origin = z.output<typeof origin>

export const complaintLine = z.object({
  id: complaintId,
  patient: z.object({ id: patientId, name: pii('name', z.string()) }),
  state: z.enum(STATES),
  category: z.enum(CATEGORIES),
  channel: z.enum(CHANNELS),
  words: pii('free-text', z.string()),
  speaker: z.enum(SPEAKERS),
  relation: z.string(),
  receivedOn: calendarDate,
  recordedAt: instant,
  by: z.string(),
  owner: person,
  dueOn: calendarDate,
  /** Open, and the day has passed. */
  late: z.boolean(),
  closed: z
    .object({ at: instant, by: z.string(), outcome: z.enum(OUTCOMES), text: pii('free-text', z.string()) })
    .nullable(),
  origin: origin.nullable(),
  version: z.number().int(),
  can: z.array(z.enum(CAN)),
})
export type ComplaintLine = z.output<typeof complaintLine>

export const complaintView = complaintLine.extend({
  acts: z.array(
    z.object({
      version: z.number().int(),
      act: z.enum(ACTS),
      by: z.string(),
      at: instant,
      /** Who sees to it from then on. */
      owner: z.string(),
      dueOn: calendarDate,
      note: pii('free-text', z.string()),
    }),
  ),
})
export type ComplaintView = z.output<typeof complaintView>
