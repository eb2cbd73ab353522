import { defineProblems } from '../../../platform/contract/index.ts'

export const complaintProblem = defineProblems({
  ComplaintReceivedLater: 422,
  ComplaintDuePast: 422,
  ComplaintOwnerUnfit: 422,
  ComplaintPatientGone: 409,
  ComplaintNotYours: 409,
})
