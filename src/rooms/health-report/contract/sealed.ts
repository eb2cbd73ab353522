import { z } from 'zod'
import { calendarDate, endpoint, id, instant, locale, patientId } from '../../../platform/contract/index.ts'
import { printedReport } from './health-report.ts'
import { examId, reportId } from './words.ts'

/**
 * The sealed sheet of hepatitis B (R13; 卫生部办公厅关于进一步规范乙肝项目检测的通知): only on the person's own written wish, never
 * with the other results, handed to the person alone.
 */
const ofPatient = z.object({ patientId })
const wishId = id('report-wish')

export const listSealedReports = endpoint({
  name: 'health-report.listSealed',
  method: 'GET',
  path: '/patients/:patientId/sealed-reports',
  summary: 'Which examinations hold something for the sealed sheet, the wishes in writing, what was printed; no result',
  gate: { permission: 'health-report.read', audit: { action: 'health-report.list-sealed', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    exams: z.array(z.object({ id: examId, title: z.string(), at: instant, items: z.number().int() })),
    wishes: z.array(
      z.object({
        id: wishId,
        examId,
        wishedOn: calendarDate,
        keptWhere: z.string(),
        recordedBy: z.string(),
        recordedAt: instant,
        withdrawnAt: instant.nullable(),
      }),
    ),
    papers: z.array(printedReport),
    can: z.object({ record: z.boolean(), print: z.boolean() }),
  }),
})

export const recordWish = endpoint({
  name: 'health-report.recordWish',
  method: 'POST',
  path: '/patients/:patientId/sealed-reports/wishes',
  summary: 'Note that the person has asked in writing for the results of hepatitis B, and where the paper is kept',
  gate: { permission: 'health-report.print', audit: { action: 'health-report.record-wish', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({
    examId,
    wishedOn: calendarDate,
    /** Where the signed paper is kept, such as the archive's number. */
    keptWhere: z.string().trim().min(2).max(120),
    /** The one who notes it has the paper, signed by the person, before them. */
    signedByPerson: z.literal(true),
  }),
  output: z.object({ id: wishId }),
  problems: ['NothingSealed', 'WishStands'],
})

export const withdrawWish = endpoint({
  name: 'health-report.withdrawWish',
  method: 'POST',
  path: '/patients/:patientId/sealed-reports/wishes/:wishId/withdrawal',
  summary: 'The person no longer wishes for it; what was printed is void',
  gate: {
    permission: 'health-report.print',
    audit: { action: 'health-report.withdraw-wish', patient: 'patientId', subject: 'wishId' },
  },
  params: ofPatient.extend({ wishId }),
  output: z.object({ withdrawn: z.boolean() }),
})

export const printSealedReport = endpoint({
  name: 'health-report.printSealed',
  method: 'POST',
  path: '/patients/:patientId/sealed-reports',
  summary: 'Print the sealed sheet, signed by the physician who prints it',
  gate: { permission: 'health-report.sign', audit: { action: 'health-report.print-sealed', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ examId, language: locale.default('zh-CN') }),
  output: printedReport,
  problems: ['WishMissing', 'NothingSealed'],
})

export const openSealedReport = endpoint({
  name: 'health-report.openSealed',
  method: 'GET',
  path: '/patients/:patientId/sealed-reports/:reportId/file',
  summary: 'The PDF of a sealed sheet',
  gate: {
    permission: 'health-report.sign',
    audit: { action: 'health-report.open-sealed', patient: 'patientId', subject: 'reportId' },
  },
  params: ofPatient.extend({ reportId }),
  output: z.undefined(),
  media: 'application/pdf',
  problems: ['ReportNotReady', 'ReportWithdrawn'],
})
