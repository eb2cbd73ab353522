import { defineProblems } from '../../../platform/contract/index.ts'

export const auditProblem = defineProblems({
  AuditSpanTooLong: 422,
  VerificationRunning: 409,
})
