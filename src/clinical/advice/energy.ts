import { checkNumbers, type Refused } from './input.ts'

/**
 * Energy for a day. Each figure names where it is from, so that whoever reads it can check it.
 */
export const ENERGY_SOURCES = {
  resting: 'Mifflin MD, St Jeor ST et al. Am J Clin Nutr 1990;51:241-247',
  activity: '中国居民膳食营养素参考摄入量（2023版）：身体活动水平 1.40、1.70、2.00',
  standardWeight: '中国2型糖尿病防治指南（2020年版）：每公斤标准体重的能量',
  deficit: '成人肥胖食养指南（2024年版）：每日减少 500–1000 kcal；此处取 500',
  olderWeight: '中国老年人膳食指南（2022）：65 岁及以上适宜 BMI 20.0–26.9',
} as const

export const ACTIVITIES = ['bed', 'light', 'moderate', 'heavy'] as const
export type Activity = (typeof ACTIVITIES)[number]
export const ENERGY_GOALS = ['keep', 'lose', 'gain'] as const
export type EnergyGoal = (typeof ENERGY_GOALS)[number]

/** Times resting energy. Lying in bed is not in the reference intakes; 1.2 is the usual figure of hospitals. */
export const ACTIVITY_FACTOR: Readonly<Record<Activity, number>> = { bed: 1.2, light: 1.4, moderate: 1.7, heavy: 2 }

/** kcal a day that are taken away or added. */
const DEFICIT_KCAL = 500
const SURPLUS_KCAL = 400

/** Nobody is advised to eat less, whatever the arithmetic says. */
export const FLOOR_KCAL = { male: 1500, female: 1200 } as const

/** Adults whom the formula was made with (19 to 78 years), and bodies it can speak of. */
export const ENERGY_RANGES = {
  ageYears: { min: 18, max: 80 },
  heightCm: { min: 130, max: 220 },
  weightKg: { min: 30, max: 200 },
} as const

export interface EnergyInput {
  sex?: 'male' | 'female'
  ageYears?: number
  heightCm?: number
  weightKg?: number
  activity?: Activity
  goal?: EnergyGoal
  pregnant?: boolean
  breastfeeding?: boolean
  eatingDisorder?: boolean
}

export interface Energy {
  state: 'computed'
  /** kg/m², not rounded. */
  bmi: number
  restingKcal: number
  activityFactor: number
  /** What keeps the weight. */
  keepKcal: number
  targetKcal: number
  floorKcal: number
  /** 身高 − 105, with the kcal per kilogram of it that the guideline names for this body and activity. */
  standardWeightKg: number
  byStandardWeight: { fromKcal: number; toKcal: number }
  notes: ('at-floor' | 'no-room' | 'beside-standard')[]
}

/** Resting energy in kcal a day by Mifflin and St Jeor. */
export function restingEnergy(sex: 'male' | 'female', ageYears: number, heightCm: number, weightKg: number): number {
  return 10 * weightKg + 6.25 * heightCm - 5 * ageYears + (sex === 'male' ? 5 : -161)
}

/**
 * Energy for a day from body, activity and goal.
 * @returns refused with what is missing, out of range, or forbids it: no figure in pregnancy or under 18, and no deficit
 * for whom it could harm
 */
export function energyNeed(input: EnergyInput): Energy | Refused {
  const { sex, activity, goal } = input
  const numbers = checkNumbers(input, ENERGY_RANGES)
  const missing = [
    ...numbers.missing,
    ...(sex ? [] : ['sex']),
    ...(activity ? [] : ['activity']),
    ...(goal ? [] : ['goal']),
    ...(sex === 'female' && couldBePregnant(input.ageYears) && input.pregnant === undefined ? ['pregnant'] : []),
  ]
  const because = reasonsAgainst(input)
  if (missing.length > 0 || numbers.outOfRange.length > 0 || because.length > 0)
    return { state: 'refused', missing, outOfRange: numbers.outOfRange, because }
  return computed(input as Required<EnergyInput>)
}

