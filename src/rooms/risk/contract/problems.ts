import { defineProblems } from '../../../platform/contract/index.ts'

export const riskProblem = defineProblems({
  AssessmentUnknown: 404,
  ReleaseNeedless: 409,
  WithholdNeedsReason: 422,
  QuestionUnknown: 404,
  AnswerUnfit: 422,
  NotForMinors: 409,
})
