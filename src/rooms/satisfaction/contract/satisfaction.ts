import { z } from 'zod'
import { calendarDate, endpoint, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { FIGURES, LEFT_OUT } from './words.ts'

/** At most so many days at once. */
export const SPAN_DAYS = 366

/** Of 1, with its 95 % interval (Wilson); null below 30, where a share would say more than is known. */
export const share = z.object({
  count: z.number().int(),
  n: z.number().int(),
  share: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type Share = z.infer<typeof share>

export const figure = z.object({
  /** Answered ÷ asked: of the letters that left the house in the span. */
  response: share,
  /** Ratings that came in the span, by score from 5 down to 1. */
  counts: z.array(z.number().int()).length(5),
  n: z.number().int(),
  /** 4 or 5 ÷ all ratings. */
  good: share,
  /** Null below 30. */
  mean: z.number().nullable(),
  low: z.number().int(),
  complaints: z.number().int(),
})
export type Figure = z.infer<typeof figure>

/** The last 90 days, where nothing is said. */
const span = z.object({ from: calendarDate.optional(), until: calendarDate.optional() })
const department = z.string().max(120)

export const satisfactionFigures = z.object({
  from: calendarDate,
  until: calendarDate,
  all: figure,
  departments: z.array(figure.extend({ department })),
  leftOut: z.array(z.object({ reason: z.enum(LEFT_OUT), n: z.number().int() })),
  /** Whether people are asked at all. */
  on: z.boolean(),
  can: z.object({ words: z.boolean(), rules: z.boolean() }),
})
export type SatisfactionFigures = z.infer<typeof satisfactionFigures>

export const getSatisfaction = endpoint({
  name: 'satisfaction.figures',
  method: 'GET',
  path: '/satisfaction',
  summary: 'How content people were after their visits, and how many answered, by department',
  gate: { permission: 'satisfaction.read', audit: { none: 'counts only' } },
  query: span,
  output: satisfactionFigures,
  problems: ['SatisfactionSpanTooLong'],
})

export const satisfactionRow = z.object({
  id: z.string(),
  at: instant,
  /** Masked, and without its id, of whoever has not asked to be called and does not complain. */
  patient: z.object({ id: patientId.nullable(), name: pii('name', z.string()) }),
  department: z.string(),
  class: z.string().nullable(),
  visitedOn: calendarDate.nullable(),
  /** Null where nobody has answered. */
  answer: z
    .object({
      responseId: z.uuid(),
      score: z.number().int(),
      about: z.string().nullable(),
      hasWords: z.boolean(),
      wantsContact: z.boolean().nullable(),
      complaintId: z.uuid().nullable(),
      /** Words of danger to life: a person on duty calls, and nobody else reads them here. */
      danger: z.boolean(),
    })
    .nullable(),
  reason: z.enum(LEFT_OUT).nullable(),
})
export type SatisfactionRow = z.infer<typeof satisfactionRow>

export const satisfactionRows = endpoint({
  name: 'satisfaction.rows',
  method: 'GET',
  path: '/satisfaction/rows',
  summary: 'The ratings, or the visits that were asked about, behind a number, newest first',
  gate: { permission: 'satisfaction.read', audit: { action: 'satisfaction.rows' } },
  query: pageQuery.extend({
    ...span.shape,
    figure: z.enum(FIGURES).default('answered'),
    score: z.coerce.number().int().min(1).max(5).optional(),
    reason: z.enum(LEFT_OUT).optional(),
    department: department.optional(),
  }),
  output: pageOf(satisfactionRow),
  problems: ['SatisfactionSpanTooLong'],
})

export const openWords = endpoint({
  name: 'satisfaction.words',
  method: 'GET',
  path: '/satisfaction/answers/:responseId/words',
  summary: 'What one person wrote with their rating',
  gate: { permission: 'satisfaction.words', audit: { action: 'satisfaction.words', subject: 'responseId' } },
  params: z.object({ responseId: z.uuid() }),
  output: z.object({
    words: pii('free-text', z.string()).nullable(),
    /** They are with whoever is on duty. */
    withheld: z.boolean(),
  }),
})
