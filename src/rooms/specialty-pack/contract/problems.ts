import { defineProblems } from '../../../platform/contract/index.ts'

export const packProblem = defineProblems({
  PackUnknown: 404,
  PackNotInstalled: 409,
  PackChangedMeanwhile: 409,
  PackDepartmentNotYours: 403,
  PackDepartmentUnknown: 422,
  PackNothingNew: 409,
})
