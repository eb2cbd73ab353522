import { defineProblems } from '../../../platform/contract/index.ts'

export const readershipProblem = defineProblems({
  SpanTooLong: 422,
})
