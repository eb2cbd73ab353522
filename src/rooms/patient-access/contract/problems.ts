import { defineProblems } from '../../../platform/contract/index.ts'

export const accessProblem = defineProblems({
  WayPatientGone: 409,
  WayBirthDateWanted: 422,
  WayEmailWanted: 422,
  WayGuardianWanted: 422,
  WayGuardianEmailWanted: 422,
  WeChatLinkStale: 409,
})
