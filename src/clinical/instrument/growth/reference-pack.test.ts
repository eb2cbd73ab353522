import { describe, expect, test } from 'vitest'
import { columnsAt, parseReferencePack, type ReferenceTable } from './reference-pack.ts'

const table: ReferenceTable = {
  measure: 'height',
  sex: 'female',
  by: 'ageYears',
  columns: ['L', 'M', 'S'],
  rows: [
    [0, 1, 50, 0.04],
    [3, 1, 98, 0.04],
    [3, 1, 97, 0.03],
    [4, 1, 105, 0.03],
  ],
}
const pack = {
  format: 'peiban-growth-reference/1',
  code: 'own',
  version: '1',
  title: { zh: '自带', en: 'own' },
  source: 'somewhere',
  licence: 'ours',
  tables: [table],
}
const withTable = (change: object) => ({ ...pack, tables: [{ ...table, ...change }] })

test('what is as described is taken', () => expect(parseReferencePack(pack)).toBe(pack))

test.each([
  [null, /not an object/],
  [{ ...pack, format: 'other/1' }, /format is "other\/1"/],
  [{ ...pack, licence: '' }, /licence is missing/],
  [{ ...pack, title: { zh: '自带' } }, /title/],
  [{ ...pack, tables: [] }, /tables are missing/],
  [withTable({ measure: 'shoe' }), /measure is unknown/],
  [withTable({ sex: 'M' }), /sex is unknown/],
  [withTable({ by: 'weeks' }), /by is unknown/],
  [withTable({ rows: [] }), /rows are missing/],
  [withTable({ rows: [[0, 1, 50]] }), /rows\[0\] is odd/],
  [withTable({ rows: [[0, 1, 50, Number.NaN]] }), /rows\[0\] is odd/],
  [
    withTable({
      rows: [
        [1, 1, 50, 0.04],
        [0, 1, 50, 0.04],
      ],
    }),
    /rows\[1\] does not rise/,
  ],
  [
    withTable({
      rows: [
        [1, 1, 50, 0.04],
        [1, 1, 50, 0.04],
        [1, 1, 50, 0.04],
      ],
    }),
    /third time/,
  ],
  [withTable({ rows: [[0, 1, 0, 0.04]] }), /no positive M and S/],
])('%j is not', (value, why) => expect(() => parseReferencePack(value)).toThrow(why))

describe('the columns', () => {
  test.each([
    [0, 50],
    [1.5, 74],
    [2.999999, 98],
    [3, 97],
    [3.5, 101],
    [4, 105],
  ])('at %f: M %f', (x, M) => expect(columnsAt(table, x)![1]).toBeCloseTo(M, 3))

  test('outside the table there is nothing, and nothing between rows when exact', () => {
    expect(columnsAt(table, -0.001)).toBeUndefined()
    expect(columnsAt(table, 4.001)).toBeUndefined()
    expect(columnsAt(table, 3.5, true)).toBeUndefined()
    expect(columnsAt(table, 4, true)![1]).toBe(105)
  })
})
