import { z } from 'zod'
import {
  calendarDate,
  endpoint,
  id,
  instant,
  pageQuery,
  patientId,
  pii,
  staffId,
} from '../../../platform/contract/index.ts'
import { outcome } from './words.ts'

const permission = 'call.figures' as const

/**
 * coverage 覆盖率: somebody rang at least once ÷ follow-ups by telephone whose window ended in the span ·
 * connect 接通率: somebody answered ÷ calls made · consent 同意率: went on talking ÷ the person was on the line (went on,
 * refused, or wanted another time) · completion 完成率: the form or the task was done ÷ talks ·
 * handOver 转医生率: handed to the doctor ÷ calls that were answered.
 */
export const FIGURES = ['coverage', 'connect', 'consent', 'completion', 'handOver'] as const
export type FigureCode = (typeof FIGURES)[number]
/** Counted while one waits: a year at once, leap years too. */
export const SPAN_DAYS = 366

/** Per cent with one decimal, and the 95 % interval (Wilson); null below 30, where a share would say more than is known. */
export const rate = z.object({
  of: z.number().int(),
  n: z.number().int(),
  percent: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
})
export type Rate = z.infer<typeof rate>

const rates = z.object({ coverage: rate, connect: rate, consent: rate, completion: rate, handOver: rate })
const talk = z.object({
  /** Talks whose beginning somebody has noted. */
  talks: z.number().int(),
  totalSeconds: z.number().int(),
  medianSeconds: z.number().int().nullable(),
})
const departmentId = id('department')

/** The last 30 days, where nothing is said. */
const span = z.object({ from: calendarDate.optional(), until: calendarDate.optional() })

export const callFigures = z.object({
  from: calendarDate,
  until: calendarDate,
  all: z.object({ rates, talk, calls: z.number().int() }),
  days: z.array(
    z.object({
      day: calendarDate,
      due: z.number().int(),
      calls: z.number().int(),
      answered: z.number().int(),
      talkSeconds: z.number().int(),
    }),
  ),
  teams: z.array(
    z.object({
      departmentId: departmentId.nullable(),
      name: z.string().nullable(),
      rates,
      talk,
      calls: z.number().int(),
    }),
  ),
  /** By person, for the lead alone: to see who needs help, never a ranking. Null for anybody else. */
  people: z
    .array(
      z.object({
        staffId,
        name: z.string(),
        calls: z.number().int(),
        answered: z.number().int(),
        talkSeconds: z.number().int(),
      }),
    )
    .nullable(),
})
export type CallFigures = z.infer<typeof callFigures>

export const getCallFigures = endpoint({
  name: 'call-desk.figures',
  method: 'GET',
  path: '/call-figures',
  summary: 'Coverage, connect, consent, completion, hand-over and talk time of a span, by day and team',
  gate: { permission, audit: { none: 'counts only' } },
  query: span,
  output: callFigures,
  problems: ['CallSpanTooLong'],
})

export const figureRow = z.object({
  id: z.uuid(),
  at: instant.nullable(),
  on: calendarDate.nullable(),
  /** Masked, and without its id, where the reader may not see the person. */
  patient: z.object({ id: patientId.nullable(), name: pii('name', z.string()) }),
  by: z.string().nullable(),
  outcome: outcome.nullable(),
  talkSeconds: z.number().int().nullable(),
  /** Counts for the upper part of the fraction. */
  counts: z.boolean(),
})
export type FigureRow = z.infer<typeof figureRow>

export const figureRows = endpoint({
  name: 'call-desk.figureRows',
  method: 'GET',
  path: '/call-figures/rows',
  summary: 'The calls or follow-ups behind a figure, newest first',
  gate: { permission, audit: { action: 'call.figure-rows' } },
  query: pageQuery.extend({
    ...span.shape,
    figure: z.enum(FIGURES).default('connect'),
    /** Only what counts for the upper part. */
    part: z.enum(['all', 'counting']).default('all'),
    /** `none`: whoever stands in no department. */
    team: z.union([departmentId, z.literal('none')]).optional(),
  }),
  output: z.object({ rows: z.array(figureRow), next: z.string().nullable(), total: z.number().int().nullable() }),
  problems: ['CallSpanTooLong'],
})
