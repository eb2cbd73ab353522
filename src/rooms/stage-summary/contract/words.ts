import { z } from 'zod'
import { calendarDate, id, pii } from '../../../platform/contract/index.ts'

export const SUMMARY_STATES = ['draft', 'submitted', 'signed', 'corrected'] as const
export type SummaryState = (typeof SUMMARY_STATES)[number]
/** In the order in which they are read. The doctor's view and the next stage are written by people alone. */
export const SECTIONS = ['overview', 'adherence', 'indicators', 'risk', 'events', 'words', 'doctor', 'next'] as const
export type SectionKey = (typeof SECTIONS)[number]
export const summaryId = id('stage-summary')
export type SummaryId = z.output<typeof summaryId>

/** What a sentence rests on, as it was when the draft was made: it stays when the record goes on. */
export const fact = z.object({
  id: z.string(),
  kind: z.enum([
    'period',
    'plan',
    'action',
    'indicator',
    'goal',
    'risk',
    'follow-up',
    'alert',
    'encounter',
    'words',
    'former',
  ]),
  label: pii('health', z.string()),
  value: pii('health', z.string()),
  on: calendarDate.nullable(),
  /** The rows of the record: ids of observations, assessments, visits, ticks. */
  refs: z.array(z.string()),
})
export type Fact = z.output<typeof fact>

export const sentence = z.strictObject({
  id: z.string().min(1).max(60),
  text: pii('free-text', z.string().trim().min(1).max(500)),
  /** `system` as drafted, `edited` by a person since, `person` written by one. */
  from: z.enum(['system', 'edited', 'person']),
  facts: z.array(z.string().max(60)).max(20),
})
export type Sentence = z.output<typeof sentence>

export const section = z.strictObject({ key: z.enum(SECTIONS), sentences: z.array(sentence).max(40) })
export type Section = z.output<typeof section>
export const sections = z.array(section).length(SECTIONS.length)
