/** What is known of a person beside blood pressure. Absent: not measured, which is neither yes nor no. */
export interface Findings {
  age: number
  sex: 'male' | 'female'
  /** Active or passive. */
  smoking: boolean
  /** Cardiovascular disease of a first-degree relative before 50. */
  earlyFamilyHistory: boolean
  organDamage: boolean
  kidneyDisease: 'none' | 'stage3' | 'stage4-5'
  diabetes: 'none' | 'uncomplicated' | 'complicated'
  clinicalDisease: boolean
  impairedGlucose?: boolean
  /** mmol/L. */
  tcMmolL?: number
  ldlMmolL?: number
  hdlMmolL?: number
  waistCm?: number
  bmi?: number
  /** μmol/L. */
  homocysteine?: number
  uricAcid?: number
  /** At rest, per minute. */
  heartRate?: number
}

export type RiskRow = 'none' | 'rf1-2' | 'rf3+|TOD|CKD3|DMnoComplication' | 'clinicalDisease|CKD4+|DMwithComplication'

/** True as soon as one part is true, false when all parts are known and false, else not known. */
const anyOf = (...parts: (boolean | undefined)[]): boolean | undefined =>
  parts.includes(true) ? true : parts.includes(undefined) ? undefined : false

const from = (value: number | undefined, limit: number) => (value === undefined ? undefined : value >= limit)

/** Risk factors of 中国高血压防治指南 2024 beside the pressure itself, as told by a secondary source. */
function riskFactors(one: Findings): Record<string, boolean | undefined> {
  const male = one.sex === 'male'
  return {
    age: one.age > (male ? 55 : 65),
    smoking: one.smoking,
    earlyFamilyHistory: one.earlyFamilyHistory,
    // 2-hour glucose 7.8-11.0 or fasting 6.1-6.9 mmol/L.
    impairedGlucose: one.impairedGlucose,
    dyslipidaemia: anyOf(
      from(one.tcMmolL, 5.2),
      from(one.ldlMmolL, 3.4),
      one.hdlMmolL === undefined ? undefined : one.hdlMmolL < 1,
    ),
    obesity: anyOf(from(one.waistCm, male ? 90 : 85), from(one.bmi, 28)),
    homocysteine: from(one.homocysteine, 10),
    uricAcid: from(one.uricAcid, male ? 420 : 360),
    heartRate: one.heartRate === undefined ? undefined : one.heartRate > 80,
  }
}

/** The row of the table, at least and at most, given what is not known; and the factors that are known to be there. */
export function riskRow(one: Findings): { least: RiskRow; most: RiskRow; factors: string[] } {
  const found = Object.entries(riskFactors(one))
  const factors = found.filter(([, there]) => there === true).map(([name]) => name)
  const open = found.filter(([, there]) => there === undefined).length
  return { least: rowOf(one, factors.length), most: rowOf(one, factors.length + open), factors }
}

function rowOf(one: Findings, factors: number): RiskRow {
  if (one.clinicalDisease || one.kidneyDisease === 'stage4-5' || one.diabetes === 'complicated')
    return 'clinicalDisease|CKD4+|DMwithComplication'
  if (factors >= 3 || one.organDamage || one.kidneyDisease === 'stage3' || one.diabetes === 'uncomplicated')
    return 'rf3+|TOD|CKD3|DMnoComplication'
  return factors > 0 ? 'rf1-2' : 'none'
}
