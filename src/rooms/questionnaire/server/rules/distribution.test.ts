import { expect, test } from 'vitest'
import { binsOf, quartersOf, type Counted } from './distribution.ts'

test.each<[string, Counted[], unknown]>([
  ['nothing', [], undefined],
  ['one value', [[7, 5]], { n: 5, lower: 7, middle: 7, upper: 7 }],
  [
    'whatever the order',
    [
      [3, 1],
      [1, 1],
      [2, 1],
      [4, 1],
    ],
    { n: 4, lower: 1, middle: 2, upper: 3 },
  ],
  [
    'weights',
    [
      [0, 90],
      [10, 10],
    ],
    { n: 100, lower: 0, middle: 0, upper: 0 },
  ],
])('quarters of %s', (_name, values, expected) => expect(quartersOf(values)).toEqual(expected))

test.each<[string, Counted[], number, number]>([
  [
    'few whole numbers',
    [
      [0, 2],
      [3, 1],
    ],
    4,
    1,
  ],
  [
    'PHQ-9',
    [
      [0, 5],
      [27, 1],
    ],
    14,
    2,
  ],
  [
    'minutes',
    [
      [0, 1],
      [4158, 1],
    ],
    9,
    500,
  ],
  [
    'shares',
    [
      [0.12, 1],
      [0.88, 1],
    ],
    8,
    0.1,
  ],
  ['one value', [[5, 9]], 1, 1],
])('bins of %s', (_name, values, count, width) => {
  const bins = binsOf(values)
  expect(bins).toHaveLength(count)
  expect(bins[0]!.below - bins[0]!.from).toBeCloseTo(width, 9)
  expect(bins.reduce((sum, one) => sum + one.n, 0)).toBe(values.reduce((sum, [, n]) => sum + n, 0))
  // Every value lies in its bin.
  for (const [value] of values)
    expect(bins.some(({ from, below, n }) => n > 0 && from <= value && value < below)).toBe(true)
})

test('no bins of nothing', () => expect(binsOf([])).toEqual([]))
