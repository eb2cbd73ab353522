import { defineProblems } from '../../../platform/contract/index.ts'

export const lifecycleProblem = defineProblems({
  RelationshipSame: 409,
  RelationshipPatientGone: 409,
  RelationshipNothingToUndo: 409,
  RelationshipNotResting: 409,
  OwnStageRule: 403,
  StageRuleFaulty: 422,
})
