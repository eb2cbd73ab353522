import { z } from 'zod'
import { calendarDate, endpoint, pii } from '../../../platform/contract/index.ts'
import { compactPoint, smallCourse } from './indicators.ts'
import { flag } from './record.ts'

const newest = z.object({
  on: calendarDate,
  value: pii('health', z.number()).nullable(),
  text: pii('health', z.string()).nullable(),
  comparator: z.enum(['<', '<=', '>', '>=']).nullable(),
  flag: flag.nullable(),
})
export type Newest = z.infer<typeof newest>

const ownIndicator = z.object({
  code: z.string(),
  name: z.string(),
  unitPrinted: z.string(),
  decimals: z.number().int(),
  newest,
  count: z.number().int(),
  /** One short sentence on where it goes. */
  course: z.string().nullable(),
})
export type OwnIndicator = z.infer<typeof ownIndicator>

export const listOwnIndicators = endpoint({
  name: 'observation.ownIndicators',
  method: 'GET',
  path: '/my/trends',
  summary: 'The own indicators with their newest value; what somebody has to tell the person first is left out',
  gate: { permission: 'patient', proxy: 'view', audit: { action: 'my.trends' } },
  output: z.object({
    panels: z.array(z.object({ code: z.string(), name: z.string(), indicators: z.array(ownIndicator) })),
  }),
})

export const readOwnTrend = endpoint({
  name: 'observation.ownTrend',
  method: 'GET',
  path: '/my/trends/:code',
  summary: 'One of the own indicators over the years, with what it means',
  gate: { permission: 'patient', proxy: 'view', audit: { action: 'my.trend' } },
  params: z.object({ code: z.string().min(1).max(120) }),
  output: smallCourse.omit({ points: true }).extend({
    /** Oldest first, all that is drawn and listed. */
    points: z.array(compactPoint),
    /** Whole sentences on course, latest change, and how to read the picture. */
    words: z.array(z.string()),
  }),
})
export type OwnTrend = z.infer<typeof readOwnTrend.output>
