import { describe, expect, it } from 'vitest'
import { bloodPressureGrade, type BloodPressureGrade } from './blood-pressure.ts'
import { bmiCategory, bodyMassIndex, waistCategory } from './body.ts'
import { fastingGlucoseClass, toleranceGlucoseClass } from './glucose.ts'
import { bloodPressureTarget } from './threshold.ts'

describe('bloodPressureGrade (中国高血压防治指南 2024)', () => {
  it.each<[number, number, BloodPressureGrade, boolean, boolean]>([
    [119, 79, 'normal', false, false],
    [120, 79, 'high-normal', false, false],
    [119, 80, 'high-normal', false, false],
    [139, 89, 'high-normal', false, false],
    [140, 89, 'grade-1', true, false],
    [139, 90, 'grade-1', false, true],
    [159, 99, 'grade-1', false, false],
    [160, 80, 'grade-2', true, false],
    [130, 100, 'grade-2', false, true],
    [179, 109, 'grade-2', false, false],
    [180, 70, 'grade-3', true, false],
    [150, 110, 'grade-3', false, false],
    [179.9, 99.9, 'grade-2', false, false],
  ])('%d/%d → %s', (sbp, dbp, grade, isolatedSystolic, isolatedDiastolic) => {
    expect(bloodPressureGrade(sbp, dbp)).toEqual({ grade, isolatedSystolic, isolatedDiastolic })
  })
})

describe('bloodPressureTarget', () => {
  it.each([
    [64, 140],
    [64.99, 140],
    [65, 150],
    [80, 150],
  ])('at %d years below %d/90', (age, sbpBelow) =>
    expect(bloodPressureTarget(age)).toMatchObject({ sbpBelow, dbpBelow: 90 }),
  )
})

describe('body mass index (WS/T 428-2013)', () => {
  it.each([
    [18.49, 'underweight'],
    [18.5, 'normal'],
    [23.99, 'normal'],
    [24, 'overweight'],
    [27.99, 'overweight'],
    [28, 'obese'],
    // shown as 24.0, still normal: classified before rounding
    [23.96, 'normal'],
  ])('%d → %s', (bmi, category) => expect(bmiCategory(bmi)).toBe(category))

  it.each([
    [170, 68, 23.529],
    [150, 54, 24],
    [170, 69.36, 24],
    [160, 71.68, 28],
  ])('%d cm, %d kg → %d', (heightCm, weightKg, expected) =>
    expect(bodyMassIndex(heightCm, weightKg)).toBeCloseTo(expected, 3),
  )

  it('meets a limit exactly where the measures do', () => {
    expect(bmiCategory(bodyMassIndex(170, 69.36))).toBe('overweight')
    expect(bmiCategory(bodyMassIndex(160, 71.68))).toBe('obese')
  })

  it.each([
    [0, 60],
    [170, 0],
    [-1, 60],
    [Number.NaN, 60],
  ])('refuses %d cm, %d kg', (heightCm, weightKg) => {
    expect(() => bodyMassIndex(heightCm, weightKg)).toThrow(RangeError)
  })
})

describe('waistCategory (WS/T 428-2013)', () => {
  it.each([
    ['male', 84.9, 'normal'],
    ['male', 85, 'pre-central'],
    ['male', 89.9, 'pre-central'],
    ['male', 90, 'central'],
    ['female', 79.9, 'normal'],
    ['female', 80, 'pre-central'],
    ['female', 84.9, 'pre-central'],
    ['female', 85, 'central'],
  ] as const)('%s %d cm → %s', (sex, waistCm, category) => expect(waistCategory(sex, waistCm)).toBe(category))
})

describe('glucose classes', () => {
  it.each([
    [5.6, 'normal'],
    [6.09, 'normal'],
    [6.1, 'impaired'],
    [6.99, 'impaired'],
    [7, 'diabetes-range'],
  ])('fasting %d → %s', (value, expected) => expect(fastingGlucoseClass(value)).toBe(expected))

  it.each([
    [7.79, 'normal'],
    [7.8, 'impaired'],
    [11.09, 'impaired'],
    [11.1, 'diabetes-range'],
  ])('2 hours %d → %s', (value, expected) => expect(toleranceGlucoseClass(value)).toBe(expected))
})
