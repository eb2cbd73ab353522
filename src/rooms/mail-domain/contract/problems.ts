import { defineProblems } from '../../../platform/contract/index.ts'

export const mailDomainProblem = defineProblems({
  MailDomainChangedMeanwhile: 409,
  MailDomainUnknown: 422,
  MailKeyWaiting: 409,
  MailKeyUnpublished: 422,
  MailKeyOver: 409,
  MailKeyOfOtherDomain: 422,
})
