import { defineProblems } from '../../../platform/contract/index.ts'

export const recordProblem = defineProblems({
  FactUnknown: 404,
  FactEndedAlready: 409,
  ReportUnknown: 404,
  ValueImplausible: 422,
  ValueImplausibleUnit: 422,
  UnitUnknown: 422,
  PressureSwapped: 422,
  PressureHalf: 422,
  EffectiveInFuture: 422,
  DatesSwapped: 422,
  DateInFuture: 422,
  DateBeforeBirth: 422,
  AbsenceContradicted: 409,
  IndicatorUnknown: 422,
  IndicatorDerived: 422,
})
