import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { chinaDiabetesRiskScore as score } from './china-diabetes-risk-score.ts'

const someone = { age: 52, sex: 'female', bmi: 23.5, waistCm: 77, sbp: 122, familyHistory: false }
const points = (input: object) => answer(score, { ...someone, ...input }).output.points as Record<string, number>
const total = (input: object) => answer(score, { ...someone, ...input }).value!

test.each([
  ['sbp', 109.9, 0, 110, 1],
  ['sbp', 119.9, 1, 120, 3],
  ['sbp', 129.9, 3, 130, 6],
  ['sbp', 139.9, 6, 140, 7],
  ['sbp', 149.9, 7, 150, 8],
  ['sbp', 159.9, 8, 160, 10],
  ['bmi', 21.99, 0, 22, 1],
  ['bmi', 23.99, 1, 24, 3],
  ['bmi', 29.99, 3, 30, 5],
  ['age', 24, 0, 25, 4],
  ['age', 34, 4, 35, 8],
  ['age', 64, 16, 65, 18],
])('%s: %f gives %i, %f gives %i', (name, below, few, from, more) => {
  expect([points({ [name]: below })[name], points({ [name]: from })[name]]).toEqual([few, more])
})

test.each([
  ['male', [75, 80, 85, 90, 95]],
  ['female', [70, 75, 80, 85, 90]],
])('the waist steps of a %s', (sex, edges) => {
  const steps = [0, 3, 5, 7, 8, 10]
  edges.forEach((edge, n) => {
    expect(points({ sex, waistCm: edge - 0.1 }).waist).toBe(steps[n])
    expect(points({ sex, waistCm: edge }).waist).toBe(steps[n + 1])
  })
})

test('never falls when age, pressure, build or waist rise', () => {
  for (const sex of ['female', 'male'])
    for (const [name, from, to] of [
      ['age', 20, 74],
      ['sbp', 90, 200],
      ['bmi', 15, 40],
      ['waistCm', 50, 130],
    ] as const)
      for (let n = from; n < to; n++)
        expect(total({ sex, [name]: n + 1 })).toBeGreaterThanOrEqual(total({ sex, [name]: n }))
})

test('a walk-through that sums to 31 where the table gives 28 is not followed', () => {
  expect(total({ age: 58, sex: 'male', bmi: 24.5, waistCm: 82, sbp: 121 })).toBe(28)
})

test('24 is not high, 25 is', () => {
  const near = { age: 50, sex: 'male', bmi: 22, waistCm: 82, sbp: 125 }
  expect(answer(score, { ...someone, ...near })).toMatchObject({ value: 24, band: 'low' })
  expect(answer(score, { ...someone, ...near, bmi: 21, waistCm: 77, sbp: 115, familyHistory: true })).toMatchObject({
    value: 25,
    band: 'high',
  })
})

test.each([19, 75, 52.5])('an age of %f is refused', (age) => {
  expect(evaluate(score, { ...someone, age }).refused?.invalid[0]).toMatchObject({ input: 'age' })
})
