import { z } from 'zod'
import { bilingual, endpoint } from '../../../platform/contract/index.ts'
import { fhirJson, QUESTIONNAIRE_STATES, questionnaireCode, SENSITIVITIES } from './words.ts'

const state = z.enum(QUESTIONNAIRE_STATES)

export const definitionSummary = z.object({
  code: questionnaireCode,
  version: z.number().int(),
  state,
  title: bilingual,
  sensitivity: z.enum(SENSITIVITIES),
  questions: z.number().int(),
  changedAt: z.string(),
  changedBy: z.string(),
  publishedAt: z.string().nullable(),
  publishedBy: z.string().nullable(),
  /** Answers so far, of all versions of the code. */
  answers: z.number().int(),
})

/** What the engine says of a definition: faults keep it from being published, the rest is told. */
export const reading = z.object({
  problems: z.array(z.record(z.string(), z.json())),
  unsupported: z.array(z.object({ linkId: z.string().optional(), what: z.string(), path: z.string() })),
  toEmbed: z.array(z.object({ linkId: z.string(), valueSet: z.string() })),
})

export const definitionView = definitionSummary.extend({
  definition: fhirJson,
  reading,
  /** For optimistic locking of a draft. */
  revision: z.number().int(),
  licence: z.string(),
  source: z.string(),
  can: z.object({ edit: z.boolean(), publish: z.boolean() }),
})
export type DefinitionView = z.infer<typeof definitionView>

export const listDefinitions = endpoint({
  name: 'questionnaire.list',
  method: 'GET',
  path: '/questionnaires',
  summary: 'The questionnaires of the house: of each code the version in force and the draft',
  gate: { permission: 'questionnaire.read', audit: { none: 'content, nothing of a patient' } },
  output: z.object({ rows: z.array(definitionSummary), can: z.object({ draft: z.boolean(), send: z.boolean() }) }),
})

const ofVersion = z.object({ code: questionnaireCode, version: z.coerce.number().int().positive() })

export const readDefinition = endpoint({
  name: 'questionnaire.read',
  method: 'GET',
  path: '/questionnaires/:code/versions/:version',
  summary: 'One version of a questionnaire with what the engine says of it',
  gate: { permission: 'questionnaire.read', audit: { none: 'content, nothing of a patient' } },
  params: ofVersion,
  output: definitionView,
  problems: ['QuestionnaireUnknown'],
})

export const checkDefinition = endpoint({
  name: 'questionnaire.check',
  method: 'POST',
  path: '/questionnaire-check',
  summary: 'Read a FHIR Questionnaire without keeping it: faults, unsupported parts, value sets to embed',
  gate: { permission: 'questionnaire.design', audit: { none: 'nothing is kept' } },
  body: z.object({ definition: fhirJson }),
  output: reading.extend({ title: bilingual, questions: z.number().int() }),
})

export const saveDraft = endpoint({
  name: 'questionnaire.saveDraft',
  method: 'PUT',
  path: '/questionnaires/:code/draft',
  summary: 'Keep a draft: a new questionnaire, or the next version of one',
  gate: { permission: 'questionnaire.design', audit: { action: 'questionnaire.save-draft' } },
  params: z.object({ code: questionnaireCode }),
  body: z.object({
    definition: fhirJson,
    sensitivity: z.enum(SENSITIVITIES).default('ordinary'),
    licence: z.string().trim().max(500).default(''),
    source: z.string().trim().max(500).default(''),
    /** Of the draft that was opened; 0 where there was none. */
    revision: z.number().int().min(0),
  }),
  output: definitionView,
  problems: ['ChangedMeanwhile', 'NotAQuestionnaire'],
})

export const publishDraft = endpoint({
  name: 'questionnaire.publish',
  method: 'POST',
  path: '/questionnaires/:code/draft/publication',
  summary: 'Put the draft in force; the version before it is retired, answers keep theirs',
  gate: { permission: 'questionnaire.publish', audit: { action: 'questionnaire.publish' } },
  params: z.object({ code: questionnaireCode }),
  body: z.object({ revision: z.number().int().positive() }),
  output: definitionView,
  problems: ['QuestionnaireUnknown', 'ChangedMeanwhile', 'DefinitionFaulty', 'OwnQuestionnaire'],
})

export const discardDraft = endpoint({
  name: 'questionnaire.discardDraft',
  method: 'DELETE',
  path: '/questionnaires/:code/draft',
  summary: 'Throw a draft away',
  gate: { permission: 'questionnaire.design', audit: { action: 'questionnaire.discard-draft' } },
  params: z.object({ code: questionnaireCode }),
  output: z.object({ discarded: z.boolean() }),
})

export const retireDefinition = endpoint({
  name: 'questionnaire.retire',
  method: 'POST',
  path: '/questionnaires/:code/retirement',
  summary: 'Ask it no more; open links close with it, answers stay',
  gate: { permission: 'questionnaire.publish', audit: { action: 'questionnaire.retire' } },
  params: z.object({ code: questionnaireCode }),
  output: z.object({ retired: z.boolean() }),
})
