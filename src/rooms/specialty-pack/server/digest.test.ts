import { expect, test } from 'vitest'
import { digestOf } from './digest.ts'

test('the order of keys and what is undefined make no difference, words do', () => {
  const one = digestOf({ a: 1, b: { c: [1, 2], d: null }, e: undefined })
  expect(digestOf({ b: { d: null, c: [1, 2] }, a: 1 })).toBe(one)
  expect(digestOf({ b: { d: null, c: [2, 1] }, a: 1 })).not.toBe(one)
  expect(digestOf({ b: { c: [1, 2] }, a: 1 })).not.toBe(one)
})
