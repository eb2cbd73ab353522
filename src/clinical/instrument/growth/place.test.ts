import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ageBetween, birthdayOn } from './age.ts'
import vectors from './china-growth/vectors.json' with { type: 'json' }
import { zongLi2013 } from './china-growth/china-growth.ts'
import { betweenPrinted, heightFor, placeIn, positionIn, type GrowthSex } from './place.ts'
import { parseReferencePack, type Measure, type ReferencePack } from './reference-pack.ts'
import { whoPackFromTable } from './who-growth/pack-from-table.ts'
import whoVectors from './who-growth/vectors.json' with { type: 'json' }

const at = (years: number) => ({ years, days: Math.round(years * 365.25) })
const zong = (measure: Measure, sex: GrowthSex, years: number, value: number) =>
  placeIn(zongLi2013, measure, sex, at(years), value)

describe('age', () => {
  test.each([
    ['2020-03-01', '2023-03-01', 3, 1095],
    ['2020-02-29', '2021-03-01', 1, 366],
    ['2020-02-29', '2024-02-29', 4, 1461],
    ['2015-01-01', '2015-07-02', 182 / 365, 182],
    ['2015-06-30', '2015-06-30', 0, 0],
  ])('born %s, on %s: %f years, %i days', (birth, on, years, days) => {
    const age = ageBetween(birth, on)
    expect(age.years).toBeCloseTo(years, 9)
    expect(age.days).toBe(days)
  })

  test('a birthday is a whole number of years, the day before is not', () => {
    for (const birth of ['2010-02-28', '2012-02-29', '2013-12-31'])
      for (let years = 1; years < 19; years++) {
        const day = birthdayOn(birth, years)
        expect(ageBetween(birth, day).years).toBe(years)
        const before = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
        expect(ageBetween(birth, before).years).toBeLessThan(years)
        expect(ageBetween(birth, before).years).toBeGreaterThan(years - 0.01)
      }
  })
})

describe('the Chinese reference', () => {
  const shipped = vectors.filter((one) => 'measure' in one.input)
  test.each(shipped.map((one) => [one.id, one] as const))('%s', (_id, { input, expected }) => {
    const { measure, sex, ageYears, value } = input as {
      measure: string
      sex: GrowthSex
      ageYears: number
      value: number
    }
    const placed = zong(measure === 'hc' ? 'head' : (measure as Measure), sex, ageYears, value)
    const { z, percentile } = expected as { z: number; percentile: number }
    expect(placed).toMatchObject({ z: expect.closeTo(z, 2), percentile: expect.closeTo(percentile, 1) })
    expect(placed).toMatchObject({ reference: 'zong-li-2013@1' })
  })

  test('z and percentile rise with the value at every age', () => {
    for (const sex of ['male', 'female'] as const)
      for (let years = 0; years <= 18; years += 0.37) {
        let before = { z: -Infinity, percentile: -Infinity }
        for (let value = 40; value < 200; value += 7) {
          const placed = zong('height', sex, years, value)
          if (!('z' in placed)) throw new Error('not placed')
          expect(placed.z).toBeGreaterThan(before.z)
          expect(placed.percentile).toBeGreaterThanOrEqual(before.percentile)
          before = placed
        }
      }
  })

  test('nothing is carried on beyond its ends', () => {
    expect(zong('height', 'male', 18.01, 170)).toEqual({ refused: 'age-not-in-reference' })
    expect(zong('head', 'female', 6.5, 51)).toEqual({ refused: 'age-not-in-reference' })
    expect('z' in zong('height', 'male', 18, 170)).toBe(true)
  })

  test('it turns from lying to standing on the third birthday, by what lies between its own two rows', () => {
    expect(positionIn(zongLi2013, 'male', at(2.99))).toEqual({ position: 'lying', lyingLongerCm: 0.7 })
    expect(positionIn(zongLi2013, 'male', at(3))).toEqual({ position: 'standing', lyingLongerCm: 0.7 })
    expect(heightFor(zongLi2013, 'male', at(2.5), 90, 'standing')).toEqual({ cm: 90.7, corrected: true })
    expect(heightFor(zongLi2013, 'male', at(5), 110, 'lying')).toEqual({ cm: 109.3, corrected: true })
    expect(heightFor(zongLi2013, 'male', at(5), 110, 'standing')).toEqual({ cm: 110, corrected: false })
    expect(heightFor(zongLi2013, 'male', at(5), 110, null)).toEqual({ cm: 110, corrected: false })
  })

  test('a baby may have come early, and ten deviations are no child', () => {
    expect(zong('weight', 'female', 1, 9)).toMatchObject({ caveats: ['preterm'] })
    expect(zong('height', 'female', 8, 60)).toMatchObject({ caveats: ['implausible'] })
  })
})

