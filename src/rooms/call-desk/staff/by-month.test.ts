import { expect, test } from 'vitest'
import { byMonth } from './by-month.ts'

test('a year of days comes to its months, and nothing is lost at either end', () => {
  const day = (on: string, n: number) => ({ day: on as never, due: n, calls: n * 2, answered: n, talkSeconds: n * 60 })
  const days = [day('2025-03-30', 1), day('2025-03-31', 2), day('2025-04-01', 4), day('2026-03-01', 8)]
  expect(byMonth(days)).toEqual([
    { day: '2025-03', due: 3, calls: 6, answered: 3, talkSeconds: 180 },
    { day: '2025-04', due: 4, calls: 8, answered: 4, talkSeconds: 240 },
    { day: '2026-03', due: 8, calls: 16, answered: 8, talkSeconds: 480 },
  ])
  expect(byMonth([])).toEqual([])
})
