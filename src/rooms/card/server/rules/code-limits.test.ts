import { expect, test } from 'vitest'
import { codeFrom, secondsToWait } from './code-limits.ts'

const now = new Date('2026-03-02T02:00:00Z')
const ago = (...seconds: number[]) => seconds.map((s) => new Date(now.getTime() - s * 1000))

test.each([
  ['nothing sent', [], 0],
  ['one a moment ago', [0], 60],
  ['one 59 s ago', [59], 1],
  ['one a minute ago', [60], 0],
  ['five within the hour', [100, 200, 300, 400, 600], 3000],
  ['five, the first an hour ago', [100, 200, 300, 400, 3600], 0],
  ['ten within the day', [4000, 8000, 12_000, 16_000, 20_000, 24_000, 28_000, 32_000, 36_000, 80_000], 6400],
  ['ten, but one a day ago', [4000, 8000, 12_000, 16_000, 20_000, 24_000, 28_000, 32_000, 36_000, 86_400], 0],
])('%s', (_case, seconds, expected) => {
  expect(secondsToWait(ago(...seconds), now)).toBe(expected)
})

test.each([
  ['000000000000', '000000'],
  ['00000000002a', '000042'],
  ['ffffffffffff', '710655'],
])('chance %s is the code %s', (chance, code) => {
  expect(codeFrom(chance)).toBe(code)
})
