import { z } from 'zod'
import { calendarDate, endpoint, pii } from '../../../platform/contract/index.ts'
import { flag, ofPatient, recordedValue } from './record.ts'

/**
 * `[day, value, flag, low, high, comparator, text, line]` of one result, as short as it can be, since a life has thousands.
 * `text` stands in place of a number or behind it. Points of the same `line` were measured alike and may be joined;
 * null stands alone.
 */
export const compactPoint = z.tuple([
  calendarDate,
  pii('health', z.number()).nullable(),
  flag.nullable(),
  z.number().nullable(),
  z.number().nullable(),
  z.enum(['<', '<=', '>', '>=']).nullable(),
  pii('health', z.string()).nullable(),
  z.number().int().nullable(),
])
export type CompactPoint = z.infer<typeof compactPoint>

const interval = z.object({ low: z.number().nullable(), high: z.number().nullable() })

/** One indicator of the patient, small: its course and what can be said of it. */
export const smallCourse = z.object({
  code: z.string(),
  name: z.string(),
  /** What it tells, in one plain sentence; empty for a laboratory's own item. */
  meaning: z.string(),
  /** Hepatitis B: never printed with the rest (R13). */
  apart: z.boolean(),
  unitPrinted: z.string(),
  decimals: z.number().int(),
  /** `number` is drawn, the others are listed. */
  kind: z.enum(['number', 'other']),
  /** Our own interval, for where the laboratory gave none. */
  ours: interval.nullable(),
  /** Oldest first; of very many, those that keep the shape. */
  points: z.array(compactPoint),
  /** How many results there are, drawn or not. */
  count: z.number().int(),
  /** One short sentence on where it goes. */
  course: z.string().nullable(),
  firstAbnormalOn: calendarDate.nullable(),
})
export type SmallCourse = z.infer<typeof smallCourse>

export const listIndicators = endpoint({
  name: 'observation.listIndicators',
  method: 'GET',
  path: '/patients/:patientId/indicators',
  summary: 'Every indicator the patient has a value of, by panel, each with its course over the years',
  gate: { permission: 'record.read', audit: { action: 'record.indicators', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    panels: z.array(z.object({ code: z.string(), name: z.string(), indicators: z.array(smallCourse) })),
    can: z.object({ write: z.boolean() }),
  }),
})

/** Values that may be joined by a line: one method, one unit. */
export const series = z.object({
  method: z.string().nullable(),
  unit: z.string().nullable(),
  points: z.array(recordedValue),
  /** From three different days on. */
  slopePerYear: z.object({ slope: z.number(), low: z.number().nullable(), high: z.number().nullable() }).nullable(),
  course: z.enum(['rising', 'falling', 'unclear']),
  lastChange: z
    .object({
      difference: z.number(),
      percent: z.number().nullable(),
      days: z.number(),
      /** More than the usual ups and downs; null where those are not known. */
      beyondVariation: z.boolean().nullable(),
    })
    .nullable(),
  /** Points that give no exact number: shown, but not reckoned with. */
  inexact: z.number().int(),
})
export type Series = z.infer<typeof series>

export const indicatorCourse = z.object({
  code: z.string(),
  name: z.string(),
  meaning: z.string(),
  panel: z.string(),
  unitPrinted: z.string(),
  decimals: z.number().int(),
  /** `number` is drawn, the others are listed. */
  kind: z.enum(['number', 'other']),
  /** Our own interval, for where the laboratory gave none. */
  ours: z.object({ low: z.number().nullable(), high: z.number().nullable(), source: z.string() }).nullable(),
  /** The longest first. */
  series: z.array(series),
  firstAbnormalOn: z.string().nullable(),
  /** Whole sentences on course and latest change, then what one has to know to read the picture. */
  words: z.array(z.string()),
  /** Days on which method or unit changed: the line breaks there. */
  brokenOn: z.array(calendarDate),
  /** From how many percent on a rise or fall is more than the usual ups and downs. */
  variation: z.object({ upPercent: z.number(), downPercent: z.number(), source: z.string() }).nullable(),
  /** What was corrected or withdrawn, newest first. */
  ended: z.array(recordedValue),
  /** Only the latest values are here; there are older ones. */
  shortened: z.boolean(),
})
export type IndicatorCourse = z.infer<typeof indicatorCourse>

/** What happened beside the values: marked on the axis. */
export const courseEvent = z.object({
  id: z.string(),
  kind: z.enum(['condition', 'procedure', 'medication', 'encounter']),
  on: calendarDate,
  /** Of a stay or a drug that was stopped. */
  endedOn: calendarDate.nullable(),
  title: pii('health', z.string()),
})
export type CourseEvent = z.infer<typeof courseEvent>

export const getCourses = endpoint({
  name: 'observation.courses',
  method: 'GET',
  path: '/patients/:patientId/courses',
  summary: 'The course over the years of a panel or of chosen indicators (历年指标趋势)',
  gate: { permission: 'record.read', audit: { action: 'record.courses', patient: 'patientId' } },
  params: ofPatient,
  query: z
    .object({ panel: z.string().max(40).optional(), codes: z.string().max(1200).optional() })
    .refine((query) => (query.panel === undefined) !== (query.codes === undefined), { message: 'panel or codes' }),
  output: z.object({ indicators: z.array(indicatorCourse), events: z.array(courseEvent) }),
})

export const COMPARED_MOST = 6

/** Against the exam before that has the item, where both are exact numbers of one unit and method. */
const change = z.object({
  difference: z.number(),
  percent: z.number().nullable(),
  beyondVariation: z.boolean().nullable(),
})

export const compareReports = endpoint({
  name: 'observation.compareReports',
  method: 'GET',
  path: '/patients/:patientId/comparison',
  summary: 'Any two to six reports side by side, one row per item',
  gate: { permission: 'record.read', audit: { action: 'record.compare', patient: 'patientId' } },
  params: ofPatient,
  query: z.object({ reports: z.string().max(300) }),
  output: z.object({
    reports: z.array(z.object({ id: z.string(), title: z.string(), at: z.string(), performer: z.string() })),
    rows: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        panel: z.string(),
        panelName: z.string(),
        meaning: z.string(),
        /** Hepatitis B: never printed with the rest (R13). */
        apart: z.boolean(),
        /** Our own interval, for where the laboratory gave none. */
        ours: interval.nullable(),
        /** In the order of the reports; null where it was not measured. */
        cells: z.array(recordedValue.extend({ change: change.nullable() }).nullable()),
        flag: flag.nullable(),
      }),
    ),
  }),
})
