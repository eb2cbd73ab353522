/**
 * How the middle of a population moves with age, by sex. Anchors are our rounding of published Chinese surveys: height
 * and BMI of the 2020 report on nutrition and chronic disease, children after Li Hui 2009 (capital institute of
 * paediatrics), pressure of the 2012–15 hypertension survey, lipids of the 2015 surveys. Good to a few per cent, not more.
 */
import type { Sex } from './types.ts'

export type Curve = (ageYears: number) => number

/** Straight lines between (age, value) anchors, constant outside; tabulated per year because it is called very often. */
export function curve(...anchors: ReadonlyArray<readonly [age: number, value: number]>): Curve {
  const table = new Float64Array(122)
  for (let age = 0; age < table.length; age++) table[age] = interpolate(anchors, age)
  return (ageYears) => {
    const age = ageYears < 0 ? 0 : ageYears > 120 ? 120 : ageYears
    const whole = Math.floor(age)
    const low = table[whole] as number
    return low + (age - whole) * ((table[whole + 1] as number) - low)
  }
}

function interpolate(anchors: ReadonlyArray<readonly [number, number]>, age: number): number {
  const next = anchors.findIndex(([anchorAge]) => anchorAge >= age)
  const [lastAge, lastValue] = anchors[next <= 0 ? (next === 0 ? 0 : anchors.length - 1) : next - 1] as readonly [
    number,
    number,
  ]
  if (next <= 0) return lastValue
  const [nextAge, nextValue] = anchors[next] as readonly [number, number]
  return lastValue + ((age - lastAge) / (nextAge - lastAge)) * (nextValue - lastValue)
}

type BySex = Record<Sex, Curve>

/** cm, growing; adults get `ADULT_HEIGHT_CM` minus the cohort effect. */
export const CHILD_HEIGHT_CM: BySex = {
  male: curve([3, 96.8], [6, 117.7], [9, 135.4], [12, 151.9], [15, 169.8], [18, 172.7]),
  female: curve([3, 95.6], [6, 116.6], [9, 134.1], [12, 152.4], [15, 159.8], [18, 160.6]),
}
export const BMI: BySex = {
  male: curve(
    [3, 15.8],
    [6, 15.5],
    [10, 17],
    [14, 19.2],
    [18, 21.3],
    [25, 23],
    [35, 24.4],
    [48, 24.9],
    [60, 24.5],
    [80, 23.4],
  ),
  female: curve(
    [3, 15.5],
    [6, 15.2],
    [10, 16.4],
    [14, 18.8],
    [18, 20],
    [25, 20.8],
    [35, 22],
    [48, 23.4],
    [60, 24.1],
    [80, 23.6],
  ),
}
/** mmHg */
export const SYSTOLIC: BySex = {
  male: curve([3, 92], [10, 104], [18, 116], [30, 120], [40, 122.5], [50, 127.5], [60, 134], [70, 139.5], [80, 142]),
  female: curve([3, 91], [10, 103], [18, 107], [30, 109.5], [40, 115], [50, 124], [60, 132], [70, 139.5], [80, 144]),
}
export const SYSTOLIC_SD: Curve = curve([3, 7], [18, 8.5], [40, 12], [60, 14.5], [80, 16.5])
export const DIASTOLIC: BySex = {
  male: curve([3, 55], [10, 62], [18, 70], [30, 76.5], [40, 80.5], [50, 82.5], [60, 80.5], [70, 77], [80, 73]),
  female: curve([3, 55], [10, 62], [18, 67], [30, 69.5], [40, 73.5], [50, 77.5], [60, 77.5], [70, 75.5], [80, 73]),
}
export const DIASTOLIC_SD: Curve = curve([3, 5], [18, 6.5], [40, 8.5], [80, 9])
/** per minute */
export const PULSE: Curve = curve([3, 98], [8, 85], [14, 78], [18, 74.5], [80, 74])
/** mmol/L */
export const LDL: BySex = {
  male: curve([3, 2.2], [18, 2.2], [30, 2.65], [45, 2.9], [58, 2.9], [80, 2.65]),
  female: curve([3, 2.25], [18, 2.2], [30, 2.35], [42, 2.6], [55, 3.1], [68, 3.1], [80, 2.9]),
}
export const TRIGLYCERIDES: BySex = {
  male: curve([3, 0.75], [18, 0.9], [30, 1.3], [45, 1.55], [60, 1.35], [80, 1.15]),
  female: curve([3, 0.75], [18, 0.78], [30, 0.85], [45, 1.1], [58, 1.35], [80, 1.3]),
}
/** umol/L */
export const URATE: BySex = {
  male: curve([3, 240], [11, 280], [16, 385], [30, 388], [60, 365], [80, 362]),
  female: curve([3, 235], [11, 265], [16, 290], [45, 274], [55, 298], [80, 318]),
}
export const CREATININE: BySex = {
  male: curve([18, 74], [40, 75.5], [60, 78], [80, 88]),
  female: curve([18, 55], [40, 56.5], [60, 59.5], [80, 68]),
}
/** g/L */
export const HAEMOGLOBIN: BySex = {
  male: curve([3, 122], [10, 132], [18, 155], [45, 155], [65, 149], [80, 141]),
  female: curve([3, 122], [10, 131], [18, 134], [45, 132.5], [55, 136], [80, 131]),
}
