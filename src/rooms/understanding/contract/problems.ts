import { defineProblems } from '../../../platform/contract/index.ts'

export const understandingProblem = defineProblems({
  UnderstandingBarred: 422,
  UnderstandingHeardLater: 422,
  UnderstandingPatientGone: 409,
})
