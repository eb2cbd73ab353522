import { z } from 'zod'
import { bilingual, endpoint, event, patientId } from '../../../platform/contract/index.ts'
import { fhirJson, questionnaireCode, responseId, responseSummary, responseView, SENSITIVITIES } from './words.ts'

export const responsesOf = endpoint({
  name: 'questionnaire.responsesOf',
  method: 'GET',
  path: '/patients/:patientId/questionnaire-responses',
  summary: 'The answered questionnaires of a patient, newest first',
  gate: { permission: 'questionnaire.answers', audit: { action: 'questionnaire.responses', patient: 'patientId' } },
  params: z.object({ patientId }),
  output: z.object({
    rows: z.array(responseSummary),
    can: z.object({ answer: z.boolean(), send: z.boolean(), correct: z.boolean() }),
  }),
})

export const readResponse = endpoint({
  name: 'questionnaire.readResponse',
  method: 'GET',
  path: '/patients/:patientId/questionnaire-responses/:responseId',
  summary: 'One answered questionnaire with its questions, as they were asked',
  gate: {
    permission: 'questionnaire.answers',
    audit: { action: 'questionnaire.read-response', patient: 'patientId', subject: 'responseId' },
  },
  params: z.object({ patientId, responseId }),
  output: responseView,
  problems: ['ResponseUnknown'],
})

/** Made by the page once per filling-in: sent twice, it counts once. */
const submission = z.uuid()

export const answerForPatient = endpoint({
  name: 'questionnaire.answer',
  method: 'POST',
  path: '/patients/:patientId/questionnaire-responses',
  summary: 'Record what a patient answered to staff',
  gate: { permission: 'questionnaire.interview', audit: { action: 'questionnaire.answer', patient: 'patientId' } },
  params: z.object({ patientId }),
  body: z.object({
    code: questionnaireCode,
    version: z.number().int().positive(),
    submission,
    author: z.enum(['staff', 'patient', 'proxy']).default('staff'),
    response: fhirJson,
  }),
  output: z.object({ created: z.boolean(), response: responseSummary, urgent: z.boolean() }),
  problems: ['QuestionnaireUnknown', 'AnswersIncomplete', 'PatientGone', 'MindAskedByOthers'],
})

export const correctResponse = endpoint({
  name: 'questionnaire.correct',
  method: 'POST',
  path: '/patients/:patientId/questionnaire-responses/:responseId/corrections',
  summary: 'A new version of an answered questionnaire, with the reason; the old one stays',
  gate: {
    permission: 'questionnaire.interview',
    audit: { action: 'questionnaire.correct', patient: 'patientId', subject: 'responseId' },
  },
  params: z.object({ patientId, responseId }),
  body: z.object({ submission, response: fhirJson, because: z.string().trim().min(2).max(300) }),
  output: z.object({ created: z.boolean(), response: responseSummary, urgent: z.boolean() }),
  problems: ['ResponseUnknown', 'ChangedMeanwhile', 'AnswersIncomplete'],
})

const quarters = { n: z.number().int(), lower: z.number(), middle: z.number(), upper: z.number() }

export const statistics = endpoint({
  name: 'questionnaire.statistics',
  method: 'GET',
  path: '/questionnaires/:code/statistics',
  summary: 'How often each band and each answer was given; below five answers nothing is broken down',
  gate: { permission: 'questionnaire.read', audit: { none: 'counts over everybody; small numbers are withheld' } },
  params: z.object({ code: questionnaireCode }),
  query: z.object({ version: z.coerce.number().int().positive().optional() }),
  output: z.object({
    n: z.number().int(),
    asked: z.number().int(),
    /** Questions that the record answered, and questions asked although it could have (S1-17); over all answers. */
    spared: z.number().int(),
    askedAgain: z.number().int(),
    /** The same by month, oldest first, the last twelve in which anybody answered; null below five answers. */
    months: z.array(
      z.object({
        month: z.string(),
        n: z.number().int(),
        spared: z.number().int().nullable(),
        askedAgain: z.number().int().nullable(),
      }),
    ),
    /** Too few to show without pointing at somebody. */
    withheld: z.boolean(),
    bands: z.array(z.object({ score: z.string(), band: z.string(), n: z.number().int() })),
    items: z.array(
      z.object({
        linkId: z.string(),
        /** How many answered it; of several choices each is counted, so the counts may sum to more. */
        answered: z.number().int(),
        answers: z.array(z.object({ code: z.string(), n: z.number().int() })),
      }),
    ),
    /** Numbers that were given: a quarter lies below `lower`, half below `middle`, a quarter above `upper`. */
    numbers: z.array(z.object({ linkId: z.string(), ...quarters })),
    scores: z.array(
      z.object({
        score: z.string(),
        ...quarters,
        bins: z.array(z.object({ from: z.number(), below: z.number(), n: z.number().int() })),
      }),
    ),
  }),
})

/** Somebody answered; what it came to, for the rooms above. Nothing of the answers themselves travels. */
export const questionnaireAnswered = event(
  'questionnaire.answered',
  z.object({
    responseId,
    patientId: patientId.nullable(),
    code: questionnaireCode,
    version: z.number().int(),
    sensitivity: z.enum(SENSITIVITIES),
    scores: z.array(z.object({ code: z.string(), value: z.number().nullable(), band: z.string().nullable() })),
    corrects: responseId.nullable(),
    /** Codes of advice cards that its bands and rules name, each with why: of the score alone. */
    advice: z.array(z.object({ card: z.string(), because: bilingual })).default([]),
  }),
)
