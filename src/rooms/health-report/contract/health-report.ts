import { z } from 'zod'
import { calendarDate, endpoint, instant, job, locale, patientId } from '../../../platform/contract/index.ts'
import { compositionState } from './composition.ts'
import { compositionId, examId, reportId } from './words.ts'

export type { Conclusion } from './words.ts'

const ofPatient = z.object({ patientId })

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
  summary: 'Reports of a patient with their versions, what was printed, newest first, and the examinations there are',
  gate: { permission: 'health-report.read', audit: { action: 'health-report.list', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    reports: z.array(printedReport),
    exams: z.array(
      z.object({
        id: examId,
        title: z.string(),
        on: calendarDate,
        category: z.string(),
        /** Its newest report, begun or issued. */
        compositionId: compositionId.nullable(),
      }),
    ),
    compositions: z.array(
      z.object({
        id: compositionId,
        examId,
        examOn: calendarDate,
        examTitle: z.string(),
        version: z.number().int(),
        state: compositionState,
        startedBy: z.string(),
        startedAt: instant,
        issuedBy: z.string().nullable(),
        issuedAt: instant.nullable(),
        notifiedAt: instant.nullable(),
      }),
    ),
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
  summary:
    'Print the issued report of an examination, or a draft where none is issued; the same again is the same paper',
  gate: { permission: 'health-report.print', audit: { action: 'health-report.print', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    examId: examId.optional(),
    language: locale.default('zh-CN'),
  }),
  output: printedReport,
  problems: ['NothingToPrint'],
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
    /** A newer version has been issued since. */
    amended: z.boolean(),
  }),
})

export const renderJob = job('health-report/render', z.object({ reportId: z.string() }))
