import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { lungNoduleMayo as mayo } from './lung-nodule-mayo.ts'

const person = { age: 60, everSmoker: false, priorCancer: false, diameterMm: 10, upperLobe: false, spiculation: false }
const pct = (input: object) => answer(mayo, { ...person, ...input }).value!

test('rises with age, size and every finding', () => {
  for (let age = 18; age < 100; age++) expect(pct({ age: age + 1 })).toBeGreaterThan(pct({ age }))
  for (let mm = 4; mm < 30; mm++) expect(pct({ diameterMm: mm + 1 })).toBeGreaterThan(pct({ diameterMm: mm }))
  for (const name of ['everSmoker', 'priorCancer', 'upperLobe', 'spiculation'])
    expect(pct({ [name]: true })).toBeGreaterThan(pct({}))
})

test('the bands turn at 5 and 65 %', () => {
  for (let mm = 4; mm <= 30; mm += 0.25)
    for (const spiculation of [true, false]) {
      const { value, band } = answer(mayo, { ...person, everSmoker: true, diameterMm: mm, spiculation })
      expect(band).toBe(value! < 5 ? 'low' : value! <= 65 ? 'medium' : 'high')
    }
})

test.each([3.9, 30.1])('%f mm is refused', (diameterMm) => {
  expect(evaluate(mayo, { ...person, diameterMm }).refused?.invalid[0]).toMatchObject({ input: 'diameterMm' })
})
