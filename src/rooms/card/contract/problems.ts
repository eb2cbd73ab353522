import { defineProblems } from '../../../platform/contract/index.ts'

export const cardProblem = defineProblems({
  CardStateRefuses: 409,
  CardOpenAlready: 409,
  PatientNotAlive: 409,
  NoPhone: 422,
  CodeTooSoon: 429,
  CodeTooMany: 429,
})
