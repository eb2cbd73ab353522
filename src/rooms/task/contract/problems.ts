import { defineProblems } from '../../../platform/contract/index.ts'

export const taskProblem = defineProblems({
  TaskAlreadyHandled: 409,
  TaskAlreadyClaimed: 409,
  TaskAlreadyCancelled: 409,
  TaskNotOpen: 409,
  TaskActNotAllowed: 403,
  TaskTypeNotByHand: 403,
  ExecutorUnfit: 422,
  DoctorUnfit: 422,
  NoResponsibleDoctor: 422,
  PatientNotActive: 422,
  ReachChanged: 409,
  HandOverToSame: 422,
  HandOverUndone: 409,
  HandOverTooOld: 409,
  FilterNameTaken: 409,
  TooManyFilters: 422,
})
