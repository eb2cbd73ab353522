import { describe, expect, test } from 'vitest'
import { latestVelocity, velocities, velocityOf, type HeightOn } from './velocity.ts'

const height = (on: string, cm: number, position: HeightOn['position'] = 'standing'): HeightOn => ({ on, cm, position })

describe('the speed between two heights', () => {
  test('is told in cm a year with what it may be off by', () => {
    const { cmPerYear, plusMinus, days, short } = velocityOf(height('2024-03-01', 120), height('2025-03-01', 126))
    expect(cmPerYear).toBeCloseTo(6, 1)
    expect(plusMinus).toBeCloseTo(0.707, 2)
    expect([days, short]).toEqual([365, false])
  })

  test('the shorter the time, the less it says', () => {
    const of = (to: string) => velocityOf(height('2025-01-01', 120), height(to, 121))
    expect(of('2025-04-02').plusMinus).toBeGreaterThan(2.8)
    expect(of('2025-04-02').short).toBe(true)
    expect(of('2025-07-02').plusMinus).toBeLessThan(1.5)
  })

  test('a lying and a standing height are brought to one measure', () => {
    const from = height('2024-03-01', 90.7, 'lying')
    expect(velocityOf(from, height('2025-03-01', 98)).cmPerYear).toBeCloseTo(8, 1)
    expect(velocityOf(from, height('2025-03-01', 98, null)).cmPerYear).toBeCloseTo(7.3, 1)
  })
})

describe('one speed after another', () => {
  const quarterly = ['2024-01-10', '2024-04-10', '2024-07-10', '2024-10-10', '2025-01-10', '2025-04-12'].map((on, n) =>
    height(on, 120 + n * 1.5),
  )

  test('over half a year each, the last over what there is, never over less than three months', () => {
    expect(velocities(quarterly).map(({ from, to, short }) => [from, to, short])).toEqual([
      ['2024-01-10', '2024-07-10', false],
      ['2024-07-10', '2025-01-10', false],
      ['2025-01-10', '2025-04-12', true],
    ])
    expect(velocities([height('2025-01-01', 120), height('2025-02-01', 122)])).toEqual([])
    expect(velocities([])).toEqual([])
  })

  test('of late: from the height nearest to a year ago', () => {
    expect(latestVelocity(quarterly)).toMatchObject({ from: '2024-04-10', to: '2025-04-12' })
    expect(latestVelocity(quarterly.slice(0, 1))).toBeUndefined()
    expect(latestVelocity([height('2020-01-01', 100), height('2025-01-01', 130)])).toBeUndefined()
  })
})
