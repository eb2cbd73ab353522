import { z } from 'zod'
import { calendarDate, endpoint, instant, job, locale, patientId, pii } from '../../../platform/contract/index.ts'
import { batchId } from './words.ts'

/** 批量打印: the reports of a list of people as one job. */
export const BATCH_MOST = 2000

export const BATCH_STATES = ['waiting', 'running', 'completed', 'cancelled'] as const

/** Why somebody's report was not printed; codes with a text each. */
export const REFUSALS = ['not-visible', 'no-exam', 'not-issued', 'not-drawn', 'merged'] as const

export const batchView = z.object({
  id: batchId,
  title: z.string(),
  state: z.enum(BATCH_STATES),
  total: z.number().int(),
  done: z.number().int(),
  refused: z.number().int(),
  failed: z.number().int(),
  createdBy: z.string(),
  createdAt: instant,
  finishedAt: instant.nullable(),
  can: z.object({ cancel: z.boolean(), download: z.boolean() }),
})
export type BatchView = z.infer<typeof batchView>

const gate = (act: string) => ({
  permission: 'health-report.print' as const,
  audit: { action: `health-report.${act}`, subject: 'batchId' },
})
const ofBatch = z.object({ batchId })

export const printMany = endpoint({
  name: 'health-report.printMany',
  method: 'POST',
  path: '/printed-reports/batches',
  summary:
    'Print the newest report of each of a list of people, or of all whose report was issued in some days, as one job',
  gate: { permission: 'health-report.print', audit: { action: 'health-report.printMany' } },
  body: z.object({
    title: z.string().trim().min(1).max(80),
    patientIds: z.array(patientId).min(1).max(BATCH_MOST).optional(),
    issued: z.object({ from: calendarDate, to: calendarDate }).optional(),
    language: locale.default('zh-CN'),
    /** Prints what is not issued as a draft; otherwise it is refused. */
    drafts: z.boolean().default(false),
  }),
  output: z.object({ batchId, total: z.number().int() }),
  problems: ['BatchEmpty'],
})

export const listBatches = endpoint({
  name: 'health-report.batches',
  method: 'GET',
  path: '/printed-reports/batches',
  summary: 'Lists that were printed, one’s own, newest first',
  gate: {
    permission: 'health-report.print',
    audit: { none: 'titles and counts; what it holds is audited when it is opened' },
  },
  output: z.object({ batches: z.array(batchView) }),
})

export const batchProgress = endpoint({
  name: 'health-report.batch',
  method: 'GET',
  path: '/printed-reports/batches/:batchId',
  summary: 'How far a list is',
  gate: { permission: 'health-report.print', audit: { none: 'counts only, asked again and again while it runs' } },
  params: ofBatch,
  output: batchView,
})

export const batchRefusals = endpoint({
  name: 'health-report.batchRefusals',
  method: 'GET',
  path: '/printed-reports/batches/:batchId/refusals',
  summary: 'Whose report was not printed, and why',
  gate: gate('batch-refusals'),
  params: ofBatch,
  output: z.object({
    rows: z.array(
      z.object({
        patientId,
        /** Null: somebody whom the reader may not see. */
        name: pii('name', z.string()).nullable(),
        reason: z.enum(REFUSALS),
      }),
    ),
  }),
})

export const cancelBatch = endpoint({
  name: 'health-report.cancelBatch',
  method: 'POST',
  path: '/printed-reports/batches/:batchId/cancellation',
  summary: 'Stop a list; what is printed stays',
  gate: gate('cancel-batch'),
  params: ofBatch,
  output: z.object({ cancelled: z.boolean() }),
})

export const downloadBatch = endpoint({
  name: 'health-report.downloadBatch',
  method: 'GET',
  path: '/printed-reports/batches/:batchId/file',
  summary: 'All papers of a list as one ZIP with a table of contents; each person’s report is audited',
  gate: gate('download-batch'),
  params: ofBatch,
  output: z.undefined(),
  media: 'application/zip',
  problems: ['BatchNotFinished', 'BatchEmpty'],
})

export const batchJob = job('health-report/batch', z.object({ batchId: z.string() }))
