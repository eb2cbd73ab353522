import { expect, test } from 'vitest'
import { measureAt, percentileOf, restrictedZOf, zOf } from './lms.ts'

const SHAPES = [-1.2, -0.3, 0, 0.6, 1].map((L) => ({ L, M: 20, S: 0.1 }))

test('a measure and its z are the way there and back', () => {
  for (const lms of SHAPES) for (let z = -3; z <= 3; z += 0.25) expect(zOf(measureAt(z, lms), lms)).toBeCloseTo(z, 9)
})

test('near L = 0 nothing jumps', () => {
  expect(zOf(23, { L: 1e-7, M: 20, S: 0.1 })).toBeCloseTo(zOf(23, { L: 0, M: 20, S: 0.1 }), 5)
})

test('the restricted z rises throughout and does not jump at three', () => {
  for (const lms of SHAPES) {
    for (let value = 12; value < 40; value += 0.1)
      expect(restrictedZOf(value + 0.1, lms)).toBeGreaterThan(restrictedZOf(value, lms))
    const third = measureAt(3, lms)
    expect(restrictedZOf(third + 1e-9, lms)).toBeCloseTo(restrictedZOf(third - 1e-9, lms), 6)
  }
})

test.each([
  [0, 50],
  [1, 84.1345],
  [-1, 15.8655],
  [1.8807936, 97],
  [-1.8807936, 3],
  [3, 99.865],
])('z %f is percentile %f', (z, percentile) => expect(percentileOf(z)).toBeCloseTo(percentile, 4))