describe('a reference of printed percentiles', () => {
  const pack = parseReferencePack({
    format: 'peiban-growth-reference/1',
    code: 'printed',
    version: '1',
    title: { zh: '印', en: 'printed' },
    source: 'a test',
    licence: 'none',
    tables: [
      {
        measure: 'weight',
        sex: 'male',
        by: 'ageMonths',
        columns: ['P3', 'P50', 'P97'],
        rows: [
          [12, 8.3, 10.1, 12.3],
          [24, 10, 12.5, 15],
        ],
      },
    ],
  })
  const year = { years: 1, days: 365 }
  test.each([
    [8, null, 3],
    [8.3, 3, 50],
    [11, 50, 97],
    [13, 97, null],
  ])('%f kg lies between %s and %s', (value, from, to) =>
    expect(betweenPrinted(pack, 'weight', 'male', year, value)).toEqual({ from, to, reference: 'printed@1' }),
  )

  test('between printed ages and beyond them nothing is read', () => {
    expect(betweenPrinted(pack, 'weight', 'male', at(1.5), 10)).toBeUndefined()
    expect(placeIn(pack, 'weight', 'male', at(1.5), 10)).toEqual({ refused: 'printed-ages-only' })
    expect(placeIn(pack, 'weight', 'male', at(4), 10)).toEqual({ refused: 'age-not-in-reference' })
    expect(placeIn(pack, 'weight', 'female', at(1), 10)).toEqual({ refused: 'no-table' })
  })
})

const file = join(process.env['PEIBAN_MATERIAL'] ?? '/nowhere', 'datasets', 'pygrowthstandards_1.1.csv.gz')

describe.skipIf(!existsSync(file))('WHO, where its tables are at hand', () => {
  const pack: ReferencePack = existsSync(file)
    ? whoPackFromTable(gunzipSync(readFileSync(file)).toString())
    : (undefined as never)

  test.each(whoVectors.map((one) => [one.id, one] as const))(
    '%s agrees with its own package',
    (_id, { input, expected }) => {
      const given = input as unknown as Record<string, number | string>
      const result = expected as unknown as Record<string, number | null>
      const days = (given['ageDays'] as number | undefined) ?? (given['ageMonths'] as number) * 30.4375
      const age = { days, years: days / 365.25 }
      const sex = given['sex'] as GrowthSex
      const isChild = given['ageDays'] !== undefined
      const raw = (given['lenHeiCm'] ?? given['heightCm']) as number | undefined
      const height =
        raw === undefined ? undefined : heightFor(pack, sex, age, raw, (given['measured'] ?? null) as never).cm
      const weight = given['weightKg'] as number | undefined
      const head = given['headCm'] as number | undefined
      const wanted: [Measure, number | undefined, number | null | undefined][] = [
        ['height', height, result[isChild ? 'zlen' : 'zhfa']],
        ['weight', weight, result[isChild ? 'zwei' : 'zwfa']],
        ['bmi', weight && height ? weight / (height / 100) ** 2 : undefined, result[isChild ? 'zbmi' : 'zbfa']],
        ['head', head, result['zhc']],
      ]
      for (const [measure, value, z] of wanted) {
        if (value === undefined || z === undefined || z === null) continue
        // The monthly tables begin at 60 months, where the daily ones still hold; WHO's packages ask for one or the other.
        if (!isChild && days <= 1856) continue
        const placed = placeIn(pack, measure, sex, age, value)
        expect('z' in placed ? placed.z : placed).toBeCloseTo(z, 1)
      }
    },
  )
})
