import { measureAt, percentileOf } from './lms.ts'
import { isLms, tablesByAge, type GrowthSex } from './place.ts'
import { nameOf, type Measure, type ReferencePack, type ReferenceTable } from './reference-pack.ts'

/** The lines that Chinese growth charts draw. */
export const MAIN_PERCENTILES = [3, 10, 25, 50, 75, 90, 97] as const

export interface PercentileLines {
  reference: string
  percentiles: number[]
  /** By age; `values` in the order of `percentiles`. Twice the same age is where lying turns to standing. */
  points: { years: number; values: number[] }[]
}

/** The z of a percentile, to 1e-7: the inverse of `percentileOf`, by halving. */
export function zOfPercentile(percentile: number): number {
  let [low, high] = [-8, 8]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (percentileOf(middle) < percentile) low = middle
    else high = middle
  }
  return (low + high) / 2
}

const LINE_Z = MAIN_PERCENTILES.map(zOfPercentile)
/** As many points as a curve needs to look like one. */
const POINTS_MAX = 80
const YEARS_OF: Partial<Record<ReferenceTable['by'], number>> = { ageDays: 1 / 365.25, ageMonths: 1 / 12, ageYears: 1 }

/**
 * The percentile lines of a reference between two ages.
 * @returns nothing where the reference has no table of this measure and sex
 */
export function percentileLines(
  pack: ReferencePack,
  measure: Measure,
  sex: GrowthSex,
  fromYears: number,
  toYears: number,
): PercentileLines | undefined {
  const tables = tablesByAge(pack, measure, sex)
  const first = tables[0]
  if (!first) return undefined
  const percentiles = isLms(first) ? [...MAIN_PERCENTILES] : first.columns.map((name) => Number(name.slice(1)))
  let reached = -Infinity
  const points: PercentileLines['points'] = []
  for (const table of tables) {
    if (isLms(table) !== isLms(first)) continue
    const scale = YEARS_OF[table.by]!
    const whole = valuesOf(table).map(({ x, values }) => ({ years: x * scale, values }))
    const beyond = whole.filter(({ years }) => years > reached)
    points.push(...beyond)
    reached = points.at(-1)?.years ?? reached
  }
  return { reference: nameOf(pack), percentiles, points: thinned(around(points, fromYears, toYears)) }
}

function valuesOf(table: ReferenceTable): { x: number; values: number[] }[] {
  return table.rows.map(([x, ...columns]) => {
    if (!isLms(table)) return { x: x!, values: columns }
    const lms = { L: columns[0]!, M: columns[1]!, S: columns[2]! }
    return { x: x!, values: LINE_Z.map((z) => measureAt(z, lms)) }
  })
}

/**
 * How many of the main lines lie between two places of the same child: positive upwards, negative downwards. A line that
 * is only reached is not crossed.
 */
export function linesCrossed(fromZ: number, toZ: number): number {
  const [low, high] = fromZ < toZ ? [fromZ, toZ] : [toZ, fromZ]
  const crossed = LINE_Z.filter((line) => line > low + 1e-9 && line < high - 1e-9).length
  return fromZ <= toZ ? crossed : -crossed
}

/** The points of a span and one more on either side, so that a line reaches the edge of the picture. */
function around(points: PercentileLines['points'], from: number, to: number): PercentileLines['points'] {
  const first = Math.max(
    0,
    points.findLastIndex(({ years }) => years <= from),
  )
  const after = points.findIndex(({ years }) => years >= to)
  return points.slice(first, after < 0 ? undefined : after + 1)
}

function thinned(points: PercentileLines['points']): PercentileLines['points'] {
  const step = Math.ceil(points.length / POINTS_MAX)
  const isBreak = (n: number) => points[n]!.years === points[n + 1]?.years || points[n]!.years === points[n - 1]?.years
  return points.filter((_point, n) => n % step === 0 || n === points.length - 1 || isBreak(n))
}
