import { defineProblems } from '../../../platform/contract/index.ts'

export const familyProblem = defineProblems({
  FamilyPhoneUnfit: 422,
  FamilyPhoneOwn: 422,
  FamilyAlreadyIn: 409,
  FamilyTooMany: 409,
  FamilyCodesWanted: 409,
  FamilyPatientGone: 409,
  FamilyNotIn: 409,
})
