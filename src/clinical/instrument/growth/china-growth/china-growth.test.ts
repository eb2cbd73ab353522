import { describe, expect, test } from 'vitest'
import { differences } from '../../agreement.ts'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { measureAt } from '../lms.ts'
import { parseReferencePack, type ReferencePack } from '../reference-pack.ts'
import { chinaGrowth, zongLi2013 } from './china-growth.ts'
import vectors from './vectors.json' with { type: 'json' }

const growth = chinaGrowth()
const boy = { measure: 'height', sex: 'male', ageYears: 6, value: 118 }
const place = (input: object) => answer(growth, { ...boy, ...input })

describe('Zong and Li 2013', () => {
  test('is a pack like any other, of 324 rows', () => {
    expect(parseReferencePack(zongLi2013)).toBe(zongLi2013)
    expect(zongLi2013.tables.reduce((sum, one) => sum + one.rows.length, 0)).toBe(324)
  })

  test('the median is z 0 and the 50th percentile at every age of every table', () => {
    for (const { measure, sex, rows } of zongLi2013.tables)
      for (const [n, [ageYears, , M]] of rows.entries()) {
        if (rows[n + 1]?.[0] === ageYears) continue
        const { output } = place({ measure: measure === 'head' ? 'hc' : measure, sex, ageYears, value: M })
        expect(output.z).toBeCloseTo(0, 12)
        expect(output.percentile).toBeCloseTo(50, 4)
      }
  })

  test('below 3 years the lying row counts, from 3 the standing one', () => {
    expect(place({ ageYears: 3 }).output.M).toBe(96.8)
    expect(place({ ageYears: 3 - 1e-9 }).output.M).toBeCloseTo(97.5, 6)
  })

  test('between two ages L, M and S lie on a straight line', () => {
    expect(place({ ageYears: 3.25 }).output.M).toBeCloseTo((96.8 + 100.6) / 2, 12)
  })

  test('z and percentile rise with the measure', () => {
    for (const measure of ['height', 'weight', 'bmi'])
      for (let value = 10; value < 140; value++) {
        const here = place({ measure, value }).output
        const more = place({ measure, value: value + 1 }).output
        expect(more.z).toBeGreaterThan(here.z as number)
        expect(more.percentile).toBeGreaterThanOrEqual(here.percentile as number)
      }
  })

  test.each([
    [-1.8809, 'low'],
    [-1.8807, 'middle'],
    [1.8807, 'middle'],
    [1.8809, 'high'],
  ])('z %f is %s', (z, band) => {
    const { L, M, S } = place({}).output as { L: number; M: number; S: number }
    expect(place({ value: measureAt(z, { L, M, S }) }).band).toBe(band)
  })

  test('the reference is named with every value', () => expect(place({}).output.reference).toBe('zong-li-2013@1'))

  test('the head ends at 6 years, nothing is carried on', () => {
    expect(evaluate(growth, { measure: 'hc', sex: 'male', ageYears: 6.1, value: 51 }).refused?.notApplicable).toBe(
      'age-not-in-reference',
    )
    expect(evaluate(growth, { ...boy, ageYears: 18.1 }).refused?.invalid[0]).toMatchObject({
      input: 'ageYears',
      reason: 'above',
    })
  })

  test('a height in metres is told to be implausible; below two years prematurity is asked for', () => {
    expect(place({ value: 1.18 }).caveats).toContain('implausible')
    expect(place({ ageYears: 1, value: 76 }).caveats).toEqual(['one-point', 'preterm'])
  })
})

describe('WS/T 423-2022', () => {
  const asked = vectors.filter((one) => one.needs)

  test('without its pack each question is refused by name', () => {
    for (const { input } of asked) expect(evaluate(growth, input).refused?.notApplicable).toBe('needs-reference-pack')
  })

  test('with a pack the printed percentiles come out, and only at printed ages', () => {
    const loaded = chinaGrowth(packOf(asked))
    for (const { input, expected } of asked) expect(differences(answer(loaded, input).output, expected)).toEqual([])
    expect(answer(loaded, asked[0]!.input).output.reference).toBe('wst-423-2022@test')
    expect(evaluate(loaded, { indicator: 'wfa', sex: 'male', ageMonths: 13 }).refused?.notApplicable).toBe(
      'age-not-in-reference',
    )
  })
})

/** A pack of the few printed values that the vectors hold. */
function packOf(spots: typeof vectors): ReferencePack {
  const columns = ['P3', 'P10', 'P25', 'P50', 'P75', 'P90', 'P97']
  const tables = (['wfa', 'hfa'] as const).flatMap((indicator) =>
    (['male', 'female'] as const).map((sex) => ({
      measure: indicator === 'wfa' ? ('weight' as const) : ('height' as const),
      sex,
      by: 'ageMonths' as const,
      columns,
      rows: spots
        .filter((one) => one.input.indicator === indicator && one.input.sex === sex)
        .map(({ input, expected }) => [
          input.ageMonths!,
          ...columns.map((name) => (expected as unknown as Record<string, number>)[name]!),
        ])
        .toSorted((a, b) => a[0]! - b[0]!),
    })),
  )
  return parseReferencePack({
    format: 'peiban-growth-reference/1',
    code: 'wst-423-2022',
    version: 'test',
    title: { zh: '试', en: 'try' },
    source: 'spot values',
    licence: 'facts',
    tables: tables.filter((one) => one.rows.length > 0),
  })
}
