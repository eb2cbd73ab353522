import { expect, test } from 'vitest'
import { thin } from './thin.ts'

const wave = Array.from({ length: 2000 }, (_, at) => ({
  at,
  value: 120 + 10 * Math.sin(at / 50) + (at === 777 ? 90 : 0),
}))
const valueOf = ({ value }: { value: number }) => value

test('few points come back as they are', () => {
  const few = wave.slice(0, 80)
  expect(thin(few, valueOf, 80)).toBe(few)
})

test('many keep their ends, their order and the one that stands out', () => {
  const kept = thin(wave, valueOf, 80)
  expect(kept.length).toBeGreaterThan(40)
  expect(kept.length).toBeLessThanOrEqual(80)
  expect([kept[0], kept.at(-1)]).toEqual([wave[0], wave.at(-1)])
  expect(kept.map(({ at }) => at)).toEqual(kept.map(({ at }) => at).toSorted((a, b) => a - b))
  expect(kept).toContain(wave[777])
})

test('a flat line is kept once for each part', () =>
  expect(
    thin(
      Array.from({ length: 100 }, (_, at) => ({ at, value: 1 })),
      valueOf,
      12,
    ),
  ).toHaveLength(7))
