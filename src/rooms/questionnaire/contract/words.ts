import { z } from 'zod'
import { bilingual, calendarDate, id, patientId, pii } from '../../../platform/contract/index.ts'

export const invitationId = id('questionnaire-invitation')
export const responseId = id('questionnaire-response')
export type InvitationId = z.output<typeof invitationId>
export type ResponseId = z.output<typeof responseId>

export const questionnaireCode = z.string().regex(/^[a-z0-9][a-z0-9-]{1,58}$/)

export const QUESTIONNAIRE_STATES = ['draft', 'active', 'retired'] as const
export type QuestionnaireState = (typeof QUESTIONNAIRE_STATES)[number]

/** `mental`: scales of mood and mind, which segments and campaigns never see (R2) and sales managers neither. */
export const SENSITIVITIES = ['ordinary', 'mental'] as const
export type Sensitivity = (typeof SENSITIVITIES)[number]

/** `personal`: one person, one answer. `open`: whoever has the link or scans the code, nobody known. */
export const INVITATION_KINDS = ['personal', 'open'] as const
export type InvitationKind = (typeof INVITATION_KINDS)[number]

export const INVITATION_STATES = ['open', 'answered', 'locked', 'withdrawn'] as const
export type InvitationState = (typeof INVITATION_STATES)[number]

/** What a form prepares: an encounter of the record, a task, or a day that was agreed on. */
export const VISIT_KINDS = ['encounter', 'task', 'planned'] as const
export type VisitKind = (typeof VISIT_KINDS)[number]
export const visit = z.object({
  kind: z.enum(VISIT_KINDS),
  /** Of the encounter or the task. */
  id: z.uuid().nullable().default(null),
  on: calendarDate,
})
export type Visit = z.output<typeof visit>

/** Who filled it in: the person, a guardian for them, or staff who asked. */
export const AUTHORS = ['patient', 'proxy', 'staff', 'anonymous'] as const
export type Author = (typeof AUTHORS)[number]

/** A FHIR resource as JSON; the engine of `src/clinical/questionnaire` says what is right in it. */
export const fhirJson = z.record(z.string(), z.json())

/** How it was filled in: by a colleague at the desk, through a link, on a tablet of the house. */
export const WAYS = ['interview', 'link', 'kiosk'] as const
export type Way = (typeof WAYS)[number]

/** What the record answers of a form, by linkId, and since when: shown with its date, not asked (S1-17). */
export const knownView = z.object({
  answers: z.record(z.string(), z.array(z.json())),
  answeredOn: z.record(z.string(), calendarDate),
})
export type KnownView = z.infer<typeof knownView>

export const tone = z.enum(['good', 'watch', 'act', 'urgent'])

/** What an answered questionnaire came to. */
export const scoreView = z.object({
  code: z.string(),
  name: bilingual,
  /** Null where it was not scored: then `missing` says for want of what. */
  value: z.number().nullable(),
  unit: z.string().nullable(),
  band: z.string().nullable(),
  bandText: bilingual.nullable(),
  advice: bilingual.nullable(),
  /** How much the band matters, and what colleagues should know: never told to who answered. Older answers lack them. */
  tone: tone.nullable().default(null),
  forStaff: bilingual.nullable().default(null),
  missing: z.array(z.string()),
})
export type ScoreView = z.infer<typeof scoreView>

export const responseSummary = z.object({
  id: responseId,
  patientId: patientId.nullable(),
  code: questionnaireCode,
  version: z.number().int(),
  title: bilingual,
  author: z.enum(AUTHORS),
  by: z.string(),
  answeredAt: z.string(),
  scores: z.array(scoreView),
  /** Corrected since: this one is no longer what counts. */
  supersededBy: responseId.nullable(),
})
export type ResponseSummary = z.infer<typeof responseSummary>

export const responseView = responseSummary.extend({
  response: pii('health', fhirJson),
  definition: fhirJson,
  corrects: responseId.nullable(),
  because: z.string(),
})
