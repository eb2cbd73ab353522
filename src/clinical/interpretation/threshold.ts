/**
 * Thresholds of the shipped tag rules and of follow-up, as named constants. They are adults' values; comparison is
 * `>=` for `from`, `<` for `below` and `<=` for `upTo`.
 */

const publicHealth = '国家基本公共卫生服务规范(第三版) 2017'
const hypertension = '中国高血压防治指南 2024'
const diabetes = '中国2型糖尿病防治指南'
const abnormalResults = '健康体检重要异常结果管理专家共识 2019'

/** 血压待复查: once at or above either calls for re-measuring on other days. mmHg. */
export const bloodPressureRecheck = { sbpFrom: 140, dbpFrom: 90, differentDays: 3, source: publicHealth } as const

/** Either bound alone is an emergency. mmHg. */
export const bloodPressureEmergency = { sbpFrom: 180, dbpFrom: 110, source: publicHealth } as const

/** 血压高危: any one of these asks for blood pressure twice a year. */
export const bloodPressureHighRisk = {
  sbpFrom: 130,
  sbpBelow: 140,
  dbpFrom: 85,
  dbpBelow: 90,
  bmiFrom: 24,
  waistMaleFromCm: 90,
  waistFemaleFromCm: 85,
  spiritsFromMlPerDay: 100,
  ageFromYears: 55,
  source: publicHealth,
} as const

/** Limits of normal at home (mmHg), lower than in the consulting room. */
export const homeBloodPressure = { sbpFrom: 135, dbpFrom: 85, source: hypertension } as const

/** Adults, not in pregnancy, not athletes. kg/m². */
export const bodyMassIndex = { normalFrom: 18.5, overweightFrom: 24, obeseFrom: 28, source: 'WS/T 428-2013' } as const

/** Central obesity and the stage before it. cm. */
export const waist = {
  male: { preFromCm: 85, centralFromCm: 90 },
  female: { preFromCm: 80, centralFromCm: 85 },
  source: 'WS/T 428-2013',
} as const

/** Venous plasma, mmol/L. China keeps 6.1 for impaired fasting glucose where others use 5.6. */
export const fastingGlucose = { impairedFrom: 6.1, diabetesFrom: 7.0, source: diabetes } as const

/** 2 hours after 75 g of glucose, mmol/L. */
export const glucoseTolerance = { impairedFrom: 7.8, diabetesFrom: 11.1, source: diabetes } as const

/** NGSP, per cent. */
export const glycatedHaemoglobin = { diabetesFrom: 6.5, source: diabetes } as const

/** Any glucose, mmol/L: refer at once and look again within two weeks. */
export const glucoseEmergency = { from: 16.7, upTo: 3.9, source: publicHealth } as const

/** Fasting glucose below this counts as controlled in diabetes follow-up, mmol/L. */
export const diabetesControl = { fpgBelow: 7.0, source: publicHealth } as const

/** Resting heart rate of a class A finding, per minute. */
export const heartRateEmergency = { from: 150, upTo: 45, source: abnormalResults } as const

/** Class A when first found, g/L; in known anaemia from `knownUpTo` down. */
export const haemoglobinEmergency = { upTo: 60, knownUpTo: 30, source: abnormalResults } as const

/** Class A when first found, 10^9/L. */
export const plateletEmergency = { upTo: 30, source: abnormalResults } as const

/** Blood pressure to reach in follow-up (mmHg): control means below both. */
export function bloodPressureTarget(ageYears: number): { sbpBelow: number; dbpBelow: number; source: string } {
  return { sbpBelow: ageYears >= 65 ? 150 : 140, dbpBelow: 90, source: publicHealth }
}
