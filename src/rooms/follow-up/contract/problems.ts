import { defineProblems } from '../../../platform/contract/index.ts'

export const followUpProblem = defineProblems({
  FollowUpDone: 409,
  FollowUpCancelled: 409,
  FollowUpNotOpen: 409,
  PlanEnded: 409,
  PlanRunsAlready: 409,
  PlanPatientNotActive: 422,
  ProtocolUnknown: 404,
  ProtocolFault: 422,
  ProtocolNotDraft: 409,
  ActualInFuture: 422,
  ActualTooEarly: 422,
  LateReasonNeeded: 422,
  ClassNeeded: 422,
  ClassUnfit: 422,
  ClassReasonNeeded: 422,
  NextOutOfReach: 422,
  AttemptReasonNeeded: 422,
  AttemptInFuture: 422,
  NothingToCorrect: 409,
})
