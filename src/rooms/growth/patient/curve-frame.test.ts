import { describe, expect, test } from 'vitest'
import { growth } from '../../../clinical/index.ts'
import type { GrowthPoint, MeasureCourse } from '../contract/growth.ts'
import { bandOf, frameOf, linesOf } from './curve-frame.ts'

const point = (ageYears: number, value: number): GrowthPoint => ({
  id: null,
  on: '2026-03-02',
  value,
  position: 'standing',
  ageYears,
  correctedYears: null,
  z: 0,
  percentile: 50,
  between: null,
  reference: 'zong-li-2013@1',
  refused: null,
  caveats: [],
  source: 'staff',
})
const course = (...points: GrowthPoint[]): MeasureCourse => {
  const lines = growth.percentileLines(
    growth.zongLi2013,
    'height',
    'male',
    points[0]!.ageYears - 0.5,
    points.at(-1)!.ageYears + 0.75,
  )!
  return { measure: 'height', points, lines: { percentiles: lines.percentiles, points: lines.points } }
}

describe('the picture of a curve', () => {
  const grown = course(point(7, 122), point(8, 128), point(9, 133))
  const frame = frameOf(grown, 720, 360)

  test('holds every point and every line inside its edges', () => {
    for (const { ageYears, value } of grown.points) {
      expect(frame.x(ageYears)).toBeGreaterThan(frame.left)
      expect(frame.x(ageYears)).toBeLessThan(frame.right)
      expect(frame.y(value)).toBeGreaterThan(frame.top)
      expect(frame.y(value)).toBeLessThan(frame.bottom)
    }
    for (const { labelY } of linesOf(grown, frame)) {
      expect(labelY).toBeGreaterThan(frame.top)
      expect(labelY).toBeLessThan(frame.bottom)
    }
  })

  test('taller stands higher, and the names of the lines stand in their order', () => {
    expect(frame.y(140)).toBeLessThan(frame.y(120))
    const labels = linesOf(grown, frame).map(({ labelY }) => labelY)
    expect(labels).toEqual(labels.toSorted((a, b) => b - a))
  })

  test('ticks are round and lie inside', () => {
    expect(frame.xTicks).toEqual([6.5, 7, 7.5, 8, 8.5, 9, 9.5])
    for (const tick of frame.yTicks) expect(frame.y(tick)).toBeGreaterThanOrEqual(frame.top - 1)
    expect(frameOf(grown, 340, 260).xTicks.length).toBeLessThan(6)
  })

  test('at three years the lines and the ground between them are broken', () => {
    const small = course(point(2.6, 92), point(3.5, 100))
    const narrow = frameOf(small, 360, 260)
    for (const { path } of linesOf(small, narrow)) expect(path.match(/M/g)).toHaveLength(2)
    expect(bandOf(small, narrow, 0, 6).match(/Z/g)).toHaveLength(2)
  })

  test('one point alone, and no lines at all', () => {
    const alone = frameOf(course(point(8, 128)), 360, 260)
    expect(Number.isFinite(alone.x(8)) && Number.isFinite(alone.y(128))).toBe(true)
    const bare = { ...course(point(8, 128)), lines: null }
    const frameOfBare = frameOf(bare, 360, 260)
    expect([linesOf(bare, frameOfBare), bandOf(bare, frameOfBare, 0, 6)]).toEqual([[], ''])
    expect(Number.isFinite(frameOfBare.y(128))).toBe(true)
  })
})
