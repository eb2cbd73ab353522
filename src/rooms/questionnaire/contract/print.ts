import { z } from 'zod'
import { endpoint, patientId } from '../../../platform/contract/index.ts'
import { questionnaireCode, responseId } from './words.ts'

export const printResponse = endpoint({
  name: 'questionnaire.printResponse',
  method: 'GET',
  path: '/patients/:patientId/questionnaire-responses/:responseId/print',
  summary: 'An answered questionnaire as PDF, as it was asked, in the language of whoever prints it',
  gate: {
    permission: 'questionnaire.answers',
    audit: { action: 'questionnaire.print-response', patient: 'patientId', subject: 'responseId' },
  },
  params: z.object({ patientId, responseId }),
  output: z.undefined(),
  media: 'application/pdf',
  problems: ['ResponseUnknown'],
})

export const printBlank = endpoint({
  name: 'questionnaire.printBlank',
  method: 'GET',
  path: '/questionnaires/:code/versions/:version/print',
  summary: 'A version of a questionnaire blank as PDF, to be answered with a pen',
  gate: { permission: 'questionnaire.read', audit: { action: 'questionnaire.print-blank' } },
  params: z.object({ code: questionnaireCode, version: z.coerce.number().int().positive() }),
  output: z.undefined(),
  media: 'application/pdf',
  problems: ['QuestionnaireUnknown'],
})
