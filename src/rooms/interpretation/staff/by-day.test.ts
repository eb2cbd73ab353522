import { expect, test } from 'vitest'
import { byDay, weekdayOf } from './by-day.ts'

test('days and hours are those of the organization, not of the browser', () => {
  const slots = ['2026-03-04T15:30:00Z', '2026-03-04T16:10:00Z', '2026-03-05T06:00:00Z'].map((startsAt) => ({
    startsAt,
  }))
  const told = (zone: string) => byDay(slots, zone).map(({ on, times }) => [on, ...times.map(({ from }) => from)])
  expect(told('Asia/Shanghai')).toEqual([
    ['2026-03-04', '23:30'],
    ['2026-03-05', '00:10', '14:00'],
  ])
  expect(told('UTC')).toEqual([
    ['2026-03-04', '15:30', '16:10'],
    ['2026-03-05', '06:00'],
  ])
})

test('the weekday in the reader’s language', () => {
  expect([weekdayOf('2026-03-04', 'zh-CN'), weekdayOf('2026-03-04', 'en')]).toEqual(['周三', 'Wed'])
})

test('no times, no days', () => {
  expect(byDay([], 'UTC')).toEqual([])
})
