import { expect, test } from 'vitest'
import { spanOf } from './span.ts'

const MINUTE = 60_000
test.each<[number, string, number]>([
  [1, 'minutes', 1],
  [15 * MINUTE, 'minutes', 15],
  [90 * MINUTE, 'minutes', 90],
  [91 * MINUTE, 'hours', 2],
  [36 * 60 * MINUTE, 'hours', 36],
  [3 * 24 * 60 * MINUTE, 'days', 3],
])('%d ms is told in %s', (ms, unit, count) => {
  expect(spanOf(ms)).toEqual({ unit, count })
})
