import { describe, expect, it } from 'vitest'
import { isCalendarDay, offsetOf, toInstant } from './incoming-time.ts'

describe('offsetOf', () => {
  it.each([
    ['2026-01-04', 8, 'Asia/Shanghai', '+08:00'],
    ['1989-07-01', 8, 'Asia/Shanghai', '+09:00'],
    ['2026-07-01', 8, 'America/New_York', '-04:00'],
    ['2026-01-04', 8, 'Asia/Kathmandu', '+05:45'],
    ['2026-01-04', 8, 'UTC', '+00:00'],
    ['2026-01-04', 8, '-03:30', '-03:30'],
    ['2026-01-04', 8, 'Z', 'Z'],
  ])('%s %i h in %s', (date, hour, zone, offset) => {
    expect(offsetOf(date, hour, zone)).toBe(offset)
    expect(offsetOf(date, hour, zone)).toBe(offset)
  })
})

describe('toInstant', () => {
  it.each([
    [{ year: 2026 }, '2026-01-01T00:00:00+08:00', 'year'],
    [{ year: 2026, month: 2 }, '2026-02-01T00:00:00+08:00', 'month'],
    [{ year: 2026, month: 2, day: 3 }, '2026-02-03T00:00:00+08:00', 'day'],
    [{ year: 2026, month: 2, day: 3, hour: 4 }, '2026-02-03T04:00:00+08:00', 'minute'],
    [
      { year: 2026, month: 2, day: 3, hour: 4, minute: 5, second: 6, fraction: '7' },
      '2026-02-03T04:05:06.7+08:00',
      'second',
    ],
    [{ year: 2026, month: 2, day: 3, hour: 4, minute: 5, offset: 'Z' }, '2026-02-03T04:05:00Z', 'minute'],
    [{ year: 2026, month: 2, day: 3, hour: 24 }, '2026-02-03T00:00:00+08:00', 'day'],
    [{ year: 2026, month: 2, day: 3, hour: 4, minute: 60 }, '2026-02-03T00:00:00+08:00', 'day'],
  ])('%j', (parts, at, precision) => {
    expect(toInstant(parts, 'Asia/Shanghai')).toEqual({ at, precision })
  })

  it.each([{ year: 0 }, { year: 2026, month: 13 }, { year: 2026, month: 0 }, { year: 2026, month: 2, day: 30 }])(
    'nothing of %j',
    (parts) => {
      expect(toInstant(parts, 'Asia/Shanghai')).toBeUndefined()
    },
  )
})

it('knows the leap years', () => {
  expect([2024, 2000, 2026, 1900].map((year) => isCalendarDay(year, 2, 29))).toEqual([true, true, false, false])
})
