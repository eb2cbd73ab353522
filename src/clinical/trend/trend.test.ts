import { describe, expect, it } from 'vitest'
import { dayNumber, daysPerYear } from './day.ts'
import { kendallQuantile, theilSen } from './theil-sen.ts'
import { isExact, trend, type TrendPoint } from './trend.ts'

const yearly = (values: number[], more: Partial<TrendPoint> = {}): TrendPoint[] =>
  values.map((value, index) => ({ on: `${2016 + index}-06-01`, value, unit: 'mmol/L', ...more }))

describe('dayNumber', () => {
  it.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-03-01', 11017],
    ['2024-02-29', 19782],
    ['2024-02-29T23:59:59+08:00', 19782],
  ])('%s → %d', (iso, day) => expect(dayNumber(iso)).toBe(day))

  it.each(['2023-02-29', '2024-13-01', '2024-00-10', '2024-01-00', '20240101', '', '2024-1-1'])('refuses %j', (iso) => {
    expect(() => dayNumber(iso)).toThrow(RangeError)
  })
})

describe('kendallQuantile', () => {
  // Table A11 of Conover, Practical Nonparametric Statistics, column 0.975
  it.each([
    [4, 6],
    [5, 8],
    [6, 11],
    [7, 13],
    [8, 16],
    [9, 18],
    [10, 21],
  ])('n = %d → %d', (n, w) => expect(kendallQuantile(n)).toBe(w))

  it('passes into the normal approximation without a step', () => {
    expect(kendallQuantile(41) / kendallQuantile(40)).toBeCloseTo(Math.sqrt((41 * 40 * 87) / (40 * 39 * 85)), 1)
  })
})

describe('theilSen', () => {
  it('finds a straight line, whatever one wild value does', () => {
    expect(theilSen([0, 1, 2, 3], [1, 3, 5, 7])?.slope).toBe(2)
    expect(theilSen([0, 1, 2, 3, 4, 5, 6], [0, 1, 2, 3, 100, 5, 6])?.slope).toBe(1)
  })

  it('gives an interval from five points on', () => {
    expect(theilSen([0, 1, 2, 3], [1, 2, 4, 3])).toEqual({ slope: expect.closeTo(0.8333, 3) })
    expect(theilSen([0, 1, 2, 3, 4], [1, 2, 4, 3, 6])).toEqual({ slope: 1.125, low: -1, high: 3 })
  })

  it('narrows the interval with more points', () => {
    const xs = Array.from({ length: 12 }, (_, index) => index)
    const found = theilSen(
      xs,
      xs.map((x) => 2 * x + (x % 2)),
    )!
    expect(found.low).toBeGreaterThan(1.5)
    expect(found.high).toBeLessThan(2.5)
    expect(found.slope).toBeCloseTo(2, 5)
  })

  it('knows no slope of one point', () => expect(theilSen([1], [1])).toBeUndefined())
})

