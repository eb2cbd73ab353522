import { fastingGlucose, glucoseTolerance } from './threshold.ts'

/** `diabetes-range` is a number in that range: the diagnosis is the doctor's and needs a second one or symptoms. */
export type GlucoseClass = 'normal' | 'impaired' | 'diabetes-range'

/** Fasting plasma glucose in mmol/L, Chinese limits. `convert` puts 126 mg/dL on 7.0, as the guidelines do. */
export function fastingGlucoseClass(fpg: number): GlucoseClass {
  return classOf(fpg, fastingGlucose)
}

/** Glucose 2 hours after 75 g, mmol/L. */
export function toleranceGlucoseClass(glucose2h: number): GlucoseClass {
  return classOf(glucose2h, glucoseTolerance)
}

function classOf(value: number, limits: { impairedFrom: number; diabetesFrom: number }): GlucoseClass {
  if (value < limits.impairedFrom) return 'normal'
  return value < limits.diabetesFrom ? 'impaired' : 'diabetes-range'
}
