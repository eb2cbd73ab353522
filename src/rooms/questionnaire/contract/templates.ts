import { z } from 'zod'
import { bilingual, endpoint } from '../../../platform/contract/index.ts'
import { definitionView } from './definitions.ts'
import { QUESTIONNAIRE_STATES, questionnaireCode, SENSITIVITIES } from './words.ts'

/** The largest sheet of texts taken in; the longest scale is some ten kilobytes. */
export const SHEET_MEGABYTES = 2

export const templateSummary = z.object({
  code: questionnaireCode,
  title: bilingual,
  about: bilingual,
  licence: bilingual,
  sensitivity: z.enum(SENSITIVITIES),
  questions: z.number().int(),
  /** `wanting`: nobody has brought the texts yet, so that nobody can be asked. */
  state: z.enum(['wanting', ...QUESTIONNAIRE_STATES]),
  /** Of the draft, for optimistic locking; 0 where there is none. */
  revision: z.number().int(),
  changedBy: z.string().nullable(),
})
export type TemplateSummary = z.infer<typeof templateSummary>

export const listTemplates = endpoint({
  name: 'questionnaire.templates',
  method: 'GET',
  path: '/questionnaire-templates',
  summary: 'Scales whose wording the institution brings: structure and scoring are here, and how far each has come',
  gate: { permission: 'questionnaire.read', audit: { none: 'content, nothing of a patient' } },
  output: z.object({ rows: z.array(templateSummary), can: z.object({ draft: z.boolean() }) }),
})

const ofTemplate = z.object({ code: questionnaireCode })

/** The file's name comes percent-encoded in the header `x-file-name`. */
export const readTemplateSheet = endpoint({
  name: 'questionnaire.readTemplateSheet',
  method: 'POST',
  path: '/questionnaire-template-sheets',
  summary: 'Read the rows of a spreadsheet (.xlsx, or CSV in UTF-8 or GB18030) without keeping it',
  gate: { permission: 'questionnaire.design', audit: { none: 'read and given back, nothing is kept' } },
  upload: true,
  output: z.object({ rows: z.array(z.array(z.string())) }),
  problems: ['SheetUnreadable', 'ImportFileOldExcel', 'ImportFileTooLarge'],
})

export const templateText = z.object({
  code: z.string().max(80),
  zh: z.string().trim().max(500),
  en: z.string().trim().max(500).default(''),
})

export const draftFromTemplate = endpoint({
  name: 'questionnaire.draftFromTemplate',
  method: 'PUT',
  path: '/questionnaire-templates/:code/draft',
  summary: 'Make a draft of a scale from the texts that the institution brings; a second person publishes it',
  gate: { permission: 'questionnaire.design', audit: { action: 'questionnaire.draft-from-template' } },
  params: ofTemplate,
  body: z.object({
    texts: z.array(templateText).max(400),
    /** By what right the institution uses the wording: an agreement, its number, whose permission. */
    right: z.string().trim().min(2).max(200),
    revision: z.number().int().min(0),
  }),
  output: definitionView,
  problems: ['QuestionnaireUnknown', 'TextUnknown', 'TextsLacking', 'ChangedMeanwhile'],
})
