/** From the body to the printed result: noise, derived values, the laboratory's bias, its range and its flag. */
import { AT, type Code, type Item, itemOf, ITEMS, LABORATORIES, ORDINAL_WORDS } from './items.ts'
import { rangesOf } from './ranges.ts'
import type { Random } from './random.ts'
import type { Flag, Observation, Sex } from './types.ts'

const NOISE = Float64Array.from(ITEMS, (item) => item.cvPercent / 100)
const FACTORS = Float64Array.from(ITEMS, (item) => 10 ** item.decimals)

const BIASES = LABORATORIES.map(({ bias }) => Float64Array.from(ITEMS, (item) => bias[item.code] ?? 1))

const KAPPA_UMOL = { male: 0.9 * 88.4, female: 0.7 * 88.4 }
const ALPHA = { male: -0.302, female: -0.241 }

/** CKD-EPI 2021 (creatinine in umol/L, adults) or, below 18, bedside Schwartz (2009); mL/min/1.73 m². */
export function estimatedFiltration(creatinine: number, sex: Sex, ageYears: number, heightCm: number): number {
  if (ageYears < 18) return (36.5 * heightCm) / creatinine
  const ratio = creatinine / KAPPA_UMOL[sex]
  const shape = ratio < 1 ? ratio ** ALPHA[sex] : ratio ** -1.2
  return 142 * shape * 0.9938 ** ageYears * (sex === 'female' ? 1.012 : 1)
}

/**
 * Draws one day's values (order of `CODES`) around `means` into `values`; ordinals are places in `ORDINAL_WORDS`.
 * `laboratory` adds its calibration.
 */
export function measure(
  random: Random,
  means: Float64Array,
  sex: Sex,
  ageYears: number,
  laboratory: number,
  values: Float64Array,
): void {
  const bias = BIASES[laboratory] as Float64Array
  for (let at = 0; at < means.length; at++) {
    const noise = NOISE[at] as number
    const calibrated = (means[at] as number) * (bias[at] as number)
    values[at] = noise === 0 ? calibrated : calibrated * (1 + noise * random.normal())
  }
  const sharedStress = 0.05 * random.normal()
  values[AT.sbp] = Math.max((values[AT.sbp] as number) + 60 * sharedStress, 78)
  values[AT.dbp] = Math.min(
    Math.max((values[AT.dbp] as number) + 40 * sharedStress, 42),
    (values[AT.sbp] as number) - 18,
  )
  values[AT.hr] = Math.max((values[AT.hr] as number) * (1 + sharedStress), 44)
  // Enzymes are skewed: an evening with friends shows in some livers.
  if (random.chance(0.02)) scale(values, 1.25 + random.exponential(0.5), ['alt', 'ast', 'ggt'])
  for (const code of ['height', 'weight', 'crea'] as const)
    values[AT[code]] = rounded(AT[code], values[AT[code]] as number)
  const height = values[AT.height] as number
  values[AT.bmi] = ((values[AT.weight] as number) * 10000) / (height * height)
  values[AT.egfr] = Math.min(estimatedFiltration(values[AT.crea] as number, sex, ageYears, height), 160)
  values[AT.tg] = Math.max(values[AT.tg] as number, 0.3)
  // What is neither LDL nor HDL is carried by the remnants: 0.38 of the triglycerides in mmol/L, less when they are very high.
  const remnants = 0.38 * Math.min(values[AT.tg] as number, 5)
  values[AT.tc] = ((values[AT.ldl] as number) + (values[AT.hdl] as number) + remnants) * (1 + 0.02 * random.normal())
  values[AT.u_glu] = urineGlucose(values[AT.fpg] as number, random)
  values[AT.u_pro] = urineProtein(values, random)
}

function scale(values: Float64Array, factor: number, codes: readonly Code[]): void {
  for (const code of codes) values[AT[code]] = (values[AT[code]] as number) * factor
}

// The kidney lets sugar through from about 8.9–10 mmol/L of plasma glucose.
function urineGlucose(plasma: number, random: Random): number {
  const over = plasma - 8.9 + 0.8 * random.normal()
  return over < 0 ? (random.chance(0.002) ? 1 : 0) : over < 0.6 ? 1 : over < 1.8 ? 2 : over < 3.5 ? 3 : 4
}

function urineProtein(values: Float64Array, random: Random): number {
  const filtration = values[AT.egfr] as number
  const strain =
    0.03 * Math.max(0, 75 - filtration) +
    0.02 * Math.max(0, (values[AT.sbp] as number) - 135) +
    0.12 * Math.max(0, (values[AT.fpg] as number) - 7)
  const level = strain + 0.75 * random.normal() - 1.5
  return level < 0 ? 0 : level < 0.5 ? 1 : level < 1.1 ? 2 : level < 1.9 ? 3 : 4
}

function rounded(at: number, value: number): number {
  const factor = FACTORS[at] as number
  return Math.round(value * factor) / factor
}

/** The printed lines for the chosen items, in their order. */
export function printed(
  items: readonly Item[],
  values: Float64Array,
  laboratory: number,
  sex: Sex,
  ageYears: number,
): Observation[] {
  const ranges = rangesOf(laboratory, sex, ageYears)
  const lines: Observation[] = []
  for (const item of items) {
    const range = ranges[item.at] as (typeof ranges)[number]
    const raw = values[item.at] as number
    if (item.ordinal) {
      const flag: Flag = raw > 0 ? 'A' : 'N'
      lines.push({
        code: item.code,
        value: null,
        text: ORDINAL_WORDS[raw] as string,
        unit: item.unit,
        low: null,
        high: null,
        range: range.text,
        flag,
      })
      continue
    }
    const value = rounded(item.at, raw)
    const flag: Flag =
      range.low !== null && value < range.low ? 'L' : range.high !== null && value > range.high ? 'H' : 'N'
    lines.push({
      code: item.code,
      value,
      text: null,
      unit: item.unit,
      low: range.low,
      high: range.high,
      range: range.text,
      flag,
    })
  }
  return lines
}

export const PRESSURE_ITEMS = ['sbp', 'dbp', 'hr', 'weight'].map(itemOf)
export const GLUCOSE_ITEMS = ['fpg', 'weight'].map(itemOf)
export const GLUCOSE_QUARTERLY_ITEMS = ['fpg', 'hba1c', 'weight'].map(itemOf)
