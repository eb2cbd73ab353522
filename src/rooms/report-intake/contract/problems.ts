import { defineProblems } from '../../../platform/contract/index.ts'

export const intakeProblem = defineProblems({
  PersonSettledAlready: 409,
  PersonNotSettled: 409,
  CodeSettledAlready: 409,
  CodeNotSettled: 409,
  CodeRewriting: 409,
  IndicatorUnfit: 422,
  UnitUnfit: 422,
  MessageNotShown: 403,
  MessageNotTroubled: 409,
  SourceDoubled: 409,
  SubmissionTooLarge: 413,
  SubmissionEmpty: 400,
  TableStartedAlready: 409,
  TableNotRunning: 409,
  TableColumnsNeeded: 422,
  MappingUnfit: 422,
})
