import { expect, test } from 'vitest'
import { changeWords, isWorthALook } from './change-words.ts'

const change = (difference: number, percent: number | null) => ({ difference, percent, beyondVariation: null })

test.each([
  [change(0.6, 12.4), '+12%'],
  [change(-0.6, -12.4), '−12%'],
  [change(0.01, 0.3), '='],
  [change(0, 0), '='],
  [change(1.5, null), '+1.5'],
  [change(-1.5, null), '−1.5'],
])('%o is written %s', (step, words) => expect(changeWords(step, 1)).toBe(words))

test.each([
  [{ flag: 'H', change: null }, true],
  [{ flag: 'N', change: { ...change(1, 40), beyondVariation: true } }, true],
  [{ flag: 'N', change: { ...change(1, 4), beyondVariation: false } }, false],
  [{ flag: null, change: change(1, 4) }, false],
])('a row with %o is worth a look: %s', (cell, worth) =>
  expect(isWorthALook({ cells: [null, cell] as never })).toBe(worth),
)
