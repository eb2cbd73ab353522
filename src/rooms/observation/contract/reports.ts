import { z } from 'zod'
import { endpoint, pageOf, pageQuery, pii } from '../../../platform/contract/index.ts'
import { ended, ofPatient, recordedValue, reportId } from './record.ts'

export const REPORT_CATEGORIES = ['laboratory', 'imaging', 'ecg', 'physical', 'health-check', 'other'] as const

export const reportLine = z.object({
  id: z.string(),
  title: z.string(),
  category: z.enum(REPORT_CATEGORIES),
  status: z.enum(['preliminary', 'final', 'corrected', 'cancelled']),
  at: z.string(),
  issuedAt: z.string().nullable(),
  performer: z.string(),
  sourceSystem: z.string(),
  version: z.number().int(),
  impression: pii('health', z.string()).nullable(),
  items: z.number().int(),
  abnormalCount: z.number().int(),
})
export type ReportLine = z.infer<typeof reportLine>

export const listReports = endpoint({
  name: 'observation.listReports',
  method: 'GET',
  path: '/patients/:patientId/reports',
  summary: 'The reports that stand, newest first',
  gate: { permission: 'record.read', audit: { action: 'record.reports', patient: 'patientId' } },
  params: ofPatient,
  query: pageQuery.extend({ category: z.enum(REPORT_CATEGORIES).optional() }),
  output: pageOf(reportLine),
})

export const getReport = endpoint({
  name: 'observation.getReport',
  method: 'GET',
  path: '/patients/:patientId/reports/:reportId',
  summary: 'One report with its items, what was sent beside what was converted, and its former versions',
  gate: { permission: 'record.read', audit: { action: 'record.report', patient: 'patientId', subject: 'reportId' } },
  params: ofPatient.extend({ reportId }),
  output: z.object({
    report: reportLine.omit({ items: true, abnormalCount: true }).extend({
      finding: pii('health', z.string()).nullable(),
      sourceReportId: z.string(),
      recordedAt: z.string(),
      ended: ended.nullable(),
    }),
    panels: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        items: z.array(
          recordedValue.extend({
            before: z.object({ value: z.number().nullable(), text: z.string().nullable(), at: z.string() }).nullable(),
          }),
        ),
      }),
    ),
    /** Corrected or withdrawn since, item by item. */
    endedItems: z.array(recordedValue),
    versions: z.array(
      z.object({
        id: z.string(),
        version: z.number().int(),
        status: z.string(),
        recordedAt: z.string(),
        standing: z.boolean(),
      }),
    ),
    can: z.object({ write: z.boolean() }),
  }),
  problems: ['ReportUnknown'],
})
