import { defineProblems } from '../../../platform/contract/index.ts'

export const satisfactionProblem = defineProblems({
  SatisfactionSpanTooLong: 422,
  SatisfactionRulesChanged: 409,
  SatisfactionOwnerUnfit: 422,
})
