import { describe, expect, test } from 'vitest'
import { LIGHT } from '../look/palette.ts'
import { bandOf, niceExtent, sideOf, timeExtent, valueExtent, type TrendPoint } from './trend.ts'
import { trendOption, type TrendOptionInput } from './trend-option.ts'

test.each([
  [{ value: 6.2, low: 4, high: 6 }, 'high'],
  [{ value: 3.9, low: 4, high: 6 }, 'low'],
  [{ value: 6, low: 4, high: 6 }, 'in'],
  [{ value: 9, high: null, low: 4 }, 'in'],
  [{ value: 9 }, 'unknown'],
] as const)('%j is %s', (point, side) => expect(sideOf(point)).toBe(side))

test.each([
  [{ min: 49, max: 164 }, { min: 25, max: 175, step: 25 }],
  [{ min: 3.2, max: 7.8 }, { min: 3, max: 8, step: 1 }],
  [{ min: 0, max: 0.04 }, { min: 0, max: 0.04, step: 0.01 }],
])('%j is drawn as %j', (extent, expected) => {
  const nice = niceExtent(extent)
  expect(nice.min).toBeCloseTo(expected.min)
  expect(nice.max).toBeCloseTo(expected.max)
  expect(nice.step).toBeCloseTo(expected.step)
})

test('a flat line and an empty one have an extent', () => {
  const flat = valueExtent([{ name: '', points: [{ at: '2026-01-01', value: 5 }] }])
  expect(flat.min).toBeLessThan(5)
  expect(flat.max).toBeGreaterThan(5)
  expect(valueExtent([])).toEqual({ min: 0, max: 1 })
})

test('what cannot be negative does not begin below nought', () => {
  expect(valueExtent([{ name: '', points: [{ at: '2026-01-01', value: 0.1, high: 50 }] }]).min).toBe(0)
})

describe('the band', () => {
  const edge = { from: 0, to: 1000, min: 0, max: 10 }
  const at = (time: number, low?: number, high?: number): TrendPoint => ({ at: new Date(time).toISOString(), value: 5, low: low ?? null, high: high ?? null })

  test('each interval holds until half-way to the next', () => {
    expect(bandOf([at(200, 4, 6), at(600, 4, 6.5)], edge)).toEqual([
      { time: 0, low: 4, high: 6 },
      { time: 400, low: 4, high: 6 },
      { time: 400, low: 4, high: 6.5 },
      { time: 1000, low: 4, high: 6.5 },
    ])
  })
  test('an open bound goes to the edge, one outside of the picture is cut', () => {
    expect(bandOf([at(200, undefined, 6)], edge)[0]).toEqual({ time: 0, low: 0, high: 6 })
    expect(bandOf([at(200, 4, 60)], edge)[0]).toEqual({ time: 0, low: 4, high: 10 })
  })
  test('a point without an interval leaves its neighbours standing', () => {
    expect(bandOf([at(200, 4, 6), at(300), at(600, 4, 6)], edge)).toHaveLength(4)
    expect(bandOf([at(300)], edge)).toEqual([])
  })
})

test('no point sticks to the edge', () => {
  const { from, to } = timeExtent([{ name: '', points: [{ at: '2026-01-01', value: 1 }] }], [{ at: '2026-02-01', label: '' }])
  expect(from).toBeLessThan(Date.parse('2026-01-01'))
  expect(to).toBeGreaterThan(Date.parse('2026-02-01'))
})

describe('the picture', () => {
  type Drawn = { name?: string; data: { itemStyle: { color: string }; label: { show: boolean; formatter?: string } }[] }
  const points = [
    { at: '2026-01-01', value: 7, low: 4, high: 6 },
    { at: '2026-02-01', value: 5, low: 4, high: 6, text: '<5' },
  ]
  const input: TrendOptionInput = {
    series: [{ name: '<b>', points }],
    events: [{ at: '2026-01-15', label: '住院' }],
    unit: '%',
    palette: LIGHT,
    fontFamily: 'serif',
    dayWords: String,
    axisWords: String,
    sideWords: (side) => side,
  }
  const option = trendOption(input)
  const line = (option['series'] as Drawn[]).find(({ name }) => name)!

  test('a point out of range is filled and carries its arrow, one inside is a ring', () => {
    expect(line.data[0]).toMatchObject({ itemStyle: { color: LIGHT.danger }, label: { show: true, formatter: '↑' } })
    expect(line.data[1]!.itemStyle.color).toBe(LIGHT.card)
  })
  test('values that are steps stand on their own scale, others on one that they fill', () => {
    expect(option['yAxis']).toMatchObject({ min: 3, max: 8, interval: 1 })
    const steps = trendOption({ ...input, scale: { min: 1, max: 9, step: 2 } })
    expect(steps['yAxis']).toMatchObject({ min: 1, max: 9, interval: 2 })
  })
  test('the newest value is written as it was reported', () => expect(line.data[1]!.label.formatter).toBe('<5'))
  test('the hint is text, whatever a laboratory writes', () => {
    const hint = (option['tooltip'] as { formatter: (params: unknown) => string }).formatter
    expect(hint({ data: { point: points[1], value: [0, 5] } })).toContain('&lt;5')
    expect(hint({ data: {} })).toBe('')
  })
})
