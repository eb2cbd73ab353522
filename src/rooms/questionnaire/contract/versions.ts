import { z } from 'zod'
import { bilingual, endpoint } from '../../../platform/contract/index.ts'
import { definitionSummary } from './definitions.ts'
import { questionnaireCode } from './words.ts'

/** One version as its history tells it. */
export const versionSummary = definitionSummary.omit({ answers: true }).extend({
  /** Of the draft: for optimistic locking. */
  revision: z.number().int(),
  /** Answers to this very version. */
  answers: z.number().int(),
})
export type VersionSummary = z.infer<typeof versionSummary>

export const versionsOf = endpoint({
  name: 'questionnaire.versions',
  method: 'GET',
  path: '/questionnaires/:code',
  summary: 'All versions of a questionnaire, the newest first, with who wrote and who published each',
  gate: { permission: 'questionnaire.read', audit: { none: 'content, nothing of a patient' } },
  params: z.object({ code: questionnaireCode }),
  output: z.object({
    code: questionnaireCode,
    title: bilingual,
    rows: z.array(versionSummary),
    can: z.object({ design: z.boolean(), publish: z.boolean(), send: z.boolean() }),
  }),
  problems: ['QuestionnaireUnknown'],
})
