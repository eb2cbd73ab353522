import { describe, expect, it } from 'vitest'
import { dateLabels, daysBetween, labelPlace, placePoints, valueExtent } from './chart-scale.ts'
import type { ComparedPoint } from './report-document.ts'

const plot = { widthPt: 200, heightPt: 100, labelGapPt: 24 }

function aPoint(date: string, value: number, range: { low?: number; high?: number } = {}): ComparedPoint {
  return { date, value, flag: '', ...range }
}

describe('daysBetween', () => {
  it.each([
    ['2026-01-01', '2026-01-01', 0],
    ['2023-12-31', '2024-03-01', 61],
    ['2024-03-01', '2023-12-31', -61],
  ])('%s to %s is %d days', (from, to, days) => expect(daysBetween(from, to)).toBe(days))
})

describe('placePoints', () => {
  it('keeps distances in time', () => {
    const placed = placePoints([aPoint('2020-01-01', 1), aPoint('2020-02-01', 2), aPoint('2026-01-01', 3)], plot)
    expect(placed.map(({ day }) => day)).toEqual([0, 31, 2192])
  })

  it('gives each point a band half-way to its neighbours, without gaps', () => {
    const placed = placePoints([aPoint('2024-01-01', 1), aPoint('2025-01-01', 2), aPoint('2026-01-01', 3)], plot)
    expect(placed[0]!.bandFrom).toBeLessThan(0)
    expect(placed[0]!.bandTo).toBe(183)
    expect(placed[1]!.bandFrom).toBe(placed[0]!.bandTo)
    expect(placed[2]!.bandTo).toBeGreaterThan(placed[2]!.day)
  })

  it('leaves out the label of a point that a later one would touch', () => {
    const placed = placePoints([aPoint('2020-01-01', 1), aPoint('2025-12-01', 2), aPoint('2026-01-01', 3)], plot)
    expect(placed.map(({ labelled }) => labelled)).toEqual([true, false, true])
  })

  it('places one point alone, and none', () => {
    expect(placePoints([aPoint('2026-01-01', 5)], plot)).toMatchObject([
      { day: 0, bandFrom: -1, bandTo: 1, labelled: true },
    ])
    expect(placePoints([], plot)).toEqual([])
  })
})

describe('labelPlace', () => {
  it.each([
    ['a peak', 1, -1, 'top'],
    ['a valley', -1, 1, 'bottom'],
    ['a shallow valley', -0.1, 0.1, 'bottom'],
    ['a gentle rise', 0.2, 0.4, 'top'],
    ['a rise that turns steep', 0.2, 1.5, 'bottom'],
    ['a single point', 0, 0, 'top'],
  ])('at %s', (_, slopeIn, slopeOut, side) => expect(labelPlace(slopeIn, slopeOut).side).toBe(side))

  it('moves away from the slope, never far', () => {
    expect(labelPlace(0.4, 0.4).offsetPt).toBeLessThan(0)
    expect(labelPlace(-0.4, -0.4).offsetPt).toBeGreaterThan(0)
    expect(Math.abs(labelPlace(50, 50).offsetPt)).toBe(7)
  })
})

describe('valueExtent', () => {
  it.each([
    ['values and ranges', [aPoint('2026-01-01', 5, { low: 2, high: 12 })], 2, 12],
    ['a value outside its range', [aPoint('2026-01-01', 20, { low: 2, high: 12 })], 2, 20],
    ['an open range', [aPoint('2026-01-01', 5, { high: 4 })], 4, 5],
  ])('holds %s with room to spare', (_, points, low, high) => {
    const { min, max } = valueExtent(points)
    expect(min).toBeLessThan(low)
    expect(max).toBeGreaterThan(high)
  })

  it.each([[[aPoint('2026-01-01', 0)]], [[aPoint('2026-01-01', 7)]], [[]]])('never collapses: %j', (points) => {
    const { min, max } = valueExtent(points)
    expect(max - min).toBeGreaterThan(0)
  })
})

describe('dateLabels', () => {
  it('shows months where a year holds two points', () => {
    const points = [aPoint('2024-05-01', 1), aPoint('2026-03-01', 1), aPoint('2026-11-18', 1)]
    expect(dateLabels(points)).toEqual(['2024', '26-03', '26-11'])
  })
})
