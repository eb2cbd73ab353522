import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { zongLi2013 } from './china-growth/china-growth.ts'
import { lmsAt, measureAt, percentileOf } from './lms.ts'
import { placeIn, tablesByAge } from './place.ts'
import type { Measure, ReferencePack } from './reference-pack.ts'
import { whoPackFromTable } from './who-growth/pack-from-table.ts'

const zOf = (pack: ReferencePack, measure: Measure, days: number, value: number, sex: 'female' | 'male' = 'male') => {
  const placed = placeIn(pack, measure, sex, { days, years: days / 365.25 }, value)
  return 'z' in placed ? placed : { z: Number.NaN, caveats: [] as string[] }
}
const lmsOf = (pack: ReferencePack, measure: Measure, x: number) => lmsAt(tablesByAge(pack, measure, 'male')[0], x)!

describe('far values', () => {
  test.each<[Measure, number, boolean]>([
    ['height', -6.1, true],
    ['height', 5.9, false],
    ['weight', 5.2, true],
    ['weight', -5.8, false],
    ['bmi', 5.1, true],
    ['bmi', -5.1, true],
    ['head', 5.1, true],
    ['head', -4.9, false],
  ])('%s at z %f is flagged: %s, and its z is not changed', (measure, z, flagged) => {
    const placed = zOf(zongLi2013, measure, 1461, measureAt(z, lmsOf(zongLi2013, measure, 4)))
    expect(placed.z).toBeCloseTo(z, 6)
    expect(placed.caveats.includes('implausible')).toBe(flagged)
  })

  test('a percentile is never below nought or above a hundred, however far', () => {
    for (const z of [-40, -9, -6, 6, 9, 40]) {
      expect(percentileOf(z)).toBeGreaterThanOrEqual(0)
      expect(percentileOf(z)).toBeLessThanOrEqual(100)
    }
  })
})

const file = join(process.env['PEIBAN_MATERIAL'] ?? '/nowhere', 'datasets', 'pygrowthstandards_1.1.csv.gz')

describe.skipIf(!existsSync(file))('WHO, where its tables are at hand', () => {
  const pack: ReferencePack = existsSync(file)
    ? whoPackFromTable(gunzipSync(readFileSync(file)).toString())
    : (undefined as never)

  test('each day from birth to 18 years is placed: no gap between the daily and the monthly tables', () => {
    const missing: string[] = []
    for (const sex of ['female', 'male'] as const)
      for (let days = 0; days < 18 * 365; days++)
        if (!Number.isFinite(zOf(pack, 'height', days, 60 + days / 50, sex).z)) missing.push(`${sex} ${days}`)
    expect(missing).toEqual([])
  })

  test('weight is restricted beyond three deviations, height never; the Chinese tables restrict nothing', () => {
    const weight = lmsOf(pack, 'weight', 1200)
    const three = measureAt(3, weight)
    expect(zOf(pack, 'weight', 1200, three + (three - measureAt(2, weight))).z).toBeCloseTo(4, 6)
    expect(zOf(pack, 'height', 1200, measureAt(4, lmsOf(pack, 'height', 1200))).z).toBeCloseTo(4, 6)
    const own = measureAt(4, lmsOf(zongLi2013, 'weight', 1200 / 365.25))
    expect(zOf(zongLi2013, 'weight', 1200, own).z).toBeCloseTo(4, 6)
  })

  test('weights far beyond any child give a number on every day, never none', () => {
    for (let days = 0; days < 1857; days += 7)
      for (const kg of [0.4, 1, 60, 120]) expect(Number.isFinite(zOf(pack, 'weight', days, kg).z)).toBe(true)
  })
})
