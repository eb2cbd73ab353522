/** The intervals each laboratory prints, by sex and age group. Sources: see `items.ts`. */
import { type AgeGroup, type Code, ITEMS, type Range } from './items.ts'
import type { Sex } from './types.ts'

/** male low, male high, female low, female high; null = open on that side. */
type Bounds = readonly [number | null, number | null, number | null, number | null]

const both = (low: number | null, high: number | null): Bounds => [low, high, low, high]

const FIRST: Partial<Record<Code, Bounds>> = {
  bmi: both(18.5, 23.9),
  waist: [null, 90, null, 85],
  sbp: both(90, 139),
  dbp: both(60, 89),
  hr: both(60, 100),
  wbc: both(3.5, 9.5),
  rbc: [4.3, 5.8, 3.8, 5.1],
  hgb: [130, 175, 115, 150],
  plt: both(125, 350),
  alt: [9, 50, 7, 40],
  ast: [15, 40, 13, 35],
  ggt: [10, 60, 7, 45],
  tbil: [null, 26, null, 21],
  alb: both(40, 55),
  urea: [3.1, 8, 2.6, 7.5],
  crea: [57, 97, 41, 73],
  ua: [208, 428, 155, 357],
  egfr: both(90, null),
  fpg: both(3.9, 6.1),
  hba1c: both(4, 6),
  tc: both(null, 5.2),
  tg: both(null, 1.7),
  hdl: both(1, null),
  ldl: both(null, 3.4),
  tsh: both(0.27, 4.2),
}

const SECOND: Partial<Record<Code, Bounds>> = {
  ...FIRST,
  wbc: both(4, 10),
  rbc: [4, 5.5, 3.5, 5],
  hgb: [120, 160, 110, 150],
  plt: both(100, 300),
  alt: [9, 60, 7, 45],
  ast: [15, 45, 13, 40],
  ggt: [11, 50, 7, 32],
  tbil: both(3.4, 20.5),
  alb: both(35, 52),
  urea: both(2.9, 8.2),
  crea: [59, 104, 45, 84],
  ua: [202, 417, 143, 340],
  fpg: both(4.1, 5.9),
  hba1c: both(4.3, 6.1),
  tc: both(2.9, 5.7),
  tg: both(0.4, 1.8),
  hdl: both(1.04, 1.9),
  ldl: both(0, 3.37),
  tsh: both(0.35, 4.94),
}

/** WS/T 404.5-2015 for 60–79 years. */
const ELDER: Partial<Record<Code, Bounds>> = { urea: [3.6, 9.5, 3.1, 8.8], crea: [57, 111, 41, 81] }

/** School age: WS/T 779-2021 (blood counts, 6–12 years, rounded); body and pressure have no fixed interval in children. */
const CHILD: Partial<Record<Code, Bounds>> = {
  bmi: both(null, null),
  waist: both(null, null),
  sbp: both(null, null),
  dbp: both(null, null),
  hr: both(60, 120),
  wbc: both(4.3, 11.3),
  rbc: both(4.2, 5.7),
  hgb: both(118, 156),
  plt: both(167, 453),
  urea: both(2.5, 6.5),
  crea: both(19, 90),
  egfr: both(75, null),
  ua: both(120, 420),
  ast: both(14, 44),
}

function rangeOf(bounds: Bounds | undefined, sex: Sex, laboratory: number): Range {
  const low = bounds?.[sex === 'male' ? 0 : 2] ?? null
  const high = bounds?.[sex === 'male' ? 1 : 3] ?? null
  if (low !== null && high !== null) return { low, high, text: laboratory === 0 ? `${low}-${high}` : `${low}～${high}` }
  if (high !== null) return { low, high, text: laboratory === 0 ? `<${high}` : `≤${high}` }
  return { low, high, text: low === null ? '' : laboratory === 0 ? `>${low}` : `≥${low}` }
}

function table(laboratory: number, sex: Sex, group: AgeGroup): Range[] {
  return ITEMS.map((item) => {
    if (item.ordinal) return { low: null, high: null, text: '阴性' }
    const base = (laboratory === 0 ? FIRST : SECOND)[item.code]
    const special = group === 'child' ? CHILD[item.code] : group === 'elder' ? ELDER[item.code] : undefined
    return rangeOf(special ?? base, sex, laboratory)
  })
}

const TABLES = [0, 1].map((laboratory) => ({
  male: {
    child: table(laboratory, 'male', 'child'),
    adult: table(laboratory, 'male', 'adult'),
    elder: table(laboratory, 'male', 'elder'),
  },
  female: {
    child: table(laboratory, 'female', 'child'),
    adult: table(laboratory, 'female', 'adult'),
    elder: table(laboratory, 'female', 'elder'),
  },
}))

/** Ranges of all items in the order of `CODES`, as laboratory 0 or 1 prints them for this sex at this age. */
export function rangesOf(laboratory: number, sex: Sex, ageYears: number): readonly Range[] {
  const group: AgeGroup = ageYears < 18 ? 'child' : ageYears < 60 ? 'adult' : 'elder'
  return (TABLES[laboratory] as (typeof TABLES)[number])[sex][group]
}
