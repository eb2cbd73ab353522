import { describe, expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { hypertensionChina2024 as hypertension } from './hypertension-china-2024.ts'

const grade = (sbp: number, dbp: number) => answer(hypertension, { sbp, dbp }).output['grade']

test.each([
  [119.9, 79.9, 'normal'],
  [120, 60, 'highNormal'],
  [110, 80, 'highNormal'],
  [139.9, 89.9, 'highNormal'],
  [140, 60, 'grade1'],
  [110, 90, 'grade1'],
  [159.9, 99.9, 'grade1'],
  [160, 60, 'grade2'],
  [110, 100, 'grade2'],
  [179.9, 109.9, 'grade2'],
  [180, 60, 'grade3'],
  [115, 110, 'grade3'],
])('%f/%f is %s', (sbp, dbp, expected) => expect(grade(sbp, dbp)).toBe(expected))

test('the grade never falls as either number rises', () => {
  const order = ['normal', 'highNormal', 'grade1', 'grade2', 'grade3']
  const rank = (sbp: number, dbp: number) => order.indexOf(grade(sbp, dbp) as string)
  for (let sbp = 121; sbp < 200; sbp++)
    for (let dbp = 50; dbp < 119; dbp++) {
      expect(rank(sbp + 1, dbp)).toBeGreaterThanOrEqual(rank(sbp, dbp))
      expect(rank(sbp, dbp + 1)).toBeGreaterThanOrEqual(rank(sbp, dbp))
    }
})

test.each([
  [140, 89.9, true, false],
  [140, 90, false, false],
  [139.9, 90, false, true],
])('%f/%f: isolated systolic %s, diastolic %s', (sbp, dbp, isolatedSystolic, isolatedDiastolic) =>
  expect(answer(hypertension, { sbp, dbp }).output).toMatchObject({ isolatedSystolic, isolatedDiastolic }),
)

test('a reading is one reading, and numbers in the wrong order are refused', () => {
  expect(answer(hypertension, { sbp: 150, dbp: 95 }).caveats).toEqual(['one-reading'])
  expect(evaluate(hypertension, { sbp: 80, dbp: 120 }).refused?.notApplicable).toBe('swapped')
})

const columns = ['130-139/85-89', 'grade1', 'grade2', 'grade3']
const rows = ['none', 'rf1-2', 'rf3+|TOD|CKD3|DMnoComplication', 'clinicalDisease|CKD4+|DMwithComplication']

test('the stratum never falls along a row or down a column, and says that the table is not confirmed', () => {
  const order = ['none', 'low', 'medium', 'mediumHigh', 'high', 'highVeryHigh', 'veryHigh']
  const ranks = rows.map((row) =>
    columns.map((bp) => {
      const { output, caveats } = answer(hypertension, { bp, row })
      expect(caveats).toEqual(['unconfirmed-table'])
      return order.indexOf(output['risk'] as string)
    }),
  )
  for (const along of [...ranks, ...columns.map((_, n) => ranks.map((row) => row[n]!))])
    expect(along).toEqual(along.toSorted((a, b) => a - b))
  expect(ranks.flat()).not.toContain(-1)
})

describe('from findings', () => {
  const person = {
    sbp: 145,
    dbp: 85,
    age: 50,
    sex: 'male',
    smoking: false,
    earlyFamilyHistory: false,
    organDamage: false,
    kidneyDisease: 'none',
    diabetes: 'none',
    clinicalDisease: false,
    impairedGlucose: false,
    tcMmolL: 4.5,
    ldlMmolL: 2.5,
    hdlMmolL: 1.3,
    waistCm: 80,
    bmi: 23,
    homocysteine: 8,
    uricAcid: 300,
    heartRate: 70,
  }
  const stratum = (more: Record<string, unknown>) => answer(hypertension, { ...person, ...more }).output

  test.each([
    ['age', 55, 56],
    ['smoking', false, true],
    ['earlyFamilyHistory', false, true],
    ['impairedGlucose', false, true],
    ['tcMmolL', 5.19, 5.2],
    ['ldlMmolL', 3.39, 3.4],
    ['hdlMmolL', 1, 0.99],
    ['waistCm', 89.9, 90],
    ['bmi', 27.9, 28],
    ['homocysteine', 9.9, 10],
    ['uricAcid', 419, 420],
    ['heartRate', 80, 81],
  ])('%s of %s does not count, %s does', (name, without, counted) => {
    expect(stratum({ [name]: without })).toMatchObject({ row: 'none', risk: 'low', factors: [] })
    expect(stratum({ [name]: counted })).toMatchObject({ row: 'rf1-2', risk: 'medium' })
  })

  test('women have their own limits', () => {
    const woman = { sex: 'female' }
    expect(stratum({ ...woman, age: 65, waistCm: 84.9, uricAcid: 359 })).toMatchObject({ factors: [] })
    expect(stratum({ ...woman, age: 66, waistCm: 85, uricAcid: 360 })).toMatchObject({
      factors: ['age', 'obesity', 'uricAcid'],
      row: rows[2],
      risk: 'high',
    })
  })

  test.each([
    [{ organDamage: true }, 2],
    [{ kidneyDisease: 'stage3' }, 2],
    [{ diabetes: 'uncomplicated' }, 2],
    [{ kidneyDisease: 'stage4-5' }, 3],
    [{ diabetes: 'complicated' }, 3],
    [{ clinicalDisease: true, smoking: true }, 3],
    [{ tcMmolL: 6, ldlMmolL: 4, hdlMmolL: 0.8 }, 1],
  ])('%j stands in row %i', (more, row) => expect(stratum(more)).toMatchObject({ row: rows[row] }))

  test('what was not measured is no zero: an answer comes only if it does not matter', () => {
    const { homocysteine: _, ...unmeasured } = person
    expect(evaluate(hypertension, unmeasured).refused).toMatchObject({ missing: [], notApplicable: 'undetermined' })
    expect(answer(hypertension, { ...unmeasured, smoking: true }).output).toMatchObject({ risk: 'medium' })
    expect(evaluate(hypertension, { ...unmeasured, smoking: true, bmi: 28 }).refused?.notApplicable).toBe(
      'undetermined',
    )
    expect(answer(hypertension, { ...unmeasured, smoking: true, bmi: 28, sbp: 180 }).output['risk']).toBe('veryHigh')
  })

  test('below 130/85 the table says nothing', () => {
    expect(evaluate(hypertension, { ...person, sbp: 129.9, dbp: 84.9 }).refused?.notApplicable).toBe('below-table')
    expect(stratum({ sbp: 130, dbp: 84.9, smoking: true })).toMatchObject({ bp: '130-139/85-89', risk: 'low' })
    expect(stratum({ sbp: 120, dbp: 85 })).toMatchObject({ bp: '130-139/85-89', risk: 'none' })
  })
})
