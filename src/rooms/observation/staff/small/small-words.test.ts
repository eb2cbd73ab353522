import { expect, test } from 'vitest'
import type { CompactPoint, SmallCourse } from '../../contract/indicators.ts'
import { dayOf } from '../figure/scale.ts'
import { wordsOf } from '../value-words.ts'
import { daysOf, isAbnormalNow, outOf, shownOf } from './small-words.ts'

const point = (
  day: string,
  value: number | null,
  more: Partial<{ flag: 'H' | 'N' | 'A'; high: number; text: string; comparator: '>' }> = {},
): CompactPoint => [
  day,
  value,
  more.flag ?? null,
  null,
  more.high ?? null,
  more.comparator ?? null,
  more.text ?? null,
  0,
]
const course = (...points: CompactPoint[]): SmallCourse => ({
  code: 'fpg',
  name: '空腹血糖',
  meaning: '',
  apart: false,
  unitPrinted: 'mmol/L',
  decimals: 1,
  kind: 'number',
  ours: { low: 3.9, high: 6.1 },
  points,
  count: points.length,
  course: null,
  firstAbnormalOn: null,
})

test('counts what is out by flag, by the laboratory, by ours', () => {
  const one = course(
    point('2020-01-01', 9, { flag: 'N' }),
    point('2021-01-01', 5.8, { high: 5.6 }),
    point('2022-01-01', 6.4),
    point('2023-01-01', 5),
  )
  expect([outOf(one), isAbnormalNow(one)]).toEqual([2, false])
  expect(isAbnormalNow(course(point('2020-01-01', null, { flag: 'A', text: '阳性' })))).toBe(true)
})

test('values are written as they came', () => {
  const written = (one: CompactPoint) => wordsOf(shownOf(one, course()))
  expect(written(point('2020-01-01', 6.22, { comparator: '>' }))).toBe('>6.22')
  expect(written(point('2020-01-01', 4.15, { text: '+' }))).toBe('4.15+')
  expect(written(point('2020-01-01', null, { text: '阴性（-）' }))).toBe('阴性（-）')
})

test('all pictures of a page share their days', () => {
  const days = daysOf([
    course(point('2020-01-01', 1), point('2024-01-01', 1)),
    course(point('2018-05-01', 1)),
    course(),
  ])
  expect(days).toEqual({ min: dayOf('2018-05-01'), max: dayOf('2024-01-01') })
  expect(daysOf([])).toEqual({ min: 0, max: 1 })
})