/** Women of 15 to 49 years are asked before anything is advised that pregnancy forbids. */
export function couldBePregnant(ageYears: number | undefined): boolean {
  return ageYears !== undefined && ageYears >= 15 && ageYears <= 49
}

function reasonsAgainst({ ageYears, heightCm, weightKg, goal, ...input }: EnergyInput): string[] {
  const bmi = heightCm && weightKg ? weightKg / (heightCm / 100) ** 2 : undefined
  const loses = goal === 'lose'
  return [
    ...(input.pregnant ? ['pregnant'] : []),
    ...(ageYears !== undefined && ageYears < 18 ? ['minor'] : []),
    ...(loses && input.breastfeeding ? ['breastfeeding'] : []),
    ...(loses && input.eatingDisorder ? ['eating-disorder'] : []),
    ...(loses && bmi !== undefined && bmi < 18.5 ? ['underweight'] : []),
    ...(loses && bmi !== undefined && bmi >= 18.5 && bmi < 24 ? ['weight-normal'] : []),
    ...(loses && bmi !== undefined && bmi >= 24 && bmi < 27 && (ageYears ?? 0) >= 65 ? ['older-weight-normal'] : []),
    ...(goal === 'gain' && bmi !== undefined && bmi >= 24 ? ['gain-not-needed'] : []),
  ]
}

function computed({ sex, ageYears, heightCm, weightKg, activity, goal }: Required<EnergyInput>): Energy {
  const restingKcal = restingEnergy(sex, ageYears, heightCm, weightKg)
  const activityFactor = ACTIVITY_FACTOR[activity]
  const keepKcal = restingKcal * activityFactor
  const floorKcal = Math.max(restingKcal, FLOOR_KCAL[sex])
  const lower = Math.max(keepKcal - DEFICIT_KCAL, floorKcal)
  // Who keeps the weight on less than the floor is not told to eat more than that in order to lose.
  const targetKcal = goal === 'lose' ? Math.min(lower, keepKcal) : goal === 'gain' ? keepKcal + SURPLUS_KCAL : keepKcal
  const bmi = weightKg / (heightCm / 100) ** 2
  const byStandardWeight = standardRange(heightCm, bmi, activity)
  const notes: Energy['notes'] = []
  if (goal === 'lose' && keepKcal <= floorKcal) notes.push('no-room')
  else if (goal === 'lose' && lower === floorKcal) notes.push('at-floor')
  const { fromKcal, toKcal } = byStandardWeight
  // The guideline's figure for the heavy is one for losing weight.
  const isComparable = goal === 'lose' || bmi < 24
  if (isComparable && (targetKcal < fromKcal * 0.8 || targetKcal > toKcal * 1.2)) notes.push('beside-standard')
  return {
    state: 'computed',
    bmi,
    restingKcal,
    activityFactor,
    keepKcal,
    targetKcal,
    floorKcal,
    standardWeightKg: heightCm - 105,
    byStandardWeight,
    notes,
  }
}

/** kcal per kilogram of standard weight: below 18.5, to 24, and above. */
const PER_KG: Readonly<Record<Activity, readonly [thin: Range, normal: Range, heavy: Range]>> = {
  bed: [
    { from: 25, to: 30 },
    { from: 20, to: 25 },
    { from: 15, to: 20 },
  ],
  light: [
    { from: 35, to: 35 },
    { from: 25, to: 30 },
    { from: 20, to: 25 },
  ],
  moderate: [
    { from: 40, to: 40 },
    { from: 30, to: 35 },
    { from: 30, to: 30 },
  ],
  heavy: [
    { from: 45, to: 50 },
    { from: 40, to: 40 },
    { from: 35, to: 35 },
  ],
}
interface Range {
  from: number
  to: number
}

function standardRange(heightCm: number, bmi: number, activity: Activity): Energy['byStandardWeight'] {
  const { from, to } = PER_KG[activity][bmi < 18.5 ? 0 : bmi < 24 ? 1 : 2]
  const kg = heightCm - 105
  return { fromKcal: kg * from, toKcal: kg * to }
}
