import { describe, expect, test } from 'vitest'
import { rateOf } from './rate.ts'

describe('a share and how sure it is', () => {
  // Values of the closed form, reckoned apart: 45 of 60, 0 of 50, 50 of 50, 1 of 1000.
  test.each<[number, number, [number, number, number]]>([
    [45, 60, [75, 62.8, 84.2]],
    [0, 50, [0, 0, 7.1]],
    [50, 50, [100, 92.9, 100]],
    [1, 1000, [0.1, 0, 0.6]],
    [30, 30, [100, 88.6, 100]],
  ])('%i of %i', (n, of, [percent, low, high]) => expect(rateOf(n, of)).toEqual({ n, of, percent, low, high }))

  test.each([
    [29, 29],
    [0, 0],
    [12, 20],
  ])('%i of %i are too few', (n, of) => expect(rateOf(n, of)).toEqual({ n, of, percent: null, low: null, high: null }))
})
