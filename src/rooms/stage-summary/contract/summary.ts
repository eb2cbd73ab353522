import { z } from 'zod'
import { calendarDate, endpoint, instant, patientId, pii } from '../../../platform/contract/index.ts'
import { fact, section, sections, SECTIONS, SUMMARY_STATES, summaryId } from './words.ts'

const ofPatient = z.object({ patientId })
const ofSummary = ofPatient.extend({ summaryId })
const ofAct = { patient: 'patientId', subject: 'summaryId' } as const

export const summaryLine = z.object({
  id: summaryId,
  state: z.enum(SUMMARY_STATES),
  version: z.number().int(),
  fromOn: calendarDate,
  untilOn: calendarDate,
  draftedBy: z.string(),
  draftedAt: instant,
  signedBy: z.string().nullable(),
  signedAt: instant.nullable(),
  sentAt: instant.nullable(),
  readAt: instant.nullable(),
  corrects: summaryId.nullable(),
})
export type SummaryLine = z.output<typeof summaryLine>

export const SUMMARY_ACTS = ['edit', 'submit', 'sign', 'discard', 'send', 'correct'] as const

export const summaryView = summaryLine.extend({
  sections,
  facts: z.array(fact),
  because: pii('free-text', z.string()),
  /** The one that was signed before, to compare with. */
  former: z
    .object({ id: summaryId, fromOn: calendarDate, untilOn: calendarDate, sections: z.array(section) })
    .nullable(),
  revision: z.number().int(),
  can: z.array(z.enum(SUMMARY_ACTS)),
})
export type SummaryView = z.output<typeof summaryView>

export const listSummaries = endpoint({
  name: 'stageSummary.ofPatient',
  method: 'GET',
  path: '/patients/:patientId/stage-summaries',
  summary: 'Stage summaries of one person, newest first',
  gate: { permission: 'stage-summary.read', audit: { action: 'stage-summary.list', patient: 'patientId' } },
  params: ofPatient,
  output: z.object({
    rows: z.array(summaryLine),
    /** What the next one would tell of. */
    proposed: z.object({ fromOn: calendarDate, untilOn: calendarDate }),
    can: z.object({ draft: z.boolean() }),
  }),
})

export const readSummary = endpoint({
  name: 'stageSummary.read',
  method: 'GET',
  path: '/patients/:patientId/stage-summaries/:summaryId',
  summary: 'A stage summary, each sentence with the facts it rests on',
  gate: { permission: 'stage-summary.read', audit: { action: 'stage-summary.open', ...ofAct } },
  params: ofSummary,
  output: summaryView,
})

export const draftSummary = endpoint({
  name: 'stageSummary.draft',
  method: 'POST',
  path: '/patients/:patientId/stage-summaries',
  summary: 'Draft a summary from what the record says of a span of days',
  gate: { permission: 'stage-summary.write', audit: { action: 'stage-summary.draft', patient: 'patientId' } },
  params: ofPatient,
  body: z.object({ fromOn: calendarDate, untilOn: calendarDate }),
  output: summaryView,
  problems: ['SummaryOpen', 'SummaryPeriodUnfit', 'SummaryPatientNotActive'],
})

const stale = ['ChangedMeanwhile', 'SummarySigned'] as const
const revised = z.object({ revision: z.number().int().positive() })

export const saveSummary = endpoint({
  name: 'stageSummary.save',
  method: 'PUT',
  path: '/patients/:patientId/stage-summaries/:summaryId',
  summary: 'Change the words of a draft; what is added by hand says so',
  gate: { permission: 'stage-summary.write', audit: { action: 'stage-summary.edit', ...ofAct } },
  params: ofSummary,
  body: revised.extend({
    sections: z
      .array(
        z.strictObject({
          key: z.enum(SECTIONS),
          sentences: z
            .array(
              z.strictObject({
                id: z.string().min(1).max(60),
                text: pii('free-text', z.string().trim().min(1).max(500)),
              }),
            )
            .max(40),
        }),
      )
      .length(SECTIONS.length),
  }),
  output: summaryView,
  problems: stale,
})

export const submitSummary = endpoint({
  name: 'stageSummary.submit',
  method: 'POST',
  path: '/patients/:patientId/stage-summaries/:summaryId/submission',
  summary: 'Ask the doctor to sign',
  gate: { permission: 'stage-summary.write', audit: { action: 'stage-summary.submit', ...ofAct } },
  params: ofSummary,
  body: revised,
  output: summaryView,
  problems: stale,
})

export const signSummary = endpoint({
  name: 'stageSummary.sign',
  method: 'POST',
  path: '/patients/:patientId/stage-summaries/:summaryId/signature',
  summary: 'Sign: from then on it does not change',
  gate: { permission: 'plan.sign', audit: { action: 'stage-summary.sign', ...ofAct } },
  params: ofSummary,
  body: revised,
  output: summaryView,
  problems: [...stale, 'SummaryUnfinished', 'SummaryFactsLost'],
})

export const discardSummary = endpoint({
  name: 'stageSummary.discard',
  method: 'DELETE',
  path: '/patients/:patientId/stage-summaries/:summaryId',
  summary: 'Throw a draft away',
  gate: { permission: 'stage-summary.write', audit: { action: 'stage-summary.discard', ...ofAct } },
  params: ofSummary,
  output: z.object({ discarded: z.boolean() }),
  problems: ['SummarySigned'],
})

export const sendSummary = endpoint({
  name: 'stageSummary.send',
  method: 'POST',
  path: '/patients/:patientId/stage-summaries/:summaryId/message',
  summary: 'Send the person the way to it; the letter itself tells nothing of it',
  gate: { permission: 'stage-summary.write', audit: { action: 'stage-summary.send', ...ofAct } },
  params: ofSummary,
  output: summaryView,
  problems: ['SummaryNotSigned'],
})

export const correctSummary = endpoint({
  name: 'stageSummary.correct',
  method: 'POST',
  path: '/patients/:patientId/stage-summaries/:summaryId/corrections',
  summary: 'Begin a new version of a signed summary; the old one stands until the new one is signed',
  gate: { permission: 'stage-summary.write', audit: { action: 'stage-summary.correct', ...ofAct } },
  params: ofSummary,
  body: z.object({ because: pii('free-text', z.string().trim().min(2).max(300)) }),
  output: summaryView,
  problems: ['SummaryNotSigned', 'SummaryCorrected', 'SummaryOpen'],
})

const mySection = z.object({ key: z.enum(SECTIONS), sentences: z.array(pii('free-text', z.string())) })

export const mySummaries = endpoint({
  name: 'stageSummary.mine',
  method: 'GET',
  path: '/my/summaries',
  summary: 'My stage summaries that a doctor has signed, newest first',
  gate: { permission: 'patient', audit: { action: 'stage-summary.list-own' } },
  output: z.object({
    rows: z.array(z.object({ id: summaryId, fromOn: calendarDate, untilOn: calendarDate, signedBy: z.string() })),
  }),
})

export const mySummary = endpoint({
  name: 'stageSummary.my',
  method: 'GET',
  path: '/my/summary/:summaryId',
  summary: 'One of my stage summaries, as it was signed',
  gate: { permission: 'patient', audit: { action: 'stage-summary.open-own', subject: 'summaryId' } },
  params: z.object({ summaryId }),
  output: z.object({
    fromOn: calendarDate,
    untilOn: calendarDate,
    signedBy: z.string(),
    signedOn: calendarDate,
    sections: z.array(mySection),
    /** A newer wording stands in its place. */
    correctedBy: summaryId.nullable(),
  }),
})
