import { defineProblems } from '../../../platform/contract/index.ts'

export const appointmentProblem = defineProblems({
  AppointmentTimePast: 422,
  AppointmentTimeFar: 422,
  AppointmentPatientGone: 409,
  AppointmentElsewhere: 409,
  AppointmentNotNow: 409,
})
