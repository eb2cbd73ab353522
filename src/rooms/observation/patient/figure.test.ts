import { describe, expect, test } from 'vitest'
import type { CompactPoint } from '../contract/indicators.ts'
import { draw, FRAME } from './figure.ts'

const point = (
  on: string,
  value: number | null,
  over: { flag?: CompactPoint[2]; line?: number | null } = {},
): CompactPoint => [on, value, over.flag ?? 'N', null, null, null, null, over.line === undefined ? 0 : over.line]
const interval = { low: 3.9, high: 6.1 }

describe('a course', () => {
  test('runs from the first day to the last, higher values higher up, with its interval as a stripe', () => {
    const drawn = draw(
      [point('2020-01-01', 5), point('2022-01-01', 7, { flag: 'H' }), point('2024-01-01', 6)],
      interval,
    )!
    const [first, top, last] = drawn.dots
    expect([first!.x, last!.x]).toEqual([FRAME.left, FRAME.width - FRAME.right])
    expect(top!.x).toBeCloseTo((first!.x + last!.x) / 2, 0)
    expect(top!.y).toBeLessThan(last!.y)
    expect(last!.y).toBeLessThan(first!.y)
    expect(drawn.dots.map(({ isOut }) => isOut)).toEqual([false, true, false])
    expect(drawn.band!.y).toBeGreaterThan(top!.y)
    expect(drawn.marks.map(({ value }) => value)).toEqual([6.1, 3.9])
    expect(drawn).toMatchObject({ from: '2020-01-01', to: '2024-01-01' })
    expect(drawn.lines).toHaveLength(1)
  })

  test('stays inside of its frame, whatever the values', () => {
    for (const values of [[1e-9, 1e9], [0, 0], [-5, 5], [42]]) {
      const drawn = draw(
        values.map((value, n) => point(`202${n}-01-01`, value)),
        interval,
      )!
      for (const { x, y } of drawn.dots) {
        expect(x).toBeGreaterThanOrEqual(FRAME.left)
        expect(x).toBeLessThanOrEqual(FRAME.width - FRAME.right)
        expect(y).toBeGreaterThanOrEqual(FRAME.top - 0.1)
        expect(y).toBeLessThanOrEqual(FRAME.height - FRAME.bottom + 0.1)
      }
    }
  })

  test('joins only what was measured alike', () => {
    const points = [
      point('2020-01-01', 5),
      point('2021-01-01', 5.2),
      point('2022-01-01', 60, { line: 1 }),
      point('2023-01-01', 62, { line: 1 }),
      point('2024-01-01', 61, { line: null }),
    ]
    const drawn = draw(points, null)!
    expect(drawn.lines.map(({ key }) => key)).toEqual([0, 1])
    expect(drawn.dots).toHaveLength(5)
    expect(drawn.band).toBeNull()
    expect(drawn.marks.map(({ value }) => value)).toEqual([62, 5])
  })

  test('with an open end reaches to the edge', () => {
    const drawn = draw([point('2020-01-01', 40), point('2021-01-01', 60)], { low: null, high: 50 })!
    expect(drawn.band!.y + drawn.band!.height).toBeCloseTo(FRAME.height - FRAME.bottom, 0)
    expect(drawn.marks.map(({ value }) => value)).toEqual([50])
  })

  test('without a number is none', () => {
    expect(draw([], interval)).toBeUndefined()
    expect(draw([point('2020-01-01', null)], interval)).toBeUndefined()
  })
})
