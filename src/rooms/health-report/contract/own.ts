import { z } from 'zod'
import { calendarDate, endpoint, pii } from '../../../platform/contract/index.ts'
import { compositionId, conclusion } from './words.ts'

const ofOne = z.object({ compositionId })
const flag = z.enum(['↑', '↓', '异常', ''])

const item = z.object({
  name: z.string(),
  value: pii('health', z.string()),
  unit: z.string(),
  rangeText: z.string(),
  flag,
})

const line = z.object({
  id: compositionId,
  title: z.string(),
  examOn: calendarDate,
  issuedOn: calendarDate,
  version: z.number().int(),
  /** Marked results. */
  marked: z.number().int(),
})

export const listMyReports = endpoint({
  name: 'health-report.listMine',
  method: 'GET',
  path: '/my/reports',
  summary: 'One’s own issued reports, newest first; none while a result has to be told by a human first',
  gate: { permission: 'patient', proxy: 'view', audit: { action: 'my.reports' } },
  output: z.object({ reports: z.array(line) }),
})
export type MyReportLine = z.infer<typeof line>

export const readMyReport = endpoint({
  name: 'health-report.readMine',
  method: 'GET',
  path: '/my/reports/:compositionId',
  summary: 'One of one’s own reports: conclusions, marked results with what they mean, all other results',
  gate: { permission: 'patient', proxy: 'view', audit: { action: 'my.report', subject: 'compositionId' } },
  params: ofOne,
  output: line.extend({
    issuedBy: z.string(),
    /** What this version corrects. */
    because: z.string(),
    phone: z.string().nullable(),
    conclusions: z.array(conclusion),
    explained: z.array(
      item.extend({
        previous: z.object({ date: calendarDate, value: z.string() }).nullable(),
        about: z.string(),
        standing: z.string(),
        advice: z.string(),
      }),
    ),
    parts: z.array(
      z.object({
        title: z.string(),
        items: z.array(item),
        narrative: z.object({ finding: pii('health', z.string()), impression: pii('health', z.string()) }).nullable(),
      }),
    ),
    notDone: z.array(z.object({ name: z.string(), reason: z.string() })),
  }),
})

export const openMyReport = endpoint({
  name: 'health-report.openMine',
  method: 'GET',
  path: '/my/reports/:compositionId/file',
  summary: 'The PDF of one of one’s own reports',
  gate: { permission: 'patient', audit: { action: 'my.report-file', subject: 'compositionId' } },
  params: ofOne,
  output: z.undefined(),
  media: 'application/pdf',
  problems: ['ReportNotReady'],
})
