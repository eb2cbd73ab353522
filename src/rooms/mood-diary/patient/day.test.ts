import { expect, test } from 'vitest'
import { backFrom, dailyMoods, daysBack, dayWords } from './day.ts'

test('days back and forth, over months and leap years', () => {
  expect(backFrom('2028-03-01', 1)).toBe('2028-02-29')
  expect(backFrom('2026-01-01', 30)).toBe('2025-12-02')
  expect(daysBack('2026-01-01', '2025-12-02')).toBe(30)
})

test('a day with several entries is one, their mean', () => {
  const entries = [
    { on: '2026-03-02', mood: 4 },
    { on: '2026-03-02', mood: 1 },
    { on: '2026-03-01', mood: 5 },
  ]
  expect(dailyMoods(entries)).toEqual([
    { on: '2026-03-01', mood: 5 },
    { on: '2026-03-02', mood: 2.5 },
  ])
})

test('a day in words', () =>
  expect([dayWords('2026-03-02', 'zh-CN'), dayWords('2026-03-02', 'en')]).toEqual(['3月2日', 'Mar 2']))
