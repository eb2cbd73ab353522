import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { cLungRads } from './c-lung-rads.ts'

const grade = (type: string, diameterMm: number, solidMm?: number) =>
  answer(cLungRads, { type, diameterMm, solidMm }).output

test.each([
  ['solid', 5.99, undefined, '1', 12],
  ['solid', 6, undefined, '2', 6],
  ['solid', 9.99, undefined, '2', 6],
  ['solid', 10, undefined, '3', 3],
  ['solid', 17.99, undefined, '3', 3],
  ['solid', 18, undefined, '4', 0],
  ['partSolid', 5.99, 4, '1', 12],
  ['partSolid', 6, 5.99, '2', 6],
  ['partSolid', 12, 6, '3', 3],
  ['partSolid', 12, 9.99, '3', 3],
  ['partSolid', 12, 10, '4', 0],
  ['groundGlass', 5.99, undefined, '1', 12],
  ['groundGlass', 19.99, undefined, '2', 6],
  ['groundGlass', 20, undefined, '3', 3],
  ['calcified', 25, undefined, '0', 12],
])('%s, %f mm with %s mm solid: %s after %i months', (type, diameterMm, solidMm, category, months) => {
  expect(grade(type, diameterMm, solidMm)).toEqual({ category, months, system: 'C-Lung-RADS 2024' })
})

test('never falls as it is larger', () => {
  for (const type of ['solid', 'groundGlass'])
    for (let mm = 1; mm < 40; mm++)
      expect(Number(grade(type, mm + 1).category)).toBeGreaterThanOrEqual(Number(grade(type, mm).category))
})

test('says that the model of the second step is missing where it could change the category', () => {
  expect(answer(cLungRads, { type: 'solid', diameterMm: 8 }).caveats).toContain('size-step-only')
  expect(answer(cLungRads, { type: 'solid', diameterMm: 5 }).caveats).not.toContain('size-step-only')
})

test('a part-solid nodule without its solid part, or with a larger one, is refused', () => {
  expect(evaluate(cLungRads, { type: 'partSolid', diameterMm: 9 }).refused?.notApplicable).toBe('solid-part-needed')
  expect(evaluate(cLungRads, { type: 'partSolid', diameterMm: 9, solidMm: 9.1 }).refused?.notApplicable).toBe(
    'solid-larger-than-nodule',
  )
})
