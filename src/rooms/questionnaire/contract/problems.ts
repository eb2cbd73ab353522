import { defineProblems } from '../../../platform/contract/index.ts'

export const questionnaireProblem = defineProblems({
  QuestionnaireUnknown: 404,
  NotAQuestionnaire: 422,
  DefinitionFaulty: 422,
  OwnQuestionnaire: 403,
  InvitedAlready: 409,
  ClosesInThePast: 422,
  NotForAnybody: 422,
  BirthDateWanted: 422,
  PatientGone: 409,
  MindAskedByOthers: 403,
  InviteEmailWanted: 422,
  InvitationClosed: 409,
  CodesExhausted: 503,
  ResponseUnknown: 404,
  AnswersIncomplete: 422,
  TextsWanted: 409,
  TextsLacking: 422,
  TextUnknown: 422,
  SheetUnreadable: 415,
})