describe('trend', () => {
  it('is empty for no points', () =>
    expect(trend([])).toEqual({ series: [], firstAbnormalOn: undefined, brokenOn: [] }))

  it('gives units per year, the course and the last change', () => {
    const [series] = trend(yearly([5, 5.2, 5.4, 5.6, 5.8, 6]).toReversed()).series
    expect(series!.points[0]!.on).toBe('2016-06-01')
    expect(series!.slopePerYear!.slope).toBeCloseTo(0.2, 3)
    expect(series!.course).toBe('rising')
    expect(series!.lastChange).toEqual({
      difference: expect.closeTo(0.2, 6),
      percent: expect.closeTo(3.448, 3),
      days: 365,
    })
  })

  it.each<[string, number[], string]>([
    ['falling', [9, 8, 7, 6, 5], 'falling'],
    ['up and down', [5, 6, 5, 6, 5, 6], 'unclear'],
    ['three points rise, too few to tell', [5, 6, 7], 'unclear'],
  ])('%s', (_what, values, course) => expect(trend(yearly(values)).series[0]!.course).toBe(course))

  it('has no slope below three days, but a change from two', () => {
    const [two] = trend(yearly([5, 6])).series
    expect(two).toMatchObject({ slopePerYear: undefined, lastChange: { difference: 1, percent: 20 } })
    expect(trend(yearly([5])).series[0]!.lastChange).toBeUndefined()
    const sameDay = ['08:00', '08:05', '08:10'].map((time) => ({ on: `2024-01-01T${time}:00+08:00`, value: 140 }))
    expect(trend(sameDay).series[0]).toMatchObject({ slopePerYear: undefined, lastChange: undefined })
  })

  it('takes the mean of a day', () => {
    const points = [
      { on: '2024-01-01', value: 150 },
      { on: '2024-01-11T08:00:00Z', value: 140 },
      { on: '2024-01-11T08:02:00Z', value: 130 },
    ]
    expect(trend(points).series[0]!.lastChange).toEqual({ difference: -15, percent: -10, days: 10 })
  })

  it('names no percentage of nothing', () =>
    expect(trend(yearly([0, 2])).series[0]!.lastChange!.percent).toBeUndefined())

  it('does not join methods or units, but joins spellings of one unit', () => {
    const points = [
      ...yearly([1, 2, 3], { method: 'A', unit: 'umol/L' }),
      ...yearly([10, 20], { method: 'B', unit: 'umol/L' }),
      ...yearly([0.1], { method: 'A', unit: 'mg/dL' }),
      { on: '2020-01-01', value: 4, method: 'A', unit: 'μmol/L' },
    ]
    expect(trend(points).series.map((one) => [one.method, one.unit, one.points.length])).toEqual([
      ['A', 'umol/L', 4],
      ['B', 'umol/L', 2],
      ['A', 'mg/dL', 1],
    ])
  })

  it('marks the first abnormal day by flag or by the range of that day, over all methods', () => {
    const points: TrendPoint[] = [
      { on: '2018-01-01', value: 5, range: { high: 5.2 }, method: 'A' },
      { on: '2019-01-01', value: 5.3, range: { high: 5.7 }, method: 'A' },
      { on: '2021-01-01T10:00:00Z', value: 5.3, range: { high: 5.2 }, method: 'A' },
      { on: '2020-01-01', value: 5, flag: 'H', method: 'B' },
    ]
    const found = trend(points)
    expect(found.series.map((one) => one.firstAbnormalOn)).toEqual(['2021-01-01', '2020-01-01'])
    expect(found.firstAbnormalOn).toBe('2020-01-01')
    expect(trend(yearly([1, 2, 3])).firstAbnormalOn).toBeUndefined()
  })

  it('leaves results that are only a bound out of slope, mean and change, and counts them', () => {
    const bound: TrendPoint = { on: '2018-06-01', value: 100, unit: 'mmol/L', comparator: '>' }
    const values = yearly([5, 5.2, 5.4, 5.6, 5.8, 6])
    const [plain] = trend(values, 'fpg').series
    const [series] = trend([...values, bound], 'fpg').series
    expect(series).toMatchObject({ inexact: 1, points: { length: 7 } })
    expect([series!.slopePerYear, series!.lastChange]).toEqual([plain!.slopePerYear, plain!.lastChange])
    const [last] = trend([...values, { ...bound, on: '2024-01-01' }], 'fpg').series
    expect(last!.lastChange).toBeUndefined()
    expect(trend([{ ...bound, range: { high: 6.1 } }]).firstAbnormalOn).toBe('2018-06-01')
  })

  it.each([
    [{}, true],
    [{ comparator: '>' }, false],
    [{ comparator: '<=' }, false],
    [{ remark: '+' }, false],
    [{ remark: '轻度乳糜' }, true],
  ] as const)('a number with %o is exact: %s', (printed, exact) => expect(isExact(printed)).toBe(exact))

  it('holds the latest change against the variation of the indicator', () => {
    const beyond = (values: number[], code?: string) =>
      trend(yearly(values), code).series[0]!.lastChange?.beyondVariation
    expect([beyond([5, 5.2], 'fpg'), beyond([5, 6.5], 'fpg'), beyond([5, 6.5], 'sbp'), beyond([5, 6.5])]).toEqual([
      false,
      true,
      undefined,
      undefined,
    ])
  })

  it('names the days where method or unit change', () => {
    const on = (day: string, method?: string): TrendPoint => ({ on: day, value: 1, method })
    const points = [on('2020-01-01', 'A'), on('2021-01-01', 'B'), on('2022-01-01', 'B'), on('2023-01-01', 'A')]
    expect(trend(points).brokenOn).toEqual(['2021-01-01', '2023-01-01'])
    expect(trend(yearly([1, 2, 3])).brokenOn).toEqual([])
  })

  it('takes the slope of years of daily values over their months', () => {
    const points = Array.from({ length: 1500 }, (_, at) => ({
      on: new Date(Date.UTC(2020, 0, 1 + at)).toISOString().slice(0, 10),
      value: 120 + at / daysPerYear + (at % 7),
    }))
    expect(trend(points).series[0]!.slopePerYear!.slope).toBeCloseTo(1, 1)
  })

  it('refuses a date that is none', () => expect(() => trend([{ on: 'yesterday', value: 1 }])).toThrow(RangeError))
})
