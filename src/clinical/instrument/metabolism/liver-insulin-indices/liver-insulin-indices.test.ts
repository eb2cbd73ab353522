import { expect, test } from 'vitest'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { liverInsulinIndices as indices } from './liver-insulin-indices.ts'

/** AST 10 and ALT 1 make FIB-4 = 10·age/platelets. */
const fib4 = (age: number, value: number) => answer(indices, { age, ast: 10, alt: 1, plt: (age * 10) / value })

test.each([
  [64.9, 1.2999, 'low'],
  [64.9, 1.3001, 'indeterminate'],
  [64.9, 2.6699, 'indeterminate'],
  [64.9, 2.6701, 'high'],
  [65, 1.9999, 'low'],
  [65, 2.0001, 'indeterminate'],
  [65, 2.6701, 'high'],
])('at %f years FIB-4 %f is %s', (age, value, band) => {
  expect(fib4(age, value)).toMatchObject({ band })
})

test('the age is told where it matters', () => {
  expect(fib4(34, 3).caveats).toEqual(['below-35'])
  expect(fib4(50, 3).caveats).toEqual([])
  expect(fib4(70, 3).caveats).toEqual(['limits-from-65'])
})

const nfs = { age: 50, bmi: 28, ifgOrDm: false, ast: 40, alt: 40, plt: 200 }

test('albumin in g/L is divided by ten, and neither unit passes for the other', () => {
  expect(answer(indices, { ...nfs, albuminGL: 42 }).value).toBeCloseTo(
    answer(indices, { ...nfs, albuminGDl: 4.2 }).value!,
    12,
  )
  expect(evaluate(indices, { ...nfs, albuminGDl: 42 }).refused?.invalid[0]).toMatchObject({
    input: 'albuminGDl',
    reason: 'above',
  })
  expect(evaluate(indices, { ...nfs, albuminGL: 4.2 }).refused?.invalid[0]).toMatchObject({
    input: 'albuminGL',
    reason: 'below',
  })
})

test.each([
  [50, -1.4551, 'low'],
  [50, -1.4549, 'indeterminate'],
  [65, 0.1199, 'low'],
  [65, 0.1201, 'indeterminate'],
  [50, 0.6759, 'indeterminate'],
  [50, 0.6761, 'high'],
])('at %i years the fibrosis score %f is %s', (age, value, band) => {
  const at = (plt: number) => answer(indices, { ...nfs, age, plt, albuminGDl: 4 }).value!
  const plt = 200 + (at(200) - value) / 0.013
  expect(at(plt)).toBeCloseTo(value, 9)
  expect(answer(indices, { ...nfs, age, plt, albuminGDl: 4 }).band).toBe(band)
})

test('rises with age and AST, falls with platelets', () => {
  for (const base of [
    { age: 50, ast: 40, alt: 40, plt: 200 },
    { ...nfs, albuminGDl: 4.2 },
  ]) {
    const value = (input: object) => answer(indices, { ...base, ...input }).value!
    expect(value({ age: 51 })).toBeGreaterThan(value({}))
    expect(value({ ast: 41 })).toBeGreaterThan(value({}))
    expect(value({ plt: 201 })).toBeLessThan(value({}))
  }
})

test('insulin in pmol/L says that it was converted; no band is invented', () => {
  const result = answer(indices, { fpgMmolL: 6, insulinPmolL: 90 })
  expect(result.value).toBeCloseTo(4, 12)
  expect(result.band).toBeUndefined()
  expect(result.caveats).toEqual(['no-single-limit', 'insulin-converted'])
})
