import { z } from 'zod'
import { bilingual, endpoint, patientId, pii } from '../../../platform/contract/index.ts'
import { questionnaireCode, responseId, visit } from './words.ts'

const said = z.object({ question: z.string(), answer: pii('health', z.string()) })
/**
 * With where a measured value lies by our own range for the person's sex and age (null where it lies within, or nobody can
 * tell), and what was answered to the same form before, where that was another.
 */
const weighed = said.extend({ flag: z.enum(['H', 'L']).nullable(), before: pii('health', z.string()).nullable() })

/** One screen for the doctor before the person comes in (S1-6). */
export const intakeView = z.object({
  responseId,
  code: questionnaireCode,
  title: bilingual,
  answeredAt: z.string(),
  visit: visit.nullable(),
  /** In the person's own words. */
  mainWorry: pii('health', z.string()),
  /** The same of the form before, where it was another. */
  formerWorry: pii('health', z.string()),
  /** What they want to ask. */
  questions: pii('health', z.string()),
  /** Signs of danger that were answered with yes, in the order of the form. */
  redFlags: z.array(said),
  /** Answers out of the ordinary: values out of range, options that carry points. */
  abnormal: z.array(weighed),
  /** Against the answers to the same form before, what stands above left out; null where this is the first. */
  changed: z
    .array(z.object({ question: z.string(), before: pii('health', z.string()), after: pii('health', z.string()) }))
    .nullable(),
  formerAt: z.string().nullable(),
  unanswered: z.array(z.string()),
  /** The rest of what was said. */
  answers: z.array(said),
})
export type IntakeView = z.infer<typeof intakeView>

export const intakeSummary = endpoint({
  name: 'questionnaire.intakeSummary',
  method: 'GET',
  path: '/patients/:patientId/intake-summary',
  summary: 'The newest form before a visit on one screen: worry, signs of danger, what changed, what was left open',
  gate: {
    permission: 'questionnaire.answers',
    audit: { action: 'questionnaire.intake-summary', patient: 'patientId' },
  },
  params: z.object({ patientId }),
  output: z.object({ summary: intakeView.nullable() }),
})
