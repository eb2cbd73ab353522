import { expect, test } from 'vitest'
import { dateIn } from '../../../../platform/clock.ts'
import { classRules, keptUntil, overBefore } from './retention.ts'

const ZONE = 'Asia/Shanghai'
const months = (changes = {}) => Object.fromEntries(classRules(changes).map((one) => [one.code, one.keepMonths]))

test('a class is kept as shipped until something else was set, never shorter than the law asks', () => {
  expect(months()).toEqual({ 'follow-up': 180, interpretation: 36, service: 36 })
  expect(months({ service: { keepMonths: 6 } })).toMatchObject({ service: 6 })
  expect(months({ 'follow-up': { keepMonths: 12 } })).toMatchObject({ 'follow-up': 180 })
  expect(
    classRules({ service: { enabled: false } })
      .filter((one) => !one.enabled)
      .map((one) => one.code),
  ).toEqual(['service'])
})

test('every class names where its period is from', () => {
  for (const { source, minMonths, keepMonths } of classRules()) {
    expect(source.zh.length).toBeGreaterThan(8)
    expect(keepMonths).toBeGreaterThanOrEqual(minMonths)
  }
})

test.each([
  ['2026-03-02T02:00:00Z', 36, '2029-03-02'],
  // In Shanghai it is the next day already.
  ['2026-03-02T17:00:00Z', 36, '2029-03-03'],
  ['2024-02-29T02:00:00Z', 12, '2025-02-28'],
])('begun %s and kept %d months: until %s', (begunAt, keepMonths, until) => {
  expect(keptUntil(new Date(begunAt), keepMonths, ZONE)).toBe(until)
})

test('what is kept until a day is there on that day, and over soon after', () => {
  for (const begunAt of [
    '2026-03-02T02:00:00Z',
    '2024-02-29T02:00:00Z',
    '2026-01-31T02:00:00Z',
    '2026-08-31T15:59:59Z',
  ])
    for (const keepMonths of [1, 6, 36, 180]) {
      const begunOn = dateIn(new Date(begunAt), ZONE)
      const until = keptUntil(new Date(begunAt), keepMonths, ZONE)
      expect(begunOn < overBefore(until, keepMonths)).toBe(false)
      const later = new Date(Date.parse(`${until}T00:00:00Z`) + 4 * 86_400_000).toISOString().slice(0, 10)
      expect(begunOn < overBefore(later, keepMonths)).toBe(true)
    }
})
