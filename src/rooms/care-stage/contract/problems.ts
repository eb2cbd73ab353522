import { defineProblems } from '../../../platform/contract/index.ts'

export const stageProblem = defineProblems({
  StageMovedMeanwhile: 409,
  StageSame: 409,
  StageItemUnknown: 404,
  StageItemSeen: 409,
  StageReasonWanted: 422,
  StageHeldByFacts: 409,
  StagePatientGone: 409,
})
