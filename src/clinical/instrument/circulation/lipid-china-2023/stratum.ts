import card from './model.json' with { type: 'json' }

export type Stratum = 'low' | 'medium' | 'high' | 'veryHigh' | 'extremeHigh'

export interface Target {
  /** mmol/L, to be below. */
  ldlTarget: number
  nonHdlTarget: number
  /** Of LDL-C from where it began, per cent. */
  minReductionPct?: number
}

export function targetOf(stratum: Stratum): Target {
  return card.targets[stratum]
}

/** LDL-C targets of people with diabetes, mmol/L; non-HDL-C is 0.8 more. */
export function diabetesTarget(stratum: 'low' | 'medium' | 'high' | 'ascvd'): Target {
  return card.diabetesTargets[stratum]
}

/** With ASCVD: 超高危 from two severe events, or one with two or more factors of high risk. */
export function stratumWithAscvd(severeEvents: number, highRiskFactors: number): Stratum {
  return severeEvents >= 2 || (severeEvents === 1 && highRiskFactors >= 2) ? 'extremeHigh' : 'veryHigh'
}

export interface DirectFindings {
  /** mmol/L. */
  ldl?: number
  tc?: number
  diabetes?: boolean
  age?: number
  /** KDIGO G stage, 0 for none. */
  ckdStage?: number
}

/** High without any score: LDL-C from 4.9 or TC from 7.2, diabetes from 40 years, kidney disease of stage 3 or 4. */
export function isHighDirectly({ ldl = 0, tc = 0, diabetes, age = 0, ckdStage }: DirectFindings): boolean {
  return ldl >= 4.9 || tc >= 7.2 || (diabetes === true && age >= 40) || ckdStage === 3 || ckdStage === 4
}

export interface TenYearFindings {
  sex: 'male' | 'female'
  age: number
  hypertension: boolean
  smoking: boolean
  /** mmol/L. */
  ldl: number
  tc: number
  hdl: number
  sbp: number
  dbp: number
  bmi: number
}

/** Column by LDL-C or TC in mmol/L, the higher of both; nothing below 1.8 and 3.1. */
function columnOf(ldl: number, tc: number): 0 | 1 | 2 | undefined {
  if (ldl >= 3.4 || tc >= 5.2) return 2
  if (ldl >= 2.6 || tc >= 4.1) return 1
  return ldl >= 1.8 || tc >= 3.1 ? 0 : undefined
}

/** Ten-year stratum of people without ASCVD whom nothing makes high directly. The table is not confirmed in print. */
export function tenYearStratum(one: TenYearFindings): Stratum | undefined {
  const column = columnOf(one.ldl, one.tc)
  if (column === undefined) return undefined
  const factors = [one.smoking, one.hdl < 1, one.age >= (one.sex === 'male' ? 45 : 55)].filter(Boolean).length
  const rows = one.hypertension ? card.tenYear.hypertension : card.tenYear.noHypertension
  return rows[factors]![column] as Stratum
}

/** For a medium ten-year stratum before 55: two of five make the lifetime risk high. */
export function isLifetimeHigh(one: TenYearFindings): boolean {
  const found = [
    one.sbp >= 160 || one.dbp >= 100,
    one.bmi >= 28,
    one.tc - one.hdl >= 5.2,
    one.hdl < 1,
    one.smoking,
  ].filter(Boolean).length
  return one.age < 55 && found >= 2
}
