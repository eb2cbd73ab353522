import { defineProblems } from '../../../platform/contract/index.ts'

export const messageProblem = defineProblems({
  TemplateUnknown: 404,
  TemplateUnfit: 422,
  TemplateDraftMissing: 404,
  TemplateChangedMeanwhile: 409,
  TemplateOwnHand: 403,
  TemplateNotByHand: 422,
  TemplateShippedOnly: 409,
  MessageNotWaiting: 409,
  MessageNotFailed: 409,
  SentTodayAlready: 409,
  NoStaffEmail: 422,
  TokenUnknown: 404,
})
