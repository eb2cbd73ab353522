import { describe, expect, test } from 'vitest'
import { Random, mix, weighted } from './random.ts'

function draws<T>(count: number, draw: () => T): T[] {
  return Array.from({ length: count }, draw)
}
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('a stream', () => {
  test('is the same for the same three numbers', () => {
    const first = new Random(1, 2, 3)
    const second = new Random(99).reseed(1, 2, 3)
    expect(draws(50, () => first.uint32())).toEqual(draws(50, () => second.uint32()))
  })

  test.each([
    [2, 2, 3],
    [1, 3, 3],
    [1, 2, 4],
  ])('differs when one of them differs: %i %i %i', (seed, index, purpose) => {
    const base = new Random(1, 2, 3)
    const other = new Random(seed, index, purpose)
    const equal = draws(200, () => base.uint32() === other.uint32()).filter(Boolean).length
    expect(equal).toBeLessThan(2)
  })

  test('does not carry half a pair of normals over a reseed', () => {
    const random = new Random(5)
    random.normal()
    random.reseed(5, 1, 1)
    expect(random.normal()).toBe(new Random(5, 1, 1).normal())
  })

  test('neighbouring indices are unrelated', () => {
    const firsts = Array.from({ length: 20_000 }, (_, index) => new Random(7, index, 2).unit())
    const pairs = firsts.slice(1).map((value, at) => (value - 0.5) * ((firsts[at] as number) - 0.5))
    // Covariance of independent uniforms is 0 ± 1/12/√n.
    expect(Math.abs(mean(pairs))).toBeLessThan((4 * (1 / 12)) / Math.sqrt(20_000))
  })
})

describe('distributions', () => {
  const random = new Random(11)

  test('unit stays in [0, 1) and centres on a half', () => {
    const values = draws(50_000, () => random.unit())
    expect(Math.min(...values.slice(0, 10_000))).toBeGreaterThanOrEqual(0)
    expect(values.every((value) => value < 1)).toBe(true)
    expect(mean(values)).toBeCloseTo(0.5, 1)
  })

  test('normal has mean 0 and variance 1', () => {
    const values = draws(100_000, () => random.normal())
    expect(Math.abs(mean(values))).toBeLessThan(0.02)
    expect(Math.abs(mean(values.map((value) => value * value)) - 1)).toBeLessThan(0.03)
    expect(values.every(Number.isFinite)).toBe(true)
  })

  test.each([0.3, 2, 12])('poisson of mean %d', (expected) => {
    const values = draws(40_000, () => random.poisson(expected))
    expect(Math.abs(mean(values) - expected)).toBeLessThan(0.05 * expected + 0.02)
    expect(values.every(Number.isInteger)).toBe(true)
  })

  test('exponential has its mean and no negative values', () => {
    const values = draws(40_000, () => random.exponential(3))
    expect(Math.abs(mean(values) - 3)).toBeLessThan(0.1)
    expect(values.every((value) => value >= 0)).toBe(true)
  })

  test('integer reaches both ends and nothing beyond', () => {
    expect(new Set(draws(2000, () => random.integer(-2, 2)))).toEqual(new Set([-2, -1, 0, 1, 2]))
  })

  test('choice refuses an empty list', () => {
    expect(() => random.choice([])).toThrow('empty')
    expect(['a', 'b']).toContain(random.choice(['a', 'b']))
  })
})

describe('weighted', () => {
  test('draws in proportion to the weights', () => {
    const sample = weighted([
      ['rare', 1],
      ['common', 7],
      ['never', 0],
      ['half', 2],
    ])
    const random = new Random(3)
    const counts: Record<string, number> = {}
    for (let draw = 0; draw < 100_000; draw++) {
      const value = sample(random)
      counts[value] = (counts[value] ?? 0) + 1
    }
    expect(counts.never).toBeUndefined()
    expect((counts.rare ?? 0) / 100_000).toBeCloseTo(0.1, 1)
    expect((counts.common ?? 0) / 100_000).toBeCloseTo(0.7, 1)
    expect((counts.half ?? 0) / 100_000).toBeCloseTo(0.2, 1)
  })

  test('refuses a list without weight', () => {
    expect(() => weighted([['a', 0]])).toThrow('more than 0')
    expect(() => weighted([])).toThrow('more than 0')
  })
})

test('mix changes about half of the bits when one bit changes', () => {
  const changed = Array.from({ length: 32 }, (_, bit) => {
    const difference = (mix(12345) ^ mix(12345 ^ (1 << bit))) >>> 0
    return difference.toString(2).replaceAll('0', '').length
  })
  expect(mean(changed)).toBeGreaterThan(12)
  expect(mean(changed)).toBeLessThan(20)
})
