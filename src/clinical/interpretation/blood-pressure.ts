export type BloodPressureGrade = 'normal' | 'high-normal' | 'grade-1' | 'grade-2' | 'grade-3'

export interface BloodPressureClass {
  grade: BloodPressureGrade
  /** Systolic from 140 with diastolic below 90. */
  isolatedSystolic: boolean
  /** Diastolic from 90 with systolic below 140. */
  isolatedDiastolic: boolean
}

/** Lower bounds of each grade in mmHg, highest first: 中国高血压防治指南 2024. */
const grades: readonly [BloodPressureGrade, number, number][] = [
  ['grade-3', 180, 110],
  ['grade-2', 160, 100],
  ['grade-1', 140, 90],
  ['high-normal', 120, 80],
]

/**
 * Grade of an office blood pressure of an adult in mmHg; the higher of the two numbers decides. One reading grades a
 * reading, not a person: a diagnosis needs three days.
 */
export function bloodPressureGrade(sbp: number, dbp: number): BloodPressureClass {
  const grade = grades.find(([, systolic, diastolic]) => sbp >= systolic || dbp >= diastolic)?.[0] ?? 'normal'
  return { grade, isolatedSystolic: sbp >= 140 && dbp < 90, isolatedDiastolic: dbp >= 90 && sbp < 140 }
}
