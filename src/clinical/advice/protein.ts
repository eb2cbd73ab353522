/** Grams of protein a day, by kidney function. */
export const PROTEIN_SOURCES = {
  general: '中国居民膳食营养素参考摄入量（2023版）：成年男 65 g、女 55 g，65 岁以上 72 g、62 g，约合每公斤 1.0–1.2 g',
  kidney: '中国慢性肾脏病营养治疗临床实践指南（2021版）',
} as const

export interface ProteinInput {
  weightKg: number
  heightCm: number
  ageYears: number
  /** mL/min/1.73 m²; unknown gives no figure: too much protein harms a kidney that nobody has looked at. */
  egfr?: number
  /** mg/g */
  uacr?: number
  dialysis?: boolean
}

export type Protein =
  | {
      state: 'computed'
      fromG: number
      toG: number
      perKg: { from: number; to: number }
      /** What it is reckoned by: the body's weight, or the standard weight from BMI 28 on. */
      weightUsedKg: number
      rule: 'dialysis' | 'kidney-low' | 'kidney-protein-leak' | 'older' | 'adult'
      source: string
      /** A doctor or dietitian settles it with the person. */
      needsDoctor: boolean
    }
  | { state: 'missing'; missing: ['egfr'] }

/** Protein for a day. Without a filtration rate there is no figure, unless the person is on dialysis. */
export function proteinNeed({ weightKg, heightCm, ageYears, egfr, uacr, dialysis }: ProteinInput): Protein {
  if (!dialysis && egfr === undefined) return { state: 'missing', missing: ['egfr'] }
  const bmi = weightKg / (heightCm / 100) ** 2
  const weightUsedKg = bmi >= 28 ? heightCm - 105 : weightKg
  const [rule, from, to] = ruleOf(ageYears, egfr ?? 0, uacr, dialysis ?? false)
  const isKidney = rule === 'dialysis' || rule === 'kidney-low' || rule === 'kidney-protein-leak'
  return {
    state: 'computed',
    fromG: weightUsedKg * from,
    toG: weightUsedKg * to,
    perKg: { from, to },
    weightUsedKg,
    rule,
    source: isKidney ? PROTEIN_SOURCES.kidney : PROTEIN_SOURCES.general,
    needsDoctor: isKidney,
  }
}

type Rule = Extract<Protein, { state: 'computed' }>['rule']

function ruleOf(ageYears: number, egfr: number, uacr: number | undefined, dialysis: boolean): [Rule, number, number] {
  if (dialysis) return ['dialysis', 1, 1.2]
  if (egfr < 60) return ['kidney-low', 0.6, 0.8]
  if (uacr !== undefined && uacr >= 30) return ['kidney-protein-leak', 0.8, 1]
  return ageYears >= 65 ? ['older', 1, 1.2] : ['adult', 0.9, 1.1]
}
