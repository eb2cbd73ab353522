import { describe, expect, it, test } from 'vitest'
import { bandOf, figurePoint, linePath, linesOf, sideOf } from './figure-point.ts'
import { dateOf, dateTicks, dayOf, extentOf, niceTicks, scale } from './scale.ts'

const point = (date: string, value: number, low: number | null, high: number | null, line: number | null = 0) =>
  figurePoint(date, { value, flag: null, low, high }, null, line)

describe('scales', () => {
  it('goes to a day and back', () => expect(dateOf(dayOf('2024-02-29'))).toBe('2024-02-29'))

  it('puts ends to ends, and one value in sight', () => {
    const x = scale({ min: 10, max: 20 }, [100, 0])
    expect([x(10), x(15), x(20)]).toEqual([100, 50, 0])
    expect(scale({ min: 5, max: 5 }, [0, 10])(5)).toBe(0)
  })

  it.each([
    [[5, 10], { min: 4.5, max: 10.5 }],
    [[5], { min: 4.5, max: 5.5 }],
    [[0, 1], { min: 0, max: 1.1 }],
    [[], { min: 0, max: 1 }],
  ])('gives %o air: %o', (numbers, extent) => expect(extentOf(numbers)).toEqual(extent))

  it.each([
    [{ min: 3.7, max: 7.3 }, 4, [4, 5, 6, 7]],
    [{ min: 0, max: 1 }, 4, [0, 0.25, 0.5, 0.75, 1]],
    [{ min: 88, max: 164 }, 4, [100, 120, 140, 160]],
  ])('%o has about %i round numbers', (extent, count, ticks) => expect(niceTicks(extent, count)).toEqual(ticks))

  it('marks years of a long life and months of a short one', () => {
    const ticks = (from: string, to: string) =>
      dateTicks({ min: dayOf(from), max: dayOf(to) }, 6).map(({ date }) => date)
    expect(ticks('2006-09-01', '2026-03-01')).toEqual(['2010-01-01', '2015-01-01', '2020-01-01', '2025-01-01'])
    expect(ticks('2025-11-20', '2026-03-02')).toEqual(['2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01'])
  })
})

test.each([
  [{ flag: 'HH', value: 1, low: 0, high: 5 }, 'high'],
  [{ flag: 'N', value: 9, low: 0, high: 5 }, 'normal'],
  [{ flag: 'A', value: 1, low: null, high: null }, 'abnormal'],
  [{ flag: null, value: 9, low: null, high: 5 }, 'high'],
  [{ flag: null, value: 2, low: 3, high: null }, 'low'],
  [{ flag: null, value: 4, low: 3, high: null }, 'normal'],
  [{ flag: null, value: 4, low: null, high: null }, 'unknown'],
] as const)('%o lies %s', (judged, side) => expect(sideOf(judged)).toBe(side))

test('a point keeps its own interval; ours stands in where there is none', () => {
  const ours = { low: 3.9, high: 6.1 }
  expect(figurePoint('2026-01-01', { value: 6.4, flag: null, low: null, high: null }, ours, 0)).toMatchObject({
    low: 3.9,
    high: 6.1,
    side: 'high',
  })
  expect(figurePoint('2026-01-01', { value: 5.8, flag: null, low: null, high: 5.6 }, ours, 0)).toMatchObject({
    low: null,
    high: 5.6,
    side: 'high',
  })
})

test('methods stay apart, and what is no exact number is joined to nothing', () => {
  const points = [0, 0, null, 1, 1].map((line, at) => point(`202${at}-01-01`, at, null, null, line))
  expect(linesOf(points).map((line) => line.map(({ value }) => value))).toEqual([
    [0, 1],
    [3, 4],
  ])
  const x = scale({ min: points[0]!.day, max: points[4]!.day }, [0, 100])
  expect(linePath(linesOf(points)[0]!, x, (value) => value)).toBe('M0,0L25.1,1')
})

test('the band steps half-way where the interval changes', () => {
  const edge = { days: { min: 0, max: 100 }, values: { min: 0, max: 10 } }
  const at = (day: number, low: number | null, high: number | null) => ({ ...point('1970-01-01', 5, low, high), day })
  expect(bandOf([at(10, 3, 6), at(30, 3, 6), at(40, null, null), at(50, 3, 5), at(70, 4, null)], edge)).toEqual([
    { from: 0, to: 40, bottom: 3, top: 6 },
    { from: 40, to: 60, bottom: 3, top: 5 },
    { from: 60, to: 100, bottom: 4, top: 10 },
  ])
  expect(bandOf([at(10, null, null)], edge)).toEqual([])
})
