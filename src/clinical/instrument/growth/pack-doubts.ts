import { isLms } from './place.ts'
import type { Measure, ReferencePack, ReferenceTable } from './reference-pack.ts'

/** Why a table that is written as described can still not be of children. */
export interface PackDoubt {
  /** `tables[3].rows[12]`. */
  where: string
  what: 'unknown-columns' | 'median' | 'skewness' | 'spread' | 'jump' | 'order'
}

/** What the median of a child or adolescent can be: cm, kg, kg/m². Wide: this finds grams, metres and shifted columns. */
const MEDIAN: Record<Measure, readonly [number, number]> = {
  height: [30, 200],
  weight: [0.4, 100],
  bmi: [8, 40],
  head: [20, 65],
}
const SKEWNESS_MAX = 8
const SPREAD = [0.01, 0.5] as const
/** From one row to the next; a newborn's weight grows by a third in a month. */
const JUMP_MAX = 0.5
const DOUBTS_MAX = 20

/** What is odd about the numbers of a pack that `parseReferencePack` has taken; at most twenty are named. */
export function packDoubts(pack: ReferencePack): PackDoubt[] {
  return pack.tables.flatMap((table, n) => doubtsOfTable(table, `tables[${n}]`)).slice(0, DOUBTS_MAX)
}

function doubtsOfTable(table: ReferenceTable, where: string): PackDoubt[] {
  const isPercentiles = table.columns.every((name) => /^P\d{1,2}(\.\d+)?$/.test(name))
  if (!isLms(table) && !isPercentiles) return [{ where: `${where}.columns`, what: 'unknown-columns' }]
  const middle = isLms(table) ? 2 : Math.ceil(table.columns.length / 2)
  return table.rows.flatMap((row, n): PackDoubt[] => {
    const here = `${where}.rows[${n}]`
    const found: PackDoubt['what'][] = []
    const [low, high] = MEDIAN[table.measure]
    if (!isBetween(row[middle]!, low, high)) found.push('median')
    if (isLms(table)) {
      if (Math.abs(row[1]!) > SKEWNESS_MAX) found.push('skewness')
      if (!isBetween(row[3]!, SPREAD[0], SPREAD[1])) found.push('spread')
    } else if (!isRising(table, row)) found.push('order')
    const before = table.rows[n - 1]?.[middle]
    if (before !== undefined && Math.abs(row[middle]! / before - 1) > JUMP_MAX) found.push('jump')
    return found.map((what) => ({ where: here, what }))
  })
}

const isBetween = (value: number, low: number, high: number) => value >= low && value <= high

/** The higher percentile has the higher value. */
function isRising({ columns }: ReferenceTable, row: readonly number[]): boolean {
  const ordered = columns
    .map((name, n) => ({ percentile: Number(name.slice(1)), value: row[n + 1]! }))
    .toSorted((a, b) => a.percentile - b.percentile)
  return ordered.every(({ value }, n) => n === 0 || value > ordered[n - 1]!.value)
}
