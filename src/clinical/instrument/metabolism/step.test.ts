import { expect, test } from 'vitest'
import { pointsAt } from './step.ts'

const steps = [
  [20, 0],
  [25, 4],
  [35, 8],
]

test.each([
  [20, 0],
  [24.999, 0],
  [25, 4],
  [34.999, 4],
  [35, 8],
  [1000, 8],
])('%f stands on the step of %i points', (value, points) => expect(pointsAt(steps, value)).toBe(points))

test('below the first step there is nothing to give', () => expect(() => pointsAt(steps, 19.9)).toThrow(RangeError))
