import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { findrisc } from './findrisc.ts'

const nothing = {
  age: 30,
  sex: 'female',
  bmi: 22,
  waistCm: 70,
  activity30minDaily: true,
  vegFruitDaily: true,
  bpMedicationEver: false,
  highGlucoseEver: false,
  family: 'none',
}
const score = (input: object) => answer(findrisc, { ...nothing, ...input }).value!

test.each([
  ['35–44 years is no point of its own', { age: 44 }, 0],
  ['45', { age: 45 }, 2],
  ['54', { age: 54 }, 2],
  ['55', { age: 55 }, 3],
  ['64', { age: 64 }, 3],
  ['65', { age: 65 }, 4],
  ['just below 25', { bmi: 24.99 }, 0],
  ['25', { bmi: 25 }, 1],
  ['30 itself', { bmi: 30 }, 1],
  ['just above 30', { bmi: 30.01 }, 3],
  ['a woman of 79.9', { waistCm: 79.9 }, 0],
  ['a woman of 80', { waistCm: 80 }, 3],
  ['a woman of 88', { waistCm: 88 }, 3],
  ['a woman of 88.1', { waistCm: 88.1 }, 4],
  ['a man of 93.9', { sex: 'male', waistCm: 93.9 }, 0],
  ['a man of 94', { sex: 'male', waistCm: 94 }, 3],
  ['a man of 102', { sex: 'male', waistCm: 102 }, 3],
  ['a man of 102.1', { sex: 'male', waistCm: 102.1 }, 4],
  ['no vegetables is one point, not two', { vegFruitDaily: false }, 1],
  ['inactive', { activity30minDaily: false }, 2],
  ['a cousin', { family: 'second' }, 3],
  ['a parent', { family: 'first' }, 5],
])('%s', (_what, input, points) => expect(score(input)).toBe(points))

test.each([
  [{ highGlucoseEver: true, vegFruitDaily: false }, 6, 'low'],
  [{ highGlucoseEver: true, bpMedicationEver: true }, 7, 'slightlyElevated'],
  [{ highGlucoseEver: true, family: 'first', bmi: 26 }, 11, 'slightlyElevated'],
  [{ highGlucoseEver: true, family: 'first', age: 45 }, 12, 'moderate'],
  [{ highGlucoseEver: true, family: 'first', age: 70 }, 14, 'moderate'],
  [{ highGlucoseEver: true, family: 'first', age: 70, bmi: 26 }, 15, 'high'],
  [{ highGlucoseEver: true, family: 'first', age: 70, bmi: 31, waistCm: 81 }, 20, 'high'],
  [{ highGlucoseEver: true, family: 'first', age: 70, bmi: 31, waistCm: 90 }, 21, 'veryHigh'],
])('%j is %i and %s', (input, value, band) => {
  expect(answer(findrisc, { ...nothing, ...input })).toMatchObject({ value, band })
})

test('never falls when age, build or waist rise', () => {
  for (const sex of ['female', 'male'])
    for (const [name, from, to] of [
      ['age', 18, 100],
      ['bmi', 15, 45],
      ['waistCm', 50, 130],
    ] as const)
      for (let n = from; n < to; n++)
        expect(score({ sex, [name]: n + 1 })).toBeGreaterThanOrEqual(score({ sex, [name]: n }))
})

test('an unknown kind of family is refused', () => {
  expect(evaluate(findrisc, { ...nothing, family: 'third' }).refused?.invalid[0]).toMatchObject({
    reason: 'not-offered',
  })
})
