import { z } from 'zod'
import { id } from '../../../platform/contract/index.ts'

export const reportId = id('health-report')
export const batchId = id('health-report-batch')
export const compositionId = id('report-composition')
/** The report of the record that the printed one is about. */
export const examId = id('report')

/** A conclusion of the chief examiner (主检结论), in the order of norms 4.5. */
export const conclusion = z.object({
  title: z.string().trim().min(1).max(80),
  basis: z.string().trim().max(600).default(''),
  advice: z.string().trim().max(1200).default(''),
  severity: z.enum(['high-risk', 'new-suspected', 'disease', 'positive', 'risk-factor']),
})
export type Conclusion = z.infer<typeof conclusion>
