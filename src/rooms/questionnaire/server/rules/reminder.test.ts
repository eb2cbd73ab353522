import { expect, test } from 'vitest'
import { remindTimes } from './reminder.ts'

const SENT = new Date('2026-03-02T02:00:00Z')

test.each<[string, number[], string | null, string[]]>([
  ['none asked for', [], null, []],
  ['in order, each once', [7, 3, 7], null, ['2026-03-05', '2026-03-09']],
  ['none at or after the closing', [3, 7, 8], '2026-03-09T02:00:00Z', ['2026-03-05']],
])('%s', (_name, days, closesAt, expected) => {
  const times = remindTimes(days, SENT, closesAt === null ? null : new Date(closesAt))
  expect(times.map((at) => at.toISOString())).toEqual(expected.map((day) => `${day}T02:00:00.000Z`))
})
