import { SolarUtil, Solar } from 'lunar-typescript'
import { describe, expect, test } from 'vitest'
import { isWithinTerms, SOLAR_TERMS, solarTermOn } from './solar-term.ts'

const dayBefore = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)

describe('the days of 2026', () => {
  test.each(
    Object.entries({
      立春: '2026-02-04',
      雨水: '2026-02-18',
      惊蛰: '2026-03-05',
      春分: '2026-03-20',
      清明: '2026-04-05',
      谷雨: '2026-04-20',
      立夏: '2026-05-05',
      小满: '2026-05-21',
      芒种: '2026-06-05',
      夏至: '2026-06-21',
      小暑: '2026-07-07',
      大暑: '2026-07-23',
      立秋: '2026-08-07',
      处暑: '2026-08-23',
      白露: '2026-09-07',
      秋分: '2026-09-23',
      寒露: '2026-10-08',
      霜降: '2026-10-23',
      立冬: '2026-11-07',
      小雪: '2026-11-22',
      大雪: '2026-12-07',
      冬至: '2025-12-21',
    }),
  )('%s begins on %s', (term, date) => {
    expect(solarTermOn(date)).toBe(term)
    expect(solarTermOn(dayBefore(date))).not.toBe(term)
  })
})

test('a hundred years agree with another computation, but for days whose term falls within minutes of midnight', () => {
  let [days, different] = [0, 0]
  for (let year = 1990; year <= 2060; year++)
    for (let month = 1; month <= 12; month++)
      for (let day = 1; day <= SolarUtil.getDaysOfMonth(year, month); day++) {
        const solar = Solar.fromYmdHms(year, month, day, 23, 59, 59)
        const date = solar.toYmd()
        const other = solar.getLunar().getPrevJieQi(true).getName()
        days++
        if (solarTermOn(date) !== other) different++
      }
  expect(days).toBeGreaterThan(25_000)
  expect(different).toBeLessThanOrEqual(15)
}, 60_000)

test('a stretch of terms may go over the new year', () => {
  expect(isWithinTerms('2026-12-31', '立冬', '立春')).toBe(true)
  expect(isWithinTerms('2026-02-03', '立冬', '立春')).toBe(true)
  expect(isWithinTerms('2026-02-04', '立冬', '立春')).toBe(false)
  expect(isWithinTerms('2026-07-01', '立夏', '立秋')).toBe(true)
  expect(new Set(SOLAR_TERMS).size).toBe(24)
})
