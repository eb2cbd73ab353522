import { z } from 'zod'
import { endpoint } from '../../../platform/contract/index.ts'
import { flag, ofPatient, recordedValue } from './record.ts'

/** One indicator of the patient: its last two values and how much there is. */
export const indicatorLine = z.object({
  code: z.string(),
  name: z.string(),
  panel: z.string(),
  latest: recordedValue,
  before: recordedValue.nullable(),
})

export const listIndicators = endpoint({
  name: 'observation.listIndicators',
  method: 'GET',
  path: '/patients/:patientId/indicators',
  summary: 'Every indicator the patient has a value of, by panel, with the last two values',
  gate: { permission: 'record.read', audit: { action: 'record.indicators', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    panels: z.array(z.object({ code: z.string(), name: z.string(), indicators: z.array(indicatorLine) })),
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
  lastChange: z.object({ difference: z.number(), percent: z.number().nullable(), days: z.number() }).nullable(),
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
  on: z.string(),
  title: z.string(),
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
        /** In the order of the reports; null where it was not measured. */
        cells: z.array(recordedValue.nullable()),
        flag: flag.nullable(),
      }),
    ),
  }),
})
