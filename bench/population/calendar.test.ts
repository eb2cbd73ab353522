import { describe, expect, test } from 'vitest'
import { ageOn, compactDateOf, dateOf, dayOf, weekdayOf, yearOf } from './calendar.ts'

describe('day numbers', () => {
  test.each([
    ['1970-01-01', 0],
    ['1969-12-31', -1],
    ['2000-02-29', 11_016],
    ['1900-03-01', -25_508],
    ['2026-11-21', 20_778],
  ])('%s is day %i', (date, day) => {
    expect(dayOf(date)).toBe(day)
    expect(dateOf(day)).toBe(date)
  })

  test('go there and back for 200 years', () => {
    for (let day = dayOf('1900-01-01'); day < dayOf('2100-01-01'); day += 17) expect(dayOf(dateOf(day))).toBe(day)
  })

  test.each(['2025-02-29', '1900-02-29', '2026-13-01', '2026-04-31', '2026-4-1', '', '20261121', '2026-00-10'])(
    'refuse %j',
    (date) => {
      expect(() => dayOf(date)).toThrow()
    },
  )

  test('have a weekday, before 1970 too', () => {
    // 2026-11-21 is a Saturday, 1949-10-01 was one too.
    expect(weekdayOf(dayOf('2026-11-21'))).toBe(6)
    expect(weekdayOf(dayOf('1949-10-01'))).toBe(6)
    expect(weekdayOf(dayOf('2026-11-22'))).toBe(0)
  })

  test('have a year and a compact form', () => {
    expect(yearOf(dayOf('1955-12-31'))).toBe(1955)
    expect(compactDateOf(dayOf('1955-01-02'))).toBe('19550102')
  })
})

describe('age', () => {
  test.each([
    ['2000-06-15', '2026-06-14', 25],
    ['2000-06-15', '2026-06-15', 26],
    ['2004-02-29', '2026-02-28', 21],
    ['2004-02-29', '2026-03-01', 22],
    ['2004-02-29', '2024-02-29', 20],
    ['2026-11-21', '2026-11-21', 0],
  ])('born %s is on %s %i years old', (born, on, years) => {
    expect(ageOn(dayOf(born), dayOf(on))).toBe(years)
  })
})
