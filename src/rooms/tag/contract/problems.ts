import { defineProblems } from '../../../platform/contract/index.ts'

export const tagProblem = defineProblems({
  TagUnknown: 404,
  TagNotByHand: 409,
  TagNotStanding: 409,
  RuleFaulty: 422,
  CodeMismatch: 400,
  NoDraft: 409,
  OwnDraft: 403,
})
