import { expect, test } from 'vitest'
import { matches } from './matches.ts'
import { storedOf, typedOf } from './typed-unit.ts'

const own = { name: 'mmol/L', factor: 1, offset: 0 }
const mgPerDl = { name: 'mg/dL', factor: 0.0555, offset: 0 }
const fahrenheit = { name: '°F', factor: 5 / 9, offset: -160 / 9 }

test('what is typed in another unit is kept in the own one, and shown as it was typed', () => {
  expect(storedOf(7, own, false)).toBe(7)
  expect(storedOf(126, mgPerDl, false)).toBe(6.993)
  for (const typed of [100, 126, 140.5, 0, 33.3]) expect(typedOf(storedOf(typed, mgPerDl, false), mgPerDl, false)).toBe(typed)
})

test('a temperature has a zero of its own, a change of temperature has not', () => {
  expect(storedOf(100.4, fahrenheit, false)).toBeCloseTo(38, 6)
  expect(storedOf(1.8, fahrenheit, true)).toBeCloseTo(1, 6)
  expect(typedOf(38, fahrenheit, false)).toBe(100.4)
})

test('all words that are typed have to stand in what a choice is found by, in any order', () => {
  const option = { search: '收缩压 sbp shousuoya ssy systolic bp' }
  for (const typed of ['收缩', 'SSY', ' shousuo ', 'bp systolic', '']) expect(matches(typed, option), typed).toBe(true)
  expect(matches('舒张', option)).toBe(false)
  expect(matches('bp', {})).toBe(false)
  expect(matches('bp', undefined)).toBe(false)
})
