import { defineProblems } from '../../../platform/contract/index.ts'

export const summaryProblem = defineProblems({
  SummaryOpen: 409,
  SummaryPeriodUnfit: 422,
  SummarySigned: 409,
  SummaryNotSigned: 409,
  SummaryUnfinished: 422,
  SummaryFactsLost: 422,
  SummaryCorrected: 409,
  SummaryPatientNotActive: 422,
})
