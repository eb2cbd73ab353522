import { checkNumbers, type Refused } from './input.ts'

/** Exercise in the FITT form: frequency, intensity, time, type. Each figure names where it is from. */
export const EXERCISE_SOURCES = {
  amount: '中国人群身体活动指南（2021）；WHO guidelines on physical activity and sedentary behaviour (2020)',
  intensity: "ACSM's Guidelines for Exercise Testing and Prescription：中等强度为心率储备的 40–59 %",
  maximum: 'Tanaka H et al. J Am Coll Cardiol 2001;37:153-156：208 − 0.7 × 年龄',
  reserve: 'Karvonen MJ et al. Ann Med Exp Biol Fenn 1957;35:307-315',
  effort: 'Borg G. Med Sci Sports Exerc 1982;14:377-381：自觉用力 6–20 级',
  diabetes: '中国2型糖尿病防治指南（2020年版）：运动前血糖 >16.7 mmol/L 不宜，<5.6 mmol/L 先加餐',
  pressure: '中国高血压防治指南（2024）：≥180/110 mmHg 先控制血压',
} as const

/** What a person is asked before anything is prescribed; a yes means: a doctor first. */
export const RED_FLAGS = [
  'chest-pain',
  'breathless-at-rest',
  'fainted',
  'palpitations',
  'recent-heart-event',
  'recent-surgery',
  'acute-illness',
  'one-leg-swollen',
] as const
export type RedFlag = (typeof RED_FLAGS)[number]

export const EXERCISE_RANGES = {
  ageYears: { min: 18, max: 95 },
  sbp: { min: 70, max: 260 },
  dbp: { min: 40, max: 160 },
} as const

const OPTIONAL_RANGES = {
  restingHr: { min: 35, max: 160 },
  glucose: { min: 1, max: 40 },
  bmi: { min: 10, max: 70 },
} as const

export interface ExerciseInput {
  ageYears?: number
  /** mmHg, at rest. */
  sbp?: number
  dbp?: number
  /** Beats a minute; without it effort is told by feeling. */
  restingHr?: number
  /** Medicines that hold the heart's rate down: no rate is then a guide. */
  betaBlocker?: boolean
  /** Moves for 30 minutes on three days a week already. */
  active?: boolean
  redFlags?: Partial<Record<RedFlag, boolean>>
  pregnant?: boolean
  /** mmol/L, of the last days. */
  glucose?: number
  /** Insulin, sulfonylureas, glinides. */
  hypoglycaemiaDrug?: boolean
  diabetes?: boolean
  kneeOrHip?: boolean
  osteoporosis?: boolean
  retinopathy?: boolean
  bmi?: number
}

/** Effort by heart rate, or by feeling where the rate is no guide or not known. */
export type Intensity =
  | {
      by: 'heart-rate'
      fromBpm: number
      toBpm: number
      maximumBpm: number
      restingBpm: number
      shareFrom: number
      shareTo: number
    }
  | { by: 'effort'; from: number; to: number; because: 'beta-blocker' | 'resting-unknown' | 'age' }

export interface Step {
  fromWeek: number
  toWeek: number | null
  daysPerWeek: number
  minutes: number
}

export interface Exercise {
  state: 'computed'
  kind: 'walk' | 'low-impact'
  intensity: Intensity
  steps: Step[]
  /** Minutes a week in the end, of moderate effort. */
  weeklyMinutes: { from: number; to: number }
  strength: { daysPerWeek: number; sets: number; repetitions: string; gentle: boolean }
  /** From 65 years on: standing on one leg, heel to toe, tai chi. */
  balanceDaysPerWeek: number
  warnings: Warning[]
}

export const WARNINGS = [
  'beta-blocker',
  'hypoglycaemia',
  'glucose-low',
  'diabetes-feet',
  'pressure-raised',
  'knee',
  'osteoporosis',
  'retinopathy',
  'falls',
  'heavy-body',
] as const
export type Warning = (typeof WARNINGS)[number]

/** When to stop at once and call: the same for everybody. */
export const STOP_SIGNS = ['chest', 'breath', 'dizzy', 'heart', 'sweat', 'joint'] as const

/** A person's own reasons to see a doctor before any exercise is prescribed. */
export type DoctorFirst = { state: 'doctor-first'; because: (RedFlag | BodyFlag)[] }
export type BodyFlag =
  | 'pressure-very-high'
  | 'pulse-fast'
  | 'pulse-slow'
  | 'glucose-high'
  | 'glucose-very-low'
  | 'pregnant'

/**
 * A first exercise prescription for an adult.
 * @returns refused with what is missing (each red flag is asked) or out of range; `doctor-first` where something has to
 * be looked at before
 */
export function prescribeExercise(input: ExerciseInput): Exercise | DoctorFirst | Refused {
  const because = flagsOf(input)
  if (because.length > 0) return { state: 'doctor-first', because }
  const numbers = checkNumbers(input, EXERCISE_RANGES)
  const optional = checkNumbers(input, OPTIONAL_RANGES)
  const missing = [
    ...numbers.missing,
    ...(input.betaBlocker === undefined ? ['betaBlocker'] : []),
    ...(input.active === undefined ? ['active'] : []),
    ...RED_FLAGS.filter((flag) => input.redFlags?.[flag] === undefined),
  ]
  const outOfRange = [...numbers.outOfRange, ...optional.outOfRange]
  const minor = (input.ageYears ?? 18) < 18 ? ['minor'] : []
  if (missing.length > 0 || outOfRange.length > 0) return { state: 'refused', missing, outOfRange, because: minor }
  return prescribed(input as Asked)
}

