import { expect, test } from 'vitest'
import { evaluate } from '../../core/instrument.ts'
import { psqi } from './psqi.ts'
import vectors from './vectors.json' with { type: 'json' }

const good = vectors[0]!.input

function components(change: Partial<typeof good>): number[] {
  const result = evaluate(psqi, { ...good, ...change })
  if (result.refused) throw new Error(JSON.stringify(result.refused))
  return result.output['components'] as number[]
}

test.each([
  [7.01, 0],
  [7, 1],
  [6, 1],
  [5.99, 2],
  [5, 2],
  [4.99, 3],
])('%d hours asleep bring %i', (hoursSlept, points) => {
  expect(components({ hoursSlept, hoursInBed: hoursSlept })[2]).toBe(points)
})

test.each([
  [6.8, 0],
  [6.79, 1],
  [6, 1],
  [5.99, 2],
  [5.2, 2],
  [5.19, 3],
])('%d of 8 hours in bed bring %i', (hoursSlept, points) => {
  expect(components({ hoursSlept, hoursInBed: 8 })[3]).toBe(points)
})

test.each([
  [15, 0, 0],
  [16, 0, 1],
  [30, 1, 1],
  [31, 0, 1],
  [31, 1, 2],
  [60, 2, 2],
  [61, 1, 2],
  [61, 2, 3],
])('asleep after %i minutes, 5a %i: %i', (latencyMin, q5a, points) => {
  expect(components({ latencyMin, q5a })[1]).toBe(points)
})

test.each([
  [0, 0],
  [1, 1],
  [9, 1],
  [10, 2],
  [18, 2],
  [19, 3],
])('5b to 5j of %i bring %i', (sum, points) => {
  const q5b_j = good.q5b_j.map((_, n) => Math.max(0, Math.min(3, sum - 3 * n)))
  expect(components({ q5b_j })[4]).toBe(points)
})

test('more hours asleep than in bed is a slip, not a good night', () => {
  expect(evaluate(psqi, { ...good, hoursSlept: 9 }).refused?.notApplicable).toBe('slept-longer-than-in-bed')
})

test('the seven-item form that goes round as PSQI is refused', () => {
  expect(evaluate(psqi, { items: [1, 1, 1, 1, 1, 1, 1] }).refused).toMatchObject({ unknown: ['items'] })
})
