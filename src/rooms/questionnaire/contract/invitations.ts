import { z } from 'zod'
import { bilingual, calendarDate, endpoint, instant, patientId, pii } from '../../../platform/contract/index.ts'
import {
  fhirJson,
  INVITATION_KINDS,
  INVITATION_STATES,
  invitationId,
  knownView,
  questionnaireCode,
  responseId,
  scoreView,
  visit,
} from './words.ts'

export const invitationView = z.object({
  id: invitationId,
  kind: z.enum(INVITATION_KINDS),
  code: questionnaireCode,
  version: z.number().int(),
  title: bilingual,
  patientId: patientId.nullable(),
  state: z.enum(INVITATION_STATES),
  closesAt: z.string().nullable(),
  quota: z.number().int().nullable(),
  answers: z.number().int(),
  sentBy: z.string(),
  sentAt: z.string(),
  openedAt: z.string().nullable(),
  sentByMessage: z.boolean(),
  /** When the person is reminded next; null: no more. */
  nextReminderAt: z.string().nullable(),
  /** The visit it prepares. */
  visit: visit.nullable(),
})
export type InvitationView = z.infer<typeof invitationView>

const terms = {
  code: questionnaireCode,
  closesAt: instant.nullable().default(null),
}

/** The link is shown once: only its hash is kept. */
const withLink = invitationView.extend({ link: z.string() })

export const invitePatient = endpoint({
  name: 'questionnaire.invite',
  method: 'POST',
  path: '/patients/:patientId/questionnaire-invitations',
  summary: 'A link for one person, opened with their date of birth',
  gate: { permission: 'questionnaire.send', audit: { action: 'questionnaire.invite', patient: 'patientId' } },
  params: z.object({ patientId }),
  body: z.object({
    ...terms,
    /** By e-mail as well; otherwise whoever sends it hands the link on. */
    byEmail: z.boolean().default(false),
    /** Days after sending on which the person is reminded by e-mail, until it is answered or closed. */
    remindAfterDays: z.array(z.number().int().min(1).max(60)).max(3).default([]),
    visit: visit.nullable().default(null),
  }),
  output: withLink,
  problems: [
    'QuestionnaireUnknown',
    'TextsWanted',
    'InvitedAlready',
    'PatientGone',
    'ClosesInThePast',
    'BirthDateWanted',
    'InviteEmailWanted',
  ],
})

export const inviteAnybody = endpoint({
  name: 'questionnaire.inviteAnybody',
  method: 'POST',
  path: '/questionnaire-invitations',
  summary: 'A link, to be shown as a QR code, that anybody may answer without being known',
  gate: { permission: 'questionnaire.send', audit: { action: 'questionnaire.invite-anybody' } },
  body: z.object({ ...terms, quota: z.number().int().min(1).max(100_000).nullable().default(null) }),
  output: withLink,
  problems: ['QuestionnaireUnknown', 'TextsWanted', 'ClosesInThePast', 'NotForAnybody'],
})

export const invitationsOf = endpoint({
  name: 'questionnaire.invitationsOf',
  method: 'GET',
  path: '/patients/:patientId/questionnaire-invitations',
  summary: 'What a patient was asked to fill in',
  gate: { permission: 'questionnaire.send', audit: { action: 'questionnaire.invitations', patient: 'patientId' } },
  params: z.object({ patientId }),
  output: z.object({ rows: z.array(invitationView) }),
})

export const openInvitations = endpoint({
  name: 'questionnaire.openInvitations',
  method: 'GET',
  path: '/questionnaires/:code/invitations',
  summary: 'The open links of a questionnaire, with their counts',
  gate: { permission: 'questionnaire.send', audit: { none: 'links for anybody, nothing of a patient' } },
  params: z.object({ code: questionnaireCode }),
  output: z.object({ rows: z.array(invitationView) }),
})

export const withdrawInvitation = endpoint({
  name: 'questionnaire.withdraw',
  method: 'POST',
  path: '/questionnaire-invitations/:invitationId/withdrawal',
  summary: 'Close a link before it was answered',
  gate: { permission: 'questionnaire.send', audit: { action: 'questionnaire.withdraw', subject: 'invitationId' } },
  params: z.object({ invitationId }),
  output: z.object({ withdrawn: z.boolean() }),
})

const ofLink = z.object({ token: z.string().min(20).max(120) })
const proof = { birthDate: calendarDate.optional() }
/** Made by the page once per filling-in: sent twice, it counts once. */
const submission = z.uuid()

export const lookAtLink = endpoint({
  name: 'questionnaire.lookAtLink',
  method: 'GET',
  path: '/fill/:token',
  summary: 'What stands behind a link, as far as a stranger may know',
  gate: { permission: 'public', audit: { none: 'nobody is known, and nothing of a person shows' } },
  params: ofLink,
  output: z.object({
    /** `away`: the link is right, but the questionnaire is asked no more. */
    state: z.enum([...INVITATION_STATES, 'closed', 'full', 'away', 'unknown']),
    organization: z.string().nullable(),
    phone: z.string().nullable(),
    title: bilingual.nullable(),
    questions: z.number().int().nullable(),
    needsBirthDate: z.boolean(),
  }),
})

export const openLink = endpoint({
  name: 'questionnaire.openLink',
  method: 'POST',
  path: '/fill/:token/opening',
  summary: 'Open the form, with what was filled in before',
  gate: { permission: 'public', audit: { none: 'the use case writes its own line once the person is known' } },
  params: ofLink,
  body: z.object(proof),
  output: z.object({
    result: z.enum(['open', 'wrong-birth-date', 'locked', 'not-open']),
    triesLeft: z.number().int(),
    definition: fhirJson.nullable(),
    /** The organization's date, and an id for this filling-in: what the page may not make up itself. */
    today: calendarDate.nullable(),
    submission: z.uuid().nullable(),
    /** Answers kept on the way, as a response in progress. */
    draft: pii('health', fhirJson.nullable()),
    known: pii('health', knownView.nullable()),
  }),
})

export const keepDraft = endpoint({
  name: 'questionnaire.keepDraft',
  method: 'PUT',
  path: '/fill/:token/draft',
  summary: 'Keep what is filled in so far, to go on later or elsewhere',
  gate: { permission: 'public', audit: { none: 'answers on the way are no record yet' } },
  params: ofLink,
  body: z.object({ ...proof, response: fhirJson }),
  output: z.object({ keptAt: z.string().nullable() }),
})

export const submitLink = endpoint({
  name: 'questionnaire.submitLink',
  method: 'POST',
  path: '/fill/:token',
  summary: 'Hand the answers in',
  gate: { permission: 'public', audit: { none: 'the use case writes its own line once the person is known' } },
  params: ofLink,
  body: z.object({ ...proof, submission, response: fhirJson }),
  output: z.object({
    result: z.enum(['kept', 'kept-before', 'not-open', 'wrong-birth-date', 'incomplete']),
    /** Link ids of what is still to be answered or mended. */
    missing: z.array(z.string()),
    /** Only what the questionnaire lets the person see at once. */
    scores: z.array(scoreView),
    /** A person will call: shown with the numbers of those who listen at any hour. */
    urgent: z.boolean(),
    responseId: responseId.nullable(),
  }),
})
