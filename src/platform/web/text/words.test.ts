import { expect, test } from 'vitest'
import { ageWords } from './age.ts'
import { dateWords, monthDayWords, monthWords, nearDay, timeWords } from './day-words.ts'

test.each([
  ['2026-03-02', { key: 'today', count: 0 }],
  ['2026-03-03', { key: 'tomorrow', count: 1 }],
  ['2026-03-01', { key: 'yesterday', count: 1 }],
  ['2026-03-09', { key: 'inDays', count: 7 }],
  ['2026-02-23', { key: 'daysAgo', count: 7 }],
  ['2026-03-10', undefined],
  ['2025-03-02', undefined],
])('%s seen from 2026-03-02', (date, expected) => expect(nearDay(date, '2026-03-02')).toEqual(expected))

test('dates align in Chinese and read well in English', () => {
  expect(dateWords('2026-03-02', 'zh-CN')).toBe('2026-03-02')
  expect(dateWords('2026-03-02', 'en')).toBe('2 Mar 2026')
})

test('times are those of the organization', () => {
  const at = new Date('2026-03-01T16:05:00Z')
  expect(timeWords(at, 'Asia/Shanghai')).toBe('00:05')
  expect(timeWords(at, 'UTC')).toBe('16:05')
  expect(monthDayWords(at, 'zh-CN', 'Asia/Shanghai')).toBe('3月2日')
  expect(monthWords(new Date('2026-02-28T17:00:00Z'), 'zh-CN', 'Asia/Shanghai')).toBe('2026-03')
})

test.each([
  ['1961-03-03', { key: 'years', count: 64 }],
  ['1961-03-02', { key: 'years', count: 65 }],
  ['2024-03-02', { key: 'years', count: 2 }],
  ['2024-03-03', { key: 'months', count: 23 }],
  ['2026-02-02', { key: 'months', count: 1 }],
  ['2026-02-03', { key: 'days', count: 27 }],
  ['2026-03-02', { key: 'days', count: 0 }],
])('born %s, seen on 2026-03-02', (birthDate, expected) => expect(ageWords(birthDate, '2026-03-02')).toEqual(expected))
