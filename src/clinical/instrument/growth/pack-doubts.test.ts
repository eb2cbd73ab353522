import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { zongLi2013 } from './china-growth/china-growth.ts'
import { packDoubts } from './pack-doubts.ts'
import type { ReferencePack, ReferenceTable } from './reference-pack.ts'
import { whoPackFromTable } from './who-growth/pack-from-table.ts'

const table: ReferenceTable = {
  measure: 'height',
  sex: 'male',
  by: 'ageYears',
  columns: ['L', 'M', 'S'],
  rows: [
    [0, 1, 50, 0.04],
    [1, 1, 74, 0.04],
  ],
}
const doubts = (change: Partial<ReferenceTable>) =>
  packDoubts({ ...zongLi2013, tables: [{ ...table, ...change }] } as ReferencePack).map(({ what }) => what)
const rows = (...values: number[]) => ({ rows: [[0, ...values]] })

test('the shipped reference raises none', () => expect(packDoubts(zongLi2013)).toEqual([]))

test.each<[string, Partial<ReferenceTable>, string[]]>([
  ['metres', rows(1, 0.5, 0.04), ['median']],
  ['columns shifted', rows(50, 0.04, 1), ['median', 'skewness', 'spread']],
  ['a spread in per cent', rows(1, 50, 4), ['spread']],
  ['grams', { measure: 'weight', ...rows(1, 3300, 0.1) }, ['median']],
  [
    'a row lost',
    {
      rows: [
        [0, 1, 50, 0.04],
        [9, 1, 132, 0.04],
      ],
    },
    ['jump'],
  ],
  ['other columns', { columns: ['SD2neg', 'SD0', 'SD2'] }, ['unknown-columns']],
  ['percentiles that fall', { columns: ['P3', 'P50', 'P97'], ...rows(47, 50, 49) }, ['order']],
  ['percentiles that rise', { columns: ['P3', 'P50', 'P97'], ...rows(47, 50, 53) }, []],
])('%s', (_name, change, expected) => expect(doubts(change)).toEqual(expected))

test('the place is named, and at most twenty are', () => {
  const many = { ...table, rows: Array.from({ length: 40 }, (_, n) => [n, 1, 1, 0.04]) }
  const found = packDoubts({ ...zongLi2013, tables: [many] })
  expect(found).toHaveLength(20)
  expect(found[0]).toEqual({ where: 'tables[0].rows[0]', what: 'median' })
})

const file = join(process.env['PEIBAN_MATERIAL'] ?? '/nowhere', 'datasets', 'pygrowthstandards_1.1.csv.gz')
test.skipIf(!existsSync(file))('WHO raises none', () =>
  expect(packDoubts(whoPackFromTable(gunzipSync(readFileSync(file)).toString()))).toEqual([]),
)
