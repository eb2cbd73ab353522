import { defineProblems } from '../../../platform/contract/index.ts'

export const interpretationProblem = defineProblems({
  InterpretationOpen: 409,
  InterpretationReportUnfit: 422,
  InterpretationPatientNotActive: 422,
  InterpretationNotYet: 409,
  InterpretationSlotTaken: 409,
  InterpretationSlotPast: 422,
  InterpretationSlotNotOffered: 422,
  InterpretationSlotBooked: 409,
  InterpretationTimesUnfit: 422,
  InterpretationTooEarly: 422,
  InterpretationTooLate: 422,
  InterpretationSigned: 409,
  InterpretationUntold: 422,
  InterpretationWithoutNext: 422,
  InterpretationHepatitisBApart: 422,
  InterpretationPromise: 422,
  InterpretationTrackingEnded: 409,
  InterpretationAnswered: 409,
  InterpretationTooManyQuestions: 429,
})
