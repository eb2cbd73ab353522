import { defineProblems } from '../../../platform/contract/index.ts'

export const reportProblem = defineProblems({
  NothingToPrint: 409,
  ReportNotReady: 409,
  ReportWithdrawn: 410,
})
