import { describe, expect, test } from 'vitest'
import { zongLi2013 } from './china-growth/china-growth.ts'
import { linesCrossed, MAIN_PERCENTILES, percentileLines, zOfPercentile } from './lines.ts'
import { percentileOf } from './lms.ts'
import { placeIn } from './place.ts'

test('z and percentile are the way there and back', () => {
  for (let percentile = 0.1; percentile < 100; percentile += 0.7)
    expect(percentileOf(zOfPercentile(percentile))).toBeCloseTo(percentile, 6)
  for (let z = -3.5; z <= 3.5; z += 0.1) expect(zOfPercentile(percentileOf(z))).toBeCloseTo(z, 4)
  expect(zOfPercentile(97)).toBeCloseTo(1.8808, 3)
})

describe('percentile lines', () => {
  const lines = percentileLines(zongLi2013, 'height', 'female', 5, 12)!

  test('say whose they are, reach beyond both ends and do not cross', () => {
    expect(lines.reference).toBe('zong-li-2013@1')
    expect(lines.percentiles).toEqual([...MAIN_PERCENTILES])
    expect(lines.points[0]!.years).toBeLessThanOrEqual(5)
    expect(lines.points.at(-1)!.years).toBeGreaterThanOrEqual(12)
    for (const { values } of lines.points) expect(values).toEqual(values.toSorted((a, b) => a - b))
  })

  test('a child on a line has its percentile', () => {
    for (const { years, values } of lines.points)
      for (const [n, percentile] of lines.percentiles.entries()) {
        const placed = placeIn(zongLi2013, 'height', 'female', { years, days: years * 365.25 }, values[n]!)
        expect('percentile' in placed && placed.percentile).toBeCloseTo(percentile, 4)
      }
  })

  test('where lying turns to standing the line is broken', () => {
    const { points } = percentileLines(zongLi2013, 'height', 'male', 2, 4)!
    expect(points.filter(({ years }) => years === 3).map(({ values }) => values[3])).toEqual([97.5, 96.8])
  })

  test('there is none where the reference has nothing', () => {
    expect(percentileLines({ ...zongLi2013, tables: [] }, 'height', 'male', 0, 3)).toBeUndefined()
    expect(percentileLines(zongLi2013, 'head', 'male', 0, 18)!.points.at(-1)!.years).toBeLessThanOrEqual(6)
  })
})

test.each([
  [0, 0, 0],
  [0.1, -0.1, -1],
  [1, -0.1, -2],
  [-1, 1.5, 4],
  [-2.5, 2.5, 7],
  [-0.6, 0.6, 1],
])('from z %f to %f: %i lines', (from, to, crossed) => expect(linesCrossed(from, to)).toBe(crossed))
