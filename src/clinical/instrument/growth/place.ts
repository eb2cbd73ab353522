import type { Age } from './age.ts'
import { lmsAt, percentileOf, restrictedZOf, zOf } from './lms.ts'
import {
  columnsAt,
  findTable,
  nameOf,
  type Measure,
  type ReferencePack,
  type ReferenceTable,
} from './reference-pack.ts'

export type Position = 'lying' | 'standing'
export type GrowthSex = ReferenceTable['sex']

/** Where a measure stands in a reference, which is named with it. */
export interface Placed {
  reference: string
  z: number
  /** 0 to 100. */
  percentile: number
  /** `preterm`: may have been born early, below two years; `implausible`: see `PLAUSIBLE_Z`. */
  caveats: string[]
}

/**
 * `age-not-in-reference`: nothing is carried on beyond a table's ends. `no-table`: the reference has no table of this
 * measure and sex. `printed-ages-only`: it has percentiles, which are read at printed ages and not between.
 */
export type Unplaced = { refused: 'age-not-in-reference' | 'no-table' | 'printed-ages-only' }

const DAYS_OF_A_MONTH = 30.4375
const AXES = ['ageDays', 'ageMonths', 'ageYears'] as const
/** Printed ages are met within three days. */
const PRINTED_WITHIN_MONTHS = 0.1

const onAxis = (age: Age, by: (typeof AXES)[number]) =>
  by === 'ageDays' ? age.days : by === 'ageMonths' ? age.days / DAYS_OF_A_MONTH : age.years
export const isLms = (table: ReferenceTable) => table.columns.join() === 'L,M,S'

/** The tables of a measure by age, the finest first. */
export function tablesByAge(pack: ReferencePack, measure: Measure, sex: GrowthSex): ReferenceTable[] {
  return AXES.flatMap((by) => findTable(pack, measure, sex, by) ?? [])
}

/**
 * Beyond these a slip is likelier than a child: the limits by which WHO flags values, Anthro 2006 and AnthroPlus 2007.
 * Flagged is not refused: there are such children, and who has measured again says so.
 */
const PLAUSIBLE_Z: Record<Measure, readonly [low: number, high: number]> = {
  height: [-6, 6],
  weight: [-6, 5],
  bmi: [-5, 5],
  head: [-5, 5],
}

function isPlausible(measure: Measure, z: number): boolean {
  const [low, high] = PLAUSIBLE_Z[measure]
  return z >= low && z <= high
}

/** A value among children of the same age and sex. Height in cm as the reference measures it: see `heightFor`. */
export function placeIn(
  pack: ReferencePack,
  measure: Measure,
  sex: GrowthSex,
  age: Age,
  value: number,
): Placed | Unplaced {
  const tables = tablesByAge(pack, measure, sex)
  if (tables.length === 0) return { refused: 'no-table' }
  for (const table of tables) {
    if (!isLms(table)) continue
    const lms = lmsAt(table, onAxis(age, table.by as (typeof AXES)[number]))
    if (!lms) continue
    // WHO's restricted application is for what depends on weight, and for WHO's tables alone.
    const z =
      pack.code === 'who' && measure !== 'height' && measure !== 'head' ? restrictedZOf(value, lms) : zOf(value, lms)
    return {
      reference: nameOf(pack),
      z,
      percentile: percentileOf(z),
      caveats: [...(age.years < 2 ? ['preterm'] : []), ...(isPlausible(measure, z) ? [] : ['implausible'])],
    }
  }
  const printed = tables.find(
    (table) => !isLms(table) && isWithin(table, onAxis(age, table.by as (typeof AXES)[number])),
  )
  return { refused: printed ? 'printed-ages-only' : 'age-not-in-reference' }
}

function isWithin({ rows }: ReferenceTable, x: number): boolean {
  return x >= rows[0]![0]! && x <= rows.at(-1)![0]!
}

/**
 * Between which printed percentiles a value lies; only at printed ages.
 * @returns the percentile at or below and the one above; null at an end
 */
export function betweenPrinted(
  pack: ReferencePack,
  measure: Measure,
  sex: GrowthSex,
  age: Age,
  value: number,
): { from: number | null; to: number | null; reference: string } | undefined {
  for (const table of tablesByAge(pack, measure, sex)) {
    if (isLms(table)) continue
    const x = onAxis(age, table.by as (typeof AXES)[number])
    const within =
      table.by === 'ageDays' ? 3 : table.by === 'ageMonths' ? PRINTED_WITHIN_MONTHS : PRINTED_WITHIN_MONTHS / 12
    const row = table.rows.find(([at]) => Math.abs(at! - x) <= within)
    if (!row) continue
    const lines = columnsAt(table, row[0]!, true)!.map((limit, n) => ({
      limit,
      percentile: Number(table.columns[n]!.slice(1)),
    }))
    const below = lines.filter(({ limit }) => limit <= value).at(-1)
    const above = lines.find(({ limit }) => limit > value)
    return { from: below?.percentile ?? null, to: above?.percentile ?? null, reference: nameOf(pack) }
  }
  return undefined
}

/**
 * How a reference measures a child of this age, and how many centimetres lying is longer than standing in it. WHO turns
 * at day 731 and takes 0.7 cm; another reference turns where its height table stands twice at one age, and says itself
 * how much lies between. `undefined` where it does not tell.
 */
export function positionIn(
  pack: ReferencePack,
  sex: GrowthSex,
  age: Age,
): { position: Position; lyingLongerCm: number } | undefined {
  if (pack.code === 'who') return { position: age.days < 731 ? 'lying' : 'standing', lyingLongerCm: 0.7 }
  for (const table of tablesByAge(pack, 'height', sex)) {
    const at = table.rows.findIndex(([x], n) => table.rows[n + 1]?.[0] === x)
    if (at < 0) continue
    const x = onAxis(age, table.by as (typeof AXES)[number])
    const middle = isLms(table) ? 2 : Math.ceil(table.columns.length / 2)
    const longer = table.rows[at]![middle]! - table.rows[at + 1]![middle]!
    return { position: x < table.rows[at]![0]! ? 'lying' : 'standing', lyingLongerCm: Math.round(longer * 100) / 100 }
  }
  return undefined
}

/** A length or height as the reference measures children of this age, and whether that meant a correction. */
export function heightFor(
  pack: ReferencePack,
  sex: GrowthSex,
  age: Age,
  cm: number,
  measured: Position | null,
): { cm: number; corrected: boolean } {
  const wanted = positionIn(pack, sex, age)
  if (!wanted || measured === null || wanted.position === measured) return { cm, corrected: false }
  return { cm: cm + (measured === 'lying' ? -1 : 1) * wanted.lyingLongerCm, corrected: true }
}
