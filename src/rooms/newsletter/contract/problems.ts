import { defineProblems } from '../../../platform/contract/index.ts'

export const newsletterProblem = defineProblems({
  IssueMonthTaken: 409,
  IssueNumberTaken: 409,
  IssueNotDraft: 409,
  IssueNotSubmitted: 409,
  IssueNotApproved: 409,
  IssueOwnHand: 403,
  IssueUnfit: 422,
})
