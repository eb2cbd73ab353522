import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { cha2ds2Vasc } from './cha2ds2-vasc.ts'

const man = { age: 50, sex: 'male' }
const result = (given: Record<string, unknown>) => answer(cha2ds2Vasc, { ...man, ...given })

test.each([
  [64.9, 0],
  [65, 1],
  [74.9, 1],
  [75, 2],
])('%f years give %i', (age, score) => expect(result({ age }).output).toEqual({ score }))

test.each([
  ['chf', 1],
  ['hypertension', 1],
  ['diabetes', 1],
  ['strokeTia', 2],
  ['vascular', 1],
])('%s gives %i', (name, score) => {
  expect(result({ [name]: true }).output).toEqual({ score })
  expect(result({ [name]: false }).output).toEqual({ score: 0 })
})

test.each([
  [{}, 'low'],
  [{ sex: 'female' }, 'low'],
  [{ hypertension: true }, 'consider'],
  [{ sex: 'female', hypertension: true }, 'consider'],
  [{ strokeTia: true }, 'advise'],
  [{ sex: 'female', age: 75 }, 'advise'],
])('%j is %s: being a woman alone is no reason', (given, band) => expect(result(given).band).toBe(band))

test('says that other versions count otherwise, and is for adults', () => {
  expect(result({}).caveats).toEqual(['other-versions'])
  expect(evaluate(cha2ds2Vasc, { ...man, age: 17.9 }).refused?.invalid).toMatchObject([{ input: 'age', limit: 18 }])
  expect(evaluate(cha2ds2Vasc, { ...man, chf: 1 }).refused?.invalid).toMatchObject([{ reason: 'not-yes-or-no' }])
})
