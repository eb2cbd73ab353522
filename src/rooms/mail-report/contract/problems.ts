import { defineProblems } from '../../../platform/contract/index.ts'

export const mailReportProblem = defineProblems({
  MailReportSettled: 409,
  MailOfReportUnknown: 422,
  MailOfReportBusy: 409,
  MailReportTooLong: 413,
  MailReportEmpty: 422,
})
