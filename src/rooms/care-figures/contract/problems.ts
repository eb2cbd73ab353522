import { defineProblems } from '../../../platform/contract/index.ts'

export const careFigureProblem = defineProblems({
  CareSpanTooLong: 422,
})