type Asked = ExerciseInput & Required<Pick<ExerciseInput, 'ageYears' | 'sbp' | 'dbp' | 'betaBlocker' | 'active'>>

function flagsOf({
  redFlags = {},
  sbp,
  dbp,
  restingHr,
  betaBlocker,
  glucose,
  pregnant,
}: ExerciseInput): (RedFlag | BodyFlag)[] {
  return [
    ...RED_FLAGS.filter((flag) => redFlags[flag] === true),
    ...((sbp ?? 0) >= 180 || (dbp ?? 0) >= 110 ? (['pressure-very-high'] as const) : []),
    ...((restingHr ?? 0) > 100 ? (['pulse-fast'] as const) : []),
    ...(restingHr !== undefined && restingHr < (betaBlocker ? 45 : 50) ? (['pulse-slow'] as const) : []),
    ...((glucose ?? 0) > 16.7 ? (['glucose-high'] as const) : []),
    ...(glucose !== undefined && glucose <= 3.9 ? (['glucose-very-low'] as const) : []),
    ...(pregnant ? (['pregnant'] as const) : []),
  ]
}

function prescribed(input: Asked): Exercise {
  const { ageYears, active, sbp, dbp } = input
  const raised = sbp >= 160 || dbp >= 100
  const spares = input.kneeOrHip === true || (input.bmi ?? 0) >= 28
  return {
    state: 'computed',
    kind: spares ? 'low-impact' : 'walk',
    intensity: intensityOf(input),
    steps: active ? READY_STEPS : FIRST_STEPS,
    weeklyMinutes: { from: 150, to: 300 },
    strength: {
      daysPerWeek: 2,
      sets: active ? 2 : 1,
      repetitions: ageYears >= 65 || raised ? '10–15' : '8–12',
      gentle: raised || input.retinopathy === true || ageYears >= 65,
    },
    balanceDaysPerWeek: ageYears >= 65 ? 3 : 0,
    warnings: warningsOf(input, raised),
  }
}

const FIRST_STEPS: Step[] = [
  { fromWeek: 1, toWeek: 2, daysPerWeek: 3, minutes: 15 },
  { fromWeek: 3, toWeek: 4, daysPerWeek: 4, minutes: 20 },
  { fromWeek: 5, toWeek: null, daysPerWeek: 5, minutes: 30 },
]
const READY_STEPS: Step[] = [
  { fromWeek: 1, toWeek: 4, daysPerWeek: 5, minutes: 30 },
  { fromWeek: 5, toWeek: null, daysPerWeek: 5, minutes: 40 },
]

/** The age-predicted maximum was made with people up to 81. */
const OLDEST_BY_RATE = 80

/** Highest heart rate by age, Tanaka 2001. */
export function maximumRate(ageYears: number): number {
  return 208 - 0.7 * ageYears
}

/** Rate at a share of the reserve between rest and maximum, Karvonen 1957. */
export function karvonen(restingBpm: number, maximumBpm: number, share: number): number {
  return restingBpm + (maximumBpm - restingBpm) * share
}

function intensityOf({ ageYears, restingHr, betaBlocker, active }: Asked): Intensity {
  const effort = { by: 'effort' as const, from: active ? 12 : 11, to: 13 }
  if (betaBlocker) return { ...effort, because: 'beta-blocker' }
  if (restingHr === undefined) return { ...effort, because: 'resting-unknown' }
  if (ageYears > OLDEST_BY_RATE) return { ...effort, because: 'age' }
  const maximumBpm = maximumRate(ageYears)
  const [shareFrom, shareTo] = active ? [0.4, 0.59] : [0.4, 0.5]
  return {
    by: 'heart-rate',
    fromBpm: Math.round(karvonen(restingHr, maximumBpm, shareFrom)),
    toBpm: Math.round(karvonen(restingHr, maximumBpm, shareTo)),
    maximumBpm: Math.round(maximumBpm),
    restingBpm: restingHr,
    shareFrom,
    shareTo,
  }
}

function warningsOf(input: Asked, raised: boolean): Warning[] {
  const holds: Record<Warning, boolean> = {
    'beta-blocker': input.betaBlocker,
    hypoglycaemia: input.hypoglycaemiaDrug === true,
    'glucose-low': (input.hypoglycaemiaDrug ?? false) && input.glucose !== undefined && input.glucose < 5.6,
    'diabetes-feet': input.diabetes === true,
    'pressure-raised': raised,
    knee: input.kneeOrHip === true,
    osteoporosis: input.osteoporosis === true,
    retinopathy: input.retinopathy === true,
    falls: input.ageYears >= 65,
    'heavy-body': (input.bmi ?? 0) >= 28,
  }
  return WARNINGS.filter((one) => holds[one])
}
