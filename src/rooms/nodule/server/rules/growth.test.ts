import { describe, expect, test } from 'vitest'
import { addDays } from '../../../../platform/clock.ts'
import { doublingDays, growthBetween, statusOf } from './growth.ts'
import { ballMm3, meanMm, volumeOf } from './size.ts'

const axes = (longMm: number, shortMm: number | null = null, depthMm: number | null = null) => ({
  longMm,
  shortMm,
  depthMm,
})
const scan = (on: string, ...size: [number, (number | null)?, (number | null)?]) => ({ on, ...axes(...size) })

describe('size', () => {
  test('the mean is of both axes to 0.1 mm, of one where there is one', () => {
    expect(meanMm(axes(6.6, 5.9))).toBe(6.3)
    expect(meanMm(axes(8))).toBe(8)
    expect(meanMm({ longMm: null, shortMm: null, depthMm: null })).toBeNull()
  })

  test('three axes are an ellipsoid, fewer a ball of the mean; a ball of equal axes is the same either way', () => {
    for (let mm = 1; mm < 60; mm += 0.7) {
      expect(volumeOf(axes(mm, mm, mm))!.mm3).toBeCloseTo(ballMm3(mm), 9)
      expect(volumeOf(axes(mm, mm))!.mm3).toBeCloseTo(ballMm3(mm), 9)
      expect(volumeOf(axes(mm * 2, mm * 2, mm * 2))!.mm3).toBeCloseTo(8 * ballMm3(mm), 6)
      expect(volumeOf(axes(mm + 0.1, mm, mm))!.mm3).toBeGreaterThan(volumeOf(axes(mm, mm, mm))!.mm3)
    }
    expect(volumeOf(axes(10, 8, 6))).toEqual({ mm3: (Math.PI / 6) * 480, from: 'axes' })
  })
})

