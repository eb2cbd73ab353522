import { z } from 'zod'
import { calendarDate, endpoint, instant, pageOf, pageQuery, patientId, pii } from '../../../platform/contract/index.ts'
import { SUMMARY_STATES, summaryId } from './words.ts'

/** Waiting for the doctor, being written, due within days, signed and not sent, sent to the person. */
export const SUMMARY_FILTERS = ['waiting', 'draft', 'due', 'unsent', 'sent'] as const
export type SummaryFilter = (typeof SUMMARY_FILTERS)[number]

export const listAllSummaries = endpoint({
  name: 'stageSummary.list',
  method: 'GET',
  path: '/stage-summaries',
  summary: 'Stage summaries of the people one looks after: waiting for a signature, drafts, due soon, sent and read',
  gate: { permission: 'stage-summary.read', audit: { action: 'stage-summary.list-all' } },
  query: pageQuery.extend({ filter: z.enum(SUMMARY_FILTERS).default('waiting') }),
  output: pageOf(
    z.object({
      key: z.string(),
      patient: z.object({
        id: patientId,
        name: pii('name', z.string()),
        doctorName: z.string().nullable(),
        managerName: z.string().nullable(),
      }),
      /** Null where one is due and nobody has begun it. */
      summary: z
        .object({
          id: summaryId,
          state: z.enum(SUMMARY_STATES),
          fromOn: calendarDate,
          untilOn: calendarDate,
          draftedBy: z.string(),
          draftedAt: instant,
          submittedAt: instant.nullable(),
          signedBy: z.string().nullable(),
          signedAt: instant.nullable(),
          sentAt: instant.nullable(),
          readAt: instant.nullable(),
        })
        .nullable(),
      dueOn: calendarDate.nullable(),
    }),
  ),
})

export const readMySummary = endpoint({
  name: 'stageSummary.readMine',
  method: 'POST',
  path: '/my/summary/:summaryId/reading',
  summary: 'I have opened it: those who look after me see that it arrived; the first time counts',
  gate: { permission: 'patient', audit: { action: 'stage-summary.read-own', subject: 'summaryId' } },
  params: z.object({ summaryId }),
  body: z.object({}),
  output: z.object({ first: z.boolean() }),
})
