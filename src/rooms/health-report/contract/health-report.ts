import { z } from 'zod'
import { calendarDate, endpoint, id, instant, job, locale, patientId, pii } from '../../../platform/contract/index.ts'

const ofPatient = z.object({ patientId })
const reportId = id('health-report')
const batchId = id('health-report-batch')

/** A conclusion of the chief examiner (主检结论), in the order of norms 4.5. */
export const conclusion = z.object({
  title: z.string().trim().min(1).max(80),
  basis: z.string().trim().max(600).default(''),
  advice: z.string().trim().max(1200).default(''),
  severity: z.enum(['high-risk', 'new-suspected', 'disease', 'positive', 'risk-factor']),
})
export type Conclusion = z.infer<typeof conclusion>

const state = z.enum(['waiting', 'ready', 'failed', 'withdrawn'])

export const printedReport = z.object({
  id: reportId,
  number: z.string(),
  state,
  language: locale,
  examOn: calendarDate,
  signedBy: z.string().nullable(),
  signedOn: calendarDate.nullable(),
  pageCount: z.number().int().nullable(),
  warnings: z.array(z.object({ code: z.string(), characters: z.array(z.string()) })),
  /** Why it could not be set, or why it was withdrawn. */
  reason: z.string().nullable(),
  createdBy: z.string().nullable(),
  createdAt: instant,
  readyAt: instant.nullable(),
})
export type PrintedReport = z.infer<typeof printedReport>

export const listPrintedReports = endpoint({
  name: 'health-report.listOfPatient',
  method: 'GET',
  path: '/patients/:patientId/printed-reports',
  summary: 'Printed reports of a patient, newest first, and the examinations that can be printed',
  gate: { permission: 'health-report.read', audit: { action: 'health-report.list', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    reports: z.array(printedReport),
    exams: z.array(z.object({ id: id('report'), title: z.string(), on: calendarDate, category: z.string() })),
    proposed: z.array(conclusion),
    can: z.object({ print: z.boolean(), sign: z.boolean() }),
  }),
})

export const countWaitingReports = endpoint({
  name: 'health-report.countWaiting',
  method: 'GET',
  path: '/printed-reports/waiting',
  summary: 'How many reports of a patient are still being set; for a page that waits for them',
  gate: {
    permission: 'health-report.read',
    audit: { none: 'a count, asked every few seconds by a page whose list was audited when it was opened' },
  },
  query: ofPatient,
  output: z.object({ waiting: z.number().int() }),
})

export const printReport = endpoint({
  name: 'health-report.print',
  method: 'POST',
  path: '/patients/:patientId/printed-reports',
  summary: 'Print the report of an examination; signed when a physician says so, else a draft',
  gate: { permission: 'health-report.print', audit: { action: 'health-report.print', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    examId: id('report').optional(),
    language: locale.default('zh-CN'),
    conclusions: z.array(conclusion).max(40).optional(),
    sign: z.boolean().default(false),
  }),
  output: printedReport,
  problems: ['NothingToPrint', 'NotPermitted'],
})

export const printMany = endpoint({
  name: 'health-report.printMany',
  method: 'POST',
  path: '/printed-reports/batches',
  summary: 'Print the newest examination of each of a list of people, as a job with progress',
  gate: { permission: 'health-report.print', audit: { action: 'health-report.printMany' } },
  body: z.object({
    title: z.string().trim().min(1).max(80),
    patientIds: z.array(patientId).min(1).max(2000),
    language: locale.default('zh-CN'),
  }),
  output: z.object({ batchId, total: z.number().int(), skipped: z.array(patientId) }),
})

export const batchProgress = endpoint({
  name: 'health-report.batch',
  method: 'GET',
  path: '/printed-reports/batches/:batchId',
  summary: 'How far a list is, and what failed and why',
  gate: { permission: 'health-report.print', audit: { none: 'counts and reasons; the files are audited one by one' } },
  params: z.object({ batchId }),
  output: z.object({
    title: z.string(),
    total: z.number().int(),
    ready: z.number().int(),
    failed: z.number().int(),
    waiting: z.number().int(),
    failures: z.array(z.object({ patientId, name: pii('name', z.string()), reason: z.string() })),
    createdAt: instant,
  }),
})

export const openPrintedReport = endpoint({
  name: 'health-report.open',
  method: 'GET',
  path: '/patients/:patientId/printed-reports/:reportId/file',
  summary: 'The PDF',
  gate: {
    permission: 'health-report.read',
    audit: { action: 'health-report.open', patient: 'patientId', subject: 'reportId' },
  },
  params: z.object({ patientId, reportId }),
  output: z.undefined(),
  media: 'application/pdf',
  problems: ['ReportNotReady', 'ReportWithdrawn'],
})

export const withdrawPrintedReport = endpoint({
  name: 'health-report.withdraw',
  method: 'POST',
  path: '/patients/:patientId/printed-reports/:reportId/withdrawal',
  summary: 'Declare a printed report void; its code then says so',
  gate: {
    permission: 'health-report.print',
    audit: { action: 'health-report.withdraw', patient: 'patientId', subject: 'reportId' },
  },
  params: z.object({ patientId, reportId }),
  body: z.object({ because: z.string().trim().min(2).max(200) }),
  output: z.object({ withdrawn: z.boolean() }),
})

export const verifyReport = endpoint({
  name: 'health-report.verify',
  method: 'GET',
  path: '/verify/:code',
  summary: 'Whether a printed report is genuine: what the QR on its cover opens',
  gate: { permission: 'public', audit: { none: 'nobody is known, and it shows a masked name and dates only' } },
  params: z.object({ code: z.string().min(20).max(120) }),
  output: z.object({
    /** Null: no report has this code. Only one that is `ready` is genuine. */
    state: state.nullable(),
    /** Why it was withdrawn. */
    because: z.string().nullable(),
    organization: z.string().nullable(),
    number: z.string().nullable(),
    name: z.string().nullable(),
    examOn: calendarDate.nullable(),
    printedOn: calendarDate.nullable(),
    signed: z.boolean(),
  }),
})

export const renderJob = job('health-report/render', z.object({ reportId: z.string(), code: z.string() }))
