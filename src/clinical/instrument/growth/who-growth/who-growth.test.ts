import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { differences } from '../../agreement.ts'
import { answer } from '../../core/answer.ts'
import { evaluate } from '../../core/instrument.ts'
import { growthInstruments } from '../index.ts'
import { measureAt } from '../lms.ts'
import { parseReferencePack, type ReferencePack } from '../reference-pack.ts'
import { whoPackFromTable } from './pack-from-table.ts'
import vectors from './vectors.json' with { type: 'json' }
import { whoGrowth } from './who-growth.ts'

const file = join(process.env['PEIBAN_MATERIAL'] ?? '/nowhere', 'datasets', 'pygrowthstandards_1.1.csv.gz')

test('without its pack each question is refused by name', () => {
  for (const { input } of vectors)
    expect(evaluate(whoGrowth(), input).refused?.notApplicable).toBe('needs-reference-pack')
})

describe.skipIf(!existsSync(file))('with the tables of WHO', () => {
  const pack = existsSync(file) ? whoPackFromTable(gunzipSync(readFileSync(file)).toString()) : undefined
  const who = growthInstruments(pack ? [pack] : []).find((one) => one.card.code === 'who-growth')!

  test.each(vectors.map((one) => [one.id, one] as const))('%s', (_id, { input, expected }) => {
    expect(differences(answer(who, input).output, expected, who.card.tolerance)).toEqual([])
  })

  test('the daily tables hold every day, the monthly ones every month', () => {
    const rows = (by: string, measure: string) =>
      pack!.tables.filter((one) => one.by === by && one.measure === measure).map((one) => one.rows.length)
    expect(rows('ageDays', 'height')).toEqual([1857, 1857])
    expect(rows('ageMonths', 'height')).toEqual([169, 169])
    expect(rows('ageMonths', 'weight')).toEqual([61, 61])
  })

  test('survives being written and read as a file', () => {
    expect(parseReferencePack(JSON.parse(JSON.stringify(pack)))).toEqual(pack)
  })
})

describe('the rules, on a small reference', () => {
  const lms = { L: -0.5, M: 10, S: 0.1 }
  const row = [lms.L, lms.M, lms.S]
  const small: ReferencePack = parseReferencePack({
    format: 'peiban-growth-reference/1',
    code: 'who',
    version: 'small',
    title: { zh: '试', en: 'try' },
    source: 'made for this test',
    licence: 'none',
    tables: [
      {
        measure: 'weight',
        sex: 'male',
        by: 'ageDays',
        columns: ['L', 'M', 'S'],
        rows: [
          [0, ...row],
          [1856, ...row],
        ],
      },
      {
        measure: 'height',
        sex: 'male',
        by: 'ageDays',
        columns: ['L', 'M', 'S'],
        rows: [
          [0, 1, 80, 0.04],
          [1856, 1, 80, 0.04],
        ],
      },
      {
        measure: 'weight',
        sex: 'male',
        by: 'ageMonths',
        columns: ['L', 'M', 'S'],
        rows: [
          [60, ...row],
          [228, ...row],
        ],
      },
    ],
  })
  const who = whoGrowth(small)
  const z = (input: object) => answer(who, { sex: 'male', ageDays: 400, ...input }).output

  test('beyond three standard deviations the distance of the third from the second is the measure', () => {
    const [two, three] = [measureAt(2, lms), measureAt(3, lms)]
    expect(z({ weightKg: three }).zwei).toBeCloseTo(3, 9)
    expect(z({ weightKg: three + (three - two) }).zwei).toBeCloseTo(4, 9)
    const [low2, low3] = [measureAt(-2, lms), measureAt(-3, lms)]
    expect(z({ weightKg: low3 - (low2 - low3) }).zwei).toBeCloseTo(-4, 9)
  })

  test('never for length: five deviations stay five', () => {
    expect(z({ lenHeiCm: 96, measured: 'lying' }).zlen).toBeCloseTo(5, 9)
  })

  test.each([
    [730, 'lying', 80],
    [730, 'standing', 80.7],
    [731, 'standing', 80],
    [731, 'lying', 79.3],
  ])('day %i, measured %s: %f cm counts', (ageDays, measured, clenhei) => {
    expect(z({ ageDays, measured, lenHeiCm: 80 }).clenhei).toBeCloseTo(clenhei, 9)
  })

  test.each([
    [2, 'within'],
    [2.001, 'apart'],
    [3, 'apart'],
    [3.001, 'far'],
  ])('z %f: %s', (deviation, band) => {
    expect(
      answer(who, { sex: 'male', ageDays: 400, measured: 'lying', lenHeiCm: 80 + deviation * 3.2 - 1e-9 }).band,
    ).toBe(band)
  })

  test('weight for age ends at ten years', () => {
    const at = (ageMonths: number) => answer(who, { sex: 'male', ageMonths, weightKg: 11 }).output.zwfa
    expect(at(120)).not.toBeNull()
    expect(at(120.01)).toBeNull()
  })

  test.each([
    [{ ageDays: 400 }, 'nothing-measured'],
    [{ ageDays: 400, lenHeiCm: 80 }, 'how-measured'],
  ])('%j is refused: %s', (input, why) => {
    expect(evaluate(who, { sex: 'male', ...input }).refused?.notApplicable).toBe(why)
  })
})
