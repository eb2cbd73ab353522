import { describe, expect, test } from 'vitest'
import { differenceOf, shareOf } from './share.ts'

describe('a share', () => {
  // Newcombe 1998 (Statistics in Medicine 17:857), table I, method 3: Wilson without continuity correction.
  test.each([
    { count: 81, n: 263, low: 0.2553, high: 0.3662 },
    { count: 15, n: 148, low: 0.0624, high: 0.1605 },
  ])('$count of $n', ({ count, n, low, high }) => {
    const share = shareOf(count, n)
    expect(share.share).toBeCloseTo(count / n, 10)
    expect(share.low).toBeCloseTo(low, 4)
    expect(share.high).toBeCloseTo(high, 4)
  })

  test('of fewer than thirty is no percentage', () => {
    expect(shareOf(29, 29)).toEqual({ count: 29, n: 29, share: null, low: null, high: null })
    expect(shareOf(30, 30).share).toBe(1)
  })

  test('never leaves nought and one', () => {
    expect(shareOf(0, 40).low).toBe(0)
    expect(shareOf(40, 40).high).toBe(1)
  })

  test.each([
    [5, 4],
    [-1, 4],
    [NaN, 4],
  ])('%s of %s is refused', (count, n) => {
    expect(() => shareOf(count, n)).toThrow(RangeError)
  })
})

describe('a difference', () => {
  test('has its interval from those of its shares', () => {
    // Newcombe 1998 (Statistics in Medicine 17:873), table II (a), method 10: 56/70 against 48/80.
    const { difference, low, high } = differenceOf(shareOf(56, 70), shareOf(48, 80))
    expect(difference).toBeCloseTo(0.2, 10)
    expect(low).toBeCloseTo(0.0524, 4)
    expect(high).toBeCloseTo(0.3339, 4)
  })

  test.each([
    { name: 'clear and large', first: [150, 300], second: [90, 300], better: 'first' },
    { name: 'the other way round', first: [90, 300], second: [150, 300], better: 'second' },
    { name: 'clear, but of few', first: [40, 60], second: [15, 60], better: null },
    { name: 'large, but not clear', first: [150, 300], second: [145, 300], better: null },
    { name: 'too few for a percentage', first: [10, 12], second: [90, 300], better: null },
  ] as const)('$name', ({ first, second, better }) => {
    expect(differenceOf(shareOf(first[0], first[1]), shareOf(second[0], second[1])).better).toBe(better)
  })
})