describe('growth', () => {
  test.each([
    [6, 7.9, 'within-error'],
    [6, 8, 'larger'],
    [8, 6.1, 'within-error'],
    [8, 6, 'smaller'],
  ])('%f to %f mm is %s', (was, is, verdict) => {
    const growth = growthBetween('lung', scan('2025-01-01', was), scan('2025-07-01', is))!
    expect(growth.verdict).toBe(verdict)
    if (verdict !== 'larger') expect(growth.doubling).toBeNull()
  })

  test('within the error there is never a doubling time, whatever the sizes', () => {
    for (let was = 2; was < 30; was += 0.5)
      for (const more of Array.from({ length: 69 }, (_, n) => (n - 49) / 10))
        if (was + more > 0)
          expect(growthBetween('lung', scan('2025-01-01', was), scan('2025-04-01', was + more))!.doubling).toBeNull()
  })

  test('twice the volume takes its own time; a larger change doubles sooner', () => {
    const twice = 10 * 2 ** (1 / 3)
    expect(doublingDays(10, twice, 100)!.days).toBe(100)
    for (let is = 12; is < 30; is++)
      expect(doublingDays(10, is + 1, 365)!.days).toBeLessThan(doublingDays(10, is, 365)!.days)
  })

  test('the span holds the value, and has no upper end where the change may be none', () => {
    expect(doublingDays(10, 12, 180)).toMatchObject({ toDays: null })
    const wide = doublingDays(10, 16, 180)!
    expect(wide.fromDays).toBeLessThan(wide.days)
    expect(wide.toDays!).toBeGreaterThan(wide.days)
  })

  test('only volumes reckoned alike are compared; one axis is compared with one axis', () => {
    expect(growthBetween('lung', scan('2025-01-01', 6, 5, 5), scan('2025-07-01', 9, 8))!.volumePct).toBeNull()
    expect(growthBetween('lung', scan('2025-01-01', 6, 4), scan('2025-07-01', 6))!.changeMm).toBe(0)
  })

  test('a year is the limit of Lung-RADS; thyroid asks two dimensions or half the volume', () => {
    const met = (days: number, is: number) =>
      growthBetween('lung', scan('2025-01-01', 6), scan(addDays('2025-01-01', days), is))!.criterion
    expect(met(300, 7.6)).toEqual({ key: 'lung-rads', met: true })
    expect(met(300, 7.5)).toEqual({ key: 'lung-rads', met: false })
    expect(met(500, 9)).toEqual({ key: 'lung-rads', met: false })
    const thyroid = (...is: [number, number, number]) =>
      growthBetween('thyroid', scan('2025-01-01', 20, 15, 15), scan('2025-07-01', ...is))!.criterion!.met
    expect(thyroid(24, 18, 15)).toBe(true)
    expect(thyroid(24, 16, 15)).toBe(false)
    expect(thyroid(23, 17.5, 17)).toBe(true)
    expect(growthBetween('breast', scan('2025-01-01', 20), scan('2025-07-01', 30))!.criterion).toBeNull()
  })

  test('of one day, or without a size, nothing is compared', () => {
    expect(growthBetween('lung', scan('2025-01-01', 6), scan('2025-01-01', 9))).toBeNull()
    const gone = { on: '2025-07-01', longMm: null, shortMm: null, depthMm: null }
    expect(growthBetween('lung', scan('2025-01-01', 6), gone)).toBeNull()
  })

  test.each([
    [undefined, 6, 'baseline'],
    ['2025-01-01', 7.5, 'stable'],
    ['2025-01-01', 7.6, 'growing'],
    ['2024-01-01', 7.6, 'slowlyGrowing'],
  ])('against a scan of %s, %f mm is %s', (on, is, status) => {
    expect(statusOf(on ? [scan(on, 6)] : [], scan('2025-12-01', is))).toBe(status)
  })

  describe('what one pair of scans does not show', () => {
    const part = (on: string, long: number, solidMm: number | null) => ({ ...scan(on, long), solidMm })

    test('a millimetre a year is within the error each time, and slow growth over the years', () => {
      const years = ['2022', '2023', '2024', '2025'].map((year, n) => scan(`${year}-03-01`, 6 + n))
      const newest = years.at(-1)!
      for (let n = 1; n < years.length; n++)
        expect(growthBetween('lung', years[n - 1]!, years[n]!)!.verdict).toBe('within-error')
      expect(statusOf([years[2]!], newest)).toBe('stable')
      expect(statusOf(years.slice(0, 3).toReversed(), newest)).toBe('slowlyGrowing')
    })

    test.each([
      [
        'a solid part that grows in a nodule that does not',
        part('2025-03-01', 12, 3),
        part('2025-09-01', 12, 6),
        'growingSolid',
      ],
      [
        'a solid part where there was none, whatever its size',
        part('2025-03-01', 12, 0),
        part('2025-09-01', 12, 1),
        'growingSolid',
      ],
      ['the same over more than a year', part('2023-03-01', 12, 3), part('2025-09-01', 12, 6), 'slowlyGrowing'],
      ['a solid part as it was', part('2025-03-01', 12, 3), part('2025-09-01', 12, 4), 'stable'],
      ['a whole that grows', part('2025-03-01', 9, 3), part('2025-09-01', 12, 3), 'growing'],
      ['a solid part nobody had measured', part('2025-03-01', 12, null), part('2025-09-01', 12, 6), undefined],
      ['pure ground glass as it was', part('2025-03-01', 12, 0), part('2025-09-01', 12, 0), 'stable'],
    ])('%s', (_what, before, after, status) => expect(statusOf([before], after)).toBe(status))

    test('a solid part that has grown is no change within the error, and nothing is said of doubling', () => {
      expect(growthBetween('lung', part('2025-03-01', 12, 3), part('2025-09-01', 12, 6))).toMatchObject({
        verdict: 'larger',
        changeMm: 0,
        solidChangeMm: 3,
        doubling: null,
        criterion: { key: 'lung-rads', met: true },
      })
      expect(growthBetween('lung', part('2025-03-01', 12, 3), part('2025-09-01', 9, 6))!.verdict).toBe('smaller')
    })
  })
})
