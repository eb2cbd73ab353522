import { expect, test } from 'vitest'
import type { IndicatorCourse, Series } from '../contract/indicators.ts'
import { chartSeries, slopeWords, usesOurs } from './course-words.ts'
import { rangeWords, wordsOf } from './value-words.ts'

const point = (value: number | null, rest: Partial<Series['points'][number]> = {}) =>
  ({
    id: 'p',
    at: '2026-01-01T00:00:00Z',
    value,
    text: null,
    comparator: null,
    low: null,
    high: null,
    decimals: 1,
    flag: null,
    source: 'lab',
    by: null,
    method: null,
    ...rest,
  }) as Series['points'][number]
const of = (points: Series['points'], method: string | null = null): Series => ({
  method,
  unit: 'mmol/L',
  points,
  slopePerYear: null,
  course: 'unclear',
  lastChange: null,
})
const course = (series: Series[]): IndicatorCourse => ({
  code: 'fpg',
  name: '空腹血糖',
  meaning: '',
  panel: 'glucose',
  unitPrinted: 'mmol/L',
  decimals: 1,
  kind: 'number',
  ours: { low: 3.9, high: 6.1, source: 'WS/T' },
  series,
  firstAbnormalOn: null,
  ended: [],
  shortened: false,
})
const words = { method: (code: string) => code, source: ({ source }: { source: string }) => source }

test('a point keeps its own interval; ours stands in where there is none', () => {
  const one = course([of([point(5.25, { high: 5.6 }), point(6.4)])])
  expect(chartSeries(one, false, words)).toEqual([
    {
      name: '',
      points: [
        expect.objectContaining({ value: 5.3, low: null, high: 5.6 }),
        expect.objectContaining({ value: 6.4, low: 3.9, high: 6.1 }),
      ],
    },
  ])
  expect([usesOurs(one), usesOurs(course([of([point(5, { high: 5.6 })])]))]).toEqual([true, false])
})

test('methods stay apart and are named; texts are not drawn', () => {
  const series = chartSeries(
    course([of([point(5)], 'A'), of([point(6)], 'B'), of([point(null, { text: '阴性' })])]),
    false,
    words,
  )
  expect(series.map(({ name }) => name)).toEqual(['空腹血糖 A', '空腹血糖 B'])
})

const interval = { low: -1, high: 1 }
const none = { low: null, high: null }
test.each([
  ['rising', { slope: 0.4, low: 0.1, high: 1 }, 1, { word: 'rising', slope: '0.40' }],
  ['falling', { slope: -0.03, low: -1, high: -0.01 }, 2, { word: 'falling', slope: '0.03' }],
  ['rising', { slope: 2.5, low: 1, high: 4 }, 0, { word: 'rising', slope: '2.5' }],
  ['falling', { slope: -12, low: -20, high: -2 }, 0, { word: 'falling', slope: '12.0' }],
  ['unclear', { slope: 0, ...none }, 1, { word: 'steady', slope: '' }],
  ['unclear', { slope: -0.004, ...interval }, 2, { word: 'steady', slope: '' }],
  ['rising', { slope: 0.001, low: 0.0001, high: 0.01 }, 1, { word: 'steady', slope: '' }],
  ['unclear', { slope: 0.6, ...none }, 1, { word: 'few', slope: '' }],
  ['unclear', { slope: 0.6, ...interval }, 1, { word: 'unclear', slope: '' }],
  ['unclear', null, 1, undefined],
] as const)('%s by %o with %i decimals says %o', (course, slopePerYear, decimals, said) =>
  expect(slopeWords({ course, slopePerYear, points: [{ value: 66 }, { value: 66.5 }] }, decimals)).toEqual(said),
)

test('values that swing and end where they began have not stayed the same', () => {
  const points = [118, 162, 120, 160, 119].map((value) => ({ value }))
  const flat = { course: 'unclear', slopePerYear: { slope: 0, ...interval }, points } as const
  expect(slopeWords(flat, 0)).toEqual({ word: 'unclear', slope: '' })
})

test.each([
  [{ value: 5.25, text: null, comparator: null, decimals: 1 }, '5.3'],
  [{ value: 120, text: null, comparator: null, decimals: 0 }, '120'],
  [{ value: 0.5, text: null, comparator: '<', decimals: 2 }, '<0.5'],
  [{ value: null, text: '阴性', comparator: null, decimals: 2 }, '阴性'],
])('%o is written %s', (value, text) => expect(wordsOf(value)).toBe(text))

test.each([
  [{ low: 3.9, high: 6.1 }, '3.9–6.1'],
  [{ low: null, high: 5.2 }, '≤ 5.2'],
  [{ low: 40, high: null }, '≥ 40'],
  [{ low: null, high: null, rangeText: '阴性' }, '阴性'],
])('an interval %o is written %s', (range, text) => expect(rangeWords(range)).toBe(text))
