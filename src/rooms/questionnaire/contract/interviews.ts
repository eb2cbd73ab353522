import { z } from 'zod'
import { bilingual, calendarDate, endpoint, patientId, pii } from '../../../platform/contract/index.ts'
import { fhirJson, knownView, questionnaireCode, responseId, SENSITIVITIES } from './words.ts'

const ofInterview = z.object({ patientId, code: questionnaireCode })

export const openInterview = endpoint({
  name: 'questionnaire.openInterview',
  method: 'GET',
  path: '/patients/:patientId/questionnaire-interviews/:code',
  summary:
    'What a member of staff needs to fill a questionnaire in with a patient: the form, what is known, what was begun',
  gate: {
    permission: 'questionnaire.interview',
    audit: { action: 'questionnaire.open-interview', patient: 'patientId' },
  },
  params: ofInterview,
  /** Of answers to be corrected; then the form is the version that was asked. */
  query: z.object({ corrects: responseId.optional() }),
  output: z.object({
    code: questionnaireCode,
    version: z.number().int(),
    title: bilingual,
    sensitivity: z.enum(SENSITIVITIES),
    definition: fhirJson,
    today: calendarDate,
    submission: z.uuid(),
    known: pii('health', knownView),
    /** What this colleague had begun. */
    draft: pii('health', fhirJson.nullable()),
    keptAt: z.string().nullable(),
    /** The answers that are corrected. */
    former: pii('health', fhirJson.nullable()),
  }),
  problems: ['QuestionnaireUnknown', 'TextsWanted', 'ResponseUnknown', 'PatientGone', 'MindAskedByOthers'],
})

export const keepInterview = endpoint({
  name: 'questionnaire.keepInterview',
  method: 'PUT',
  path: '/patients/:patientId/questionnaire-interviews/:code',
  summary: 'Keep what was begun, to go on later or at another desk',
  gate: {
    permission: 'questionnaire.interview',
    audit: { action: 'questionnaire.keep-interview', patient: 'patientId' },
  },
  params: ofInterview,
  body: z.object({
    version: z.number().int().positive(),
    submission: z.uuid(),
    corrects: responseId.nullable().default(null),
    response: fhirJson,
  }),
  output: z.object({ keptAt: z.string() }),
  problems: ['QuestionnaireUnknown', 'PatientGone', 'MindAskedByOthers'],
})

export const dropInterview = endpoint({
  name: 'questionnaire.dropInterview',
  method: 'DELETE',
  path: '/patients/:patientId/questionnaire-interviews/:code',
  summary: 'Throw away what was begun',
  gate: {
    permission: 'questionnaire.interview',
    audit: { action: 'questionnaire.drop-interview', patient: 'patientId' },
  },
  params: ofInterview,
  output: z.object({ dropped: z.boolean() }),
})
