import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { lungNoduleBrock as brock } from './lung-nodule-brock.ts'

const person = {
  age: 62,
  female: false,
  familyHistory: false,
  emphysema: false,
  diameterMm: 8,
  type: 'solid',
  upperLobe: false,
  count: 4,
  spiculation: false,
}
const pct = (input: object) => answer(brock, { ...person, ...input }).value!

test('rises with age and size, falls with the number of nodules', () => {
  for (let age = 30; age < 100; age++) expect(pct({ age: age + 1 })).toBeGreaterThan(pct({ age }))
  for (let mm = 1; mm < 30; mm++) expect(pct({ diameterMm: mm + 1 })).toBeGreaterThan(pct({ diameterMm: mm }))
  for (let count = 1; count < 20; count++) expect(pct({ count: count + 1 })).toBeLessThan(pct({ count }))
})

test.each(['female', 'familyHistory', 'emphysema', 'upperLobe', 'spiculation'])('%s raises it', (name) => {
  expect(pct({ [name]: true })).toBeGreaterThan(pct({}))
})

test('part-solid stands above solid, solid above ground glass', () => {
  expect(pct({ type: 'partSolid' })).toBeGreaterThan(pct({}))
  expect(pct({ type: 'nonSolid' })).toBeLessThan(pct({}))
})

test('the band turns at 10 %', () => {
  for (let mm = 1; mm <= 30; mm += 0.25) {
    const { value, band } = answer(brock, { ...person, spiculation: true, diameterMm: mm })
    expect(band).toBe(value! < 10 ? 'lower' : 'higher')
  }
})

test('without spiculation nothing is computed; a mass above 30 mm is refused; a far age is told', () => {
  const { spiculation: _left, ...rest } = person
  expect(evaluate(brock, rest).refused?.missing).toEqual(['spiculation'])
  expect(evaluate(brock, { ...person, diameterMm: 31 }).refused?.invalid[0]).toMatchObject({ input: 'diameterMm' })
  expect(answer(brock, { ...person, age: 45 }).caveats).toContain('outside-derivation-age')
})
