import { describe, expect, test } from 'vitest'
import { growth } from '../../../../clinical/index.ts'
import { SHIPPED } from '../content.ts'
import { signsOf, type Course, type PlacedHeight } from './signs.ts'

const limits = SHIPPED.signs

const at = (on: string, ageYears: number, cm: number, z: number | null): PlacedHeight => ({
  on,
  ageYears,
  cm,
  z,
  position: 'standing',
})
const course = (heights: PlacedHeight[], more: Partial<Course> = {}): Course => ({
  sex: 'male',
  heights,
  latest: growth.latestVelocity(heights) ?? null,
  targetZ: null,
  ...more,
})
const codes = (...given: Parameters<typeof course>) => signsOf(course(...given), limits).map(({ code }) => code)

describe('worth a doctor’s look', () => {
  test('a child along its line is not', () => {
    expect(
      codes([at('2024-03-01', 7, 122, 0), at('2025-03-01', 8, 128, 0), at('2026-03-01', 9, 133.5, -0.05)]),
    ).toEqual([])
    expect(codes([])).toEqual([])
    expect(codes([at('2024-03-01', 7, 122, 0)])).toEqual([])
  })

  test('two main lines crossed, downwards and upwards; one is not', () => {
    const fall = (z: number) => codes([at('2025-01-01', 7, 122, 0.5), at('2026-01-01', 8, 128, z)])
    expect(fall(-0.8)).toEqual(['crossed-down'])
    expect(fall(-0.5)).toEqual([])
    expect(codes([at('2025-01-01', 7, 122, 0.1), at('2026-01-01', 8, 130, 1.5)])).toEqual(['crossed-up'])
  })

  test('within three months, or over many years, nothing is crossed', () => {
    expect(codes([at('2025-11-01', 7, 122, 0.5), at('2026-01-01', 7.2, 122, -0.8)])).toEqual([])
    expect(codes([at('2020-01-01', 4, 104, 0.5), at('2026-01-01', 10, 136, -0.8)])).toEqual([])
  })

  test('a baby that changes its line is told apart, and only downwards', () => {
    expect(codes([at('2025-01-01', 0.3, 62, 0.5), at('2025-12-01', 1.2, 73, -0.8)])).toEqual(['crossed-down-infant'])
    expect(codes([at('2025-01-01', 0.3, 62, -1), at('2025-12-01', 1.2, 76, 1)])).toEqual([])
  })

  test('slow for sure, and slow unless measuring was off', () => {
    const grown = (cm: number, ageYears = 9) =>
      signsOf(course([at('2025-01-01', ageYears - 1, 128, -1), at('2026-01-01', ageYears, 128 + cm, -1.1)]), limits)
    expect(grown(3.5)).toMatchObject([{ code: 'slow', values: { cmPerYear: 3.5, plusMinus: 0.7, limit: 5 } }])
    expect(grown(4.6)).toMatchObject([{ code: 'maybe-slow' }])
    expect(grown(5.2)).toEqual([])
    expect(grown(3.5, 16)).toEqual([])
    expect(grown(3.5, 3.5)).toEqual([])
  })

  test('over less than half a year nobody is called slow', () => {
    expect(codes([at('2025-10-01', 8.8, 128, -1), at('2026-01-01', 9, 128.1, -1.1)])).toEqual([])
  })

  test('below the lowest line, and far below the family', () => {
    expect(codes([at('2026-01-01', 8, 117, -1.9)])).toEqual(['below-lowest'])
    expect(codes([at('2026-01-01', 8, 122, -1)], { targetZ: 0.6 })).toEqual(['off-target'])
    expect(codes([at('2026-01-01', 2, 85, -1)], { targetZ: 0.6 })).toEqual([])
  })

  test('shorter than before', () => {
    expect(codes([at('2025-10-01', 8, 128, -1), at('2026-01-01', 8.2, 126, -1.4)])).toEqual(['shrunk'])
  })
})
