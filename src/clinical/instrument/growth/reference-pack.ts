import type { Words } from '../core/instrument.ts'

/**
 * A growth reference as data: shipped where its licence allows, else a JSON file that an operator brings with the right
 * to it. Described for people in README.md beside this file.
 */
export interface ReferencePack {
  format: 'peiban-growth-reference/1'
  /** `who`, `wst-423-2022`, `zong-li-2013`: what an instrument asks for. */
  code: string
  version: string
  title: Words
  /** Who published it, where, and what was done to it. */
  source: string
  licence: string
  tables: ReferenceTable[]
}

export interface ReferenceTable {
  measure: Measure
  sex: 'female' | 'male'
  /** What the first number of each row is. */
  by: 'ageYears' | 'ageMonths' | 'ageDays' | 'lengthCm' | 'heightCm'
  /** `L`, `M`, `S`, or percentiles `P3`…`P97`; height and head in cm, weight in kg, bmi in kg/m². */
  columns: string[]
  /** `[x, ...columns]`, x rising; twice the same x is a break: the first row ends what lies before, the second begins. */
  rows: number[][]
}

export type Measure = (typeof MEASURES)[number]

const MEASURES = ['height', 'weight', 'bmi', 'head'] as const
const AXES = ['ageYears', 'ageMonths', 'ageDays', 'lengthCm', 'heightCm']
const WORDS = ['code', 'version', 'source', 'licence'] as const

/** Reads a pack from parsed JSON; throws a RangeError that says where it is not as described. */
export function parseReferencePack(value: unknown): ReferencePack {
  const pack = value as ReferencePack
  must(typeof value === 'object' && value !== null, 'it is not an object')
  must(pack.format === 'peiban-growth-reference/1', `its format is ${JSON.stringify(pack.format)}`)
  for (const name of WORDS) must(typeof pack[name] === 'string' && pack[name] !== '', `${name} is missing`)
  must(Boolean(pack.title?.zh && pack.title.en), 'title needs zh and en')
  must(Array.isArray(pack.tables) && pack.tables.length > 0, 'tables are missing')
  for (const [n, table] of pack.tables.entries()) checkTable(table, `tables[${n}]`)
  return pack
}

function checkTable(table: ReferenceTable, where: string): void {
  must((MEASURES as readonly string[]).includes(table.measure), `${where}.measure is unknown`)
  must(table.sex === 'female' || table.sex === 'male', `${where}.sex is unknown`)
  must(AXES.includes(table.by), `${where}.by is unknown`)
  must(Array.isArray(table.columns) && table.columns.length > 0, `${where}.columns are missing`)
  must(Array.isArray(table.rows) && table.rows.length > 0, `${where}.rows are missing`)
  const isLms = table.columns.join() === 'L,M,S'
  for (const [n, row] of table.rows.entries()) {
    const here = `${where}.rows[${n}]`
    must(Array.isArray(row) && row.length === table.columns.length + 1 && row.every(Number.isFinite), `${here} is odd`)
    must(n === 0 || row[0]! >= table.rows[n - 1]![0]!, `${here} does not rise`)
    must(n < 2 || row[0]! > table.rows[n - 2]![0]!, `${here} stands there a third time`)
    if (isLms) must(row[2]! > 0 && row[3]! > 0, `${here} has no positive M and S`)
  }
}

function must(holds: boolean, what: string): void {
  if (!holds) throw new RangeError(`not a growth reference: ${what}`)
}

/** `code@version`, kept with every value: references are never mixed in one curve. */
export function nameOf(pack: ReferencePack): string {
  return `${pack.code}@${pack.version}`
}

export function findTable(
  pack: ReferencePack,
  measure: Measure,
  sex: string,
  by: ReferenceTable['by'],
): ReferenceTable | undefined {
  return pack.tables.find((one) => one.measure === measure && one.sex === sex && one.by === by)
}

/**
 * The columns at x, interpolated in a straight line between two rows; `undefined` outside the table.
 * @param exact only at a row that stands there: percentiles are not interpolated
 */
export function columnsAt(table: ReferenceTable, x: number, exact = false): number[] | undefined {
  const { rows } = table
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (rows[middle]![0]! <= x) low = middle + 1
    else high = middle
  }
  const before = rows[low - 1]
  if (!before) return undefined
  if (before[0] === x) return before.slice(1)
  const after = rows[low]
  if (!after || exact) return undefined
  const part = (x - before[0]!) / (after[0]! - before[0]!)
  return before.slice(1).map((value, n) => value + part * (after[n + 1]! - value))
}
