import { defineProblems } from '../../../platform/contract/index.ts'

export const alertProblem = defineProblems({
  AlertAcknowledged: 409,
  AlertClosed: 409,
  AlertNotYours: 409,
  AlertNotYet: 409,
  AlertReadBackMissing: 422,
  AlertPhoneMissing: 422,
  AlertPersonMissing: 422,
  AlertReceiverUnfit: 422,
  AlertResultUnfit: 422,
  AlertAttemptsMissing: 422,
  AlertIndicatorUnknown: 422,
  AlertOwnerUnfit: 422,
  AlertNoDraft: 404,
  AlertNotOwner: 403,
  AlertRuleIncomplete: 422,
  AlertDutyUnfit: 422,
  AlertDutyTwice: 409,
  AlertPatientNotActive: 422,
})
