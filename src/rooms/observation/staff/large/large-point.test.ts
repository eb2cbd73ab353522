import { expect, test } from 'vitest'
import type { IndicatorCourse, Series } from '../../contract/indicators.ts'
import type { RecordedValue } from '../../contract/record.ts'
import { largePoints, nearest, usesOurs } from './large-point.ts'

const value = (on: string, number: number | null, more: Partial<RecordedValue> = {}) =>
  ({
    id: on,
    at: `${on}T01:00:00Z`,
    value: number,
    comparator: null,
    remark: null,
    low: null,
    high: null,
    flag: null,
    ...more,
  }) as RecordedValue
const course = (...series: RecordedValue[][]) =>
  ({
    code: 'fpg',
    ours: { low: 3.9, high: 6.1, source: 'WS/T' },
    series: series.map((points) => ({ points }) as unknown as Series),
  }) as unknown as IndicatorCourse
const day = (at: string) => at.slice(0, 10)

test('points of all methods in order of time, each on its line; texts are not drawn', () => {
  const points = largePoints(
    [course([value('2020-01-01', 5), value('2022-01-01', 6.4)], [value('2021-01-01', 7)], [value('2023-01-01', null)])],
    day,
  )
  expect(points.map(({ value: v, line, side }) => [v, line, side])).toEqual([
    [5, 1, 'normal'],
    [7, 2, 'high'],
    [6.4, 1, 'high'],
  ])
})

test('>6.22 and 4.15+ stand alone', () => {
  const marked = [value('2020-01-01', 6.22, { comparator: '>' }), value('2021-01-01', 4.15, { remark: '+' })]
  expect(
    largePoints([course([...marked, value('2022-01-01', 5, { remark: '轻度乳糜' })])], day).map(({ line }) => line),
  ).toEqual([null, null, 1])
})

test('two indicators of a day stand one after the other', () => {
  const both = largePoints([course([value('2020-01-01', 130)]), course([value('2020-01-01', 80)])], day)
  expect(both.map(({ indicator, line }) => [indicator, line])).toEqual([
    [0, 1],
    [1, 2],
  ])
})

test('a finger means what is nearest in time, then in height', () => {
  const points = [
    { x: 10, y: 10 },
    { x: 10, y: 80 },
    { x: 60, y: 10 },
  ]
  expect([nearest(points, 14, 70), nearest(points, 50, 90), nearest([], 1, 1)]).toEqual([1, 2, -1])
})

test('says when ours is what a point is judged by', () => {
  expect(usesOurs(course([value('2020-01-01', 5)]))).toBe(true)
  expect(usesOurs(course([value('2020-01-01', 5, { high: 5.6 })]))).toBe(false)
})
