import type { Sex } from '../indicator/indicator.ts'
import { withoutNoise } from '../unit/convert.ts'
import { bodyMassIndex as bmiLimits, waist as waistLimits } from './threshold.ts'

export type BmiCategory = 'underweight' | 'normal' | 'overweight' | 'obese'
export type WaistCategory = 'normal' | 'pre-central' | 'central'

/** kg/m², not rounded: classify first, round when showing. Throws a RangeError on measures that are not positive. */
export function bodyMassIndex(heightCm: number, weightKg: number): number {
  if (!(heightCm > 0) || !(weightKg > 0)) throw new RangeError(`no body mass index of ${weightKg} kg at ${heightCm} cm`)
  return withoutNoise((weightKg * 10_000) / (heightCm * heightCm))
}

/** WS/T 428-2013, from 18 years, not in pregnancy, not for athletes; `bmi` unrounded. */
export function bmiCategory(bmi: number): BmiCategory {
  if (bmi < bmiLimits.normalFrom) return 'underweight'
  if (bmi < bmiLimits.overweightFrom) return 'normal'
  return bmi < bmiLimits.obeseFrom ? 'overweight' : 'obese'
}

/** WS/T 428-2013, from 18 years. */
export function waistCategory(sex: Sex, waistCm: number): WaistCategory {
  const { preFromCm, centralFromCm } = waistLimits[sex]
  if (waistCm < preFromCm) return 'normal'
  return waistCm < centralFromCm ? 'pre-central' : 'central'
}
