import { describe, expect, it } from 'vitest'
import { steadyPeriods, type Period } from './period.ts'

const daily = (count: number, mean: (at: number) => number): Period[] =>
  Array.from({ length: count }, (_, at) => ({ day: 20_000 + at, mean: mean(at) }))

describe('steadyPeriods', () => {
  it('leaves up to 120 days as they are', () => {
    const days = daily(120, (at) => at)
    expect(steadyPeriods(days)).toBe(days)
  })

  it('gathers years of daily values into months that lie on the same line', () => {
    const periods = steadyPeriods(daily(3653, (at) => 100 + at / 10))
    expect(periods.length).toBeGreaterThanOrEqual(120)
    expect(periods.length).toBeLessThanOrEqual(122)
    for (const { day, mean } of periods) expect(mean).toBeCloseTo(100 + (day - 20_000) / 10, 6)
  })

  it('keeps the latest twenty years of months', () => {
    const periods = steadyPeriods(daily(30 * 365, () => 1))
    expect(periods).toHaveLength(240)
    expect(periods.at(-1)!.day).toBeGreaterThan(20_000 + 30 * 365 - 31)
  })

  it('takes the latest days where all lies within half a year', () => {
    const days = daily(170, (at) => at)
    expect(steadyPeriods(days)).toEqual(days.slice(-120))
  })
})
