import { defineProblems } from '../../../platform/contract/index.ts'

export const medicationProblem = defineProblems({
  MedicationEnded: 409,
  MedicationTwice: 409,
  MedicationRulesChanged: 409,
  MedicationNotInRecord: 422,
  MedicationPatientNotActive: 422,
  MedicationSpanUnfit: 422,
  MedicationEndNotUndoable: 422,
  TakeUnfit: 422,
  TakeTooLate: 422,
  TakeTheirOwn: 409,
})
