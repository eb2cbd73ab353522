import { growth, type ReferencePack } from '../../../clinical/index.ts'
import { addDays } from '../../../platform/clock.ts'
import type { GrowthPoint, MeasureCourse, MeasureName } from '../contract/growth.ts'
import { bodyMasses, type Measured, type Measurements } from './measured.ts'
import type { PlacedHeight } from './rules/signs.ts'

export interface Child {
  birthDate: string
  /** Undefined where it is not known: then nothing can be placed. */
  sex: growth.GrowthSex | undefined
  gestationWeeks: number | null
}

const TERM_WEEKS = 40
const PRETERM_BELOW_WEEKS = 37
/** A child born early is judged by corrected age until then. */
const CORRECTED_UNTIL_YEARS = 2

/** Of a child who came early: the day on which they would have been born in time. */
function dueDate({ birthDate, gestationWeeks }: Child): string | undefined {
  if (gestationWeeks === null || gestationWeeks >= PRETERM_BELOW_WEEKS) return undefined
  return addDays(birthDate, (TERM_WEEKS - gestationWeeks) * 7)
}

interface Bare {
  id: string | null
  on: string
  value: number
  position: growth.Position | null
  source: string
  /** What goes into the reference where that is not the value itself. */
  placeAs?: (age: growth.Age) => { value: number; corrected: boolean }
}

function pointOf(child: Child, pack: ReferencePack, measure: MeasureName, bare: Bare): GrowthPoint {
  const age = growth.ageBetween(child.birthDate, bare.on)
  const due = age.years < CORRECTED_UNTIL_YEARS ? dueDate(child) : undefined
  // Before the day they were due a child has no corrected age; the reference has nothing for it either.
  const judged = due === undefined ? age : bare.on >= due ? growth.ageBetween(due, bare.on) : undefined
  const point: GrowthPoint = {
    id: bare.id,
    on: bare.on,
    value: bare.value,
    position: measure === 'height' ? bare.position : null,
    ageYears: age.years,
    correctedYears: due === undefined ? null : judged ? judged.years : 0,
    z: null,
    percentile: null,
    between: null,
    reference: null,
    refused: null,
    caveats: due === undefined ? [] : ['corrected-age'],
    source: bare.source,
  }
  if (!child.sex) return point
  if (!judged) return { ...point, refused: 'age-not-in-reference' }
  const { value, corrected } = bare.placeAs?.(judged) ?? { value: bare.value, corrected: false }
  if (corrected) point.caveats.push('position-corrected')
  const placed = growth.placeIn(pack, measure, child.sex, judged, value)
  if ('z' in placed) {
    const told = placed.caveats.filter((one) => one !== 'preterm' || child.gestationWeeks === null)
    return {
      ...point,
      z: placed.z,
      percentile: placed.percentile,
      reference: placed.reference,
      caveats: [...point.caveats, ...told],
    }
  }
  const between = growth.betweenPrinted(pack, measure, child.sex, judged, value)
  if (between) return { ...point, between: { from: between.from, to: between.to }, reference: between.reference }
  return { ...point, refused: placed.refused }
}

/** The four courses of a child with the lines of the reference around them. */
export function coursesOf(child: Child, pack: ReferencePack, measured: Measurements): MeasureCourse[] {
  const plain = (list: readonly Measured[]): Bare[] => list.map((one) => ({ ...one }))
  const asMeasured = (cm: number, position: growth.Position | null) => (age: growth.Age) => {
    if (!child.sex) return { value: cm, corrected: false }
    const { cm: value, corrected } = growth.heightFor(pack, child.sex, age, cm, position)
    return { value, corrected }
  }
  const heights = measured.height.map((one) => ({ ...one, placeAs: asMeasured(one.value, one.position) }))
  const bmis = bodyMasses(measured).map(({ on, value, heightCm, position }): Bare => ({
    id: null,
    on,
    value,
    position: null,
    source: 'derived',
    placeAs: (age) => {
      const as = asMeasured(heightCm, position)(age)
      return { value: (value * heightCm ** 2) / as.value ** 2, corrected: as.corrected }
    },
  }))
  const lists: [MeasureName, Bare[]][] = [
    ['height', heights],
    ['weight', plain(measured.weight)],
    ['bmi', bmis],
    ['head', plain(measured.head)],
  ]
  return lists.map(([measure, list]) => {
    const points = list
      .filter(({ on }) => on >= child.birthDate && growth.ageBetween(child.birthDate, on).years < 19)
      .map((bare) => pointOf(child, pack, measure, bare))
    return { measure, points, lines: linesFor(child, pack, measure, points) }
  })
}

/** From a little before the first point to a little after the last, so that the picture is about this child. */
function linesFor(
  { sex }: Child,
  pack: ReferencePack,
  measure: MeasureName,
  points: readonly GrowthPoint[],
): MeasureCourse['lines'] {
  const ages = points.map((point) => point.correctedYears ?? point.ageYears)
  if (!sex || ages.length === 0) return null
  const from = Math.max(0, Math.min(...ages) - 0.5)
  const to = Math.min(18, Math.max(Math.max(...ages) + 0.75, from + 2))
  const lines = growth.percentileLines(pack, measure, sex, from, to)
  return lines && lines.points.length > 0 ? { percentiles: lines.percentiles, points: lines.points } : null
}

/** The heights of a course as the rules about signs read them: one a day, the last entered. */
export function placedHeights(course: MeasureCourse): PlacedHeight[] {
  const byDay = new Map(course.points.map((point) => [point.on, point]))
  return [...byDay.values()].map(({ on, ageYears, value, z, position }) => ({ on, ageYears, cm: value, z, position }))
}
