import { growth } from '../../../../clinical/index.ts'
import type { SignsDefinition, SignView } from '../../contract/growth.ts'

/** A height as it was placed, oldest first. */
export interface PlacedHeight {
  on: string
  ageYears: number
  cm: number
  z: number | null
  position: growth.Position | null
}

export interface Course {
  sex: growth.GrowthSex
  heights: readonly PlacedHeight[]
  latest: growth.Velocity | null
  /** Where the parents' heights stand among grown people in the same reference. */
  targetZ: number | null
}

const days = (from: string, to: string) => (Date.parse(to) - Date.parse(from)) / 86_400_000
const tenth = (value: number) => Math.round(value * 10) / 10
const INFANT_YEARS = 2

/**
 * What is worth a doctor's look in a course of heights. It judges nobody: one sign is a reason to measure again and to
 * look, and it is shown to staff alone.
 */
export function signsOf(course: Course, limits: SignsDefinition): SignView[] {
  const last = course.heights.at(-1)
  if (!last) return []
  return [
    shrunk(course),
    crossed(course, limits),
    slow(course, limits),
    lowest(last, limits),
    offTarget(course, last, limits),
  ].filter((sign) => sign !== undefined)
}

function shrunk({ heights }: Course): SignView | undefined {
  const last = heights.at(-1)!
  const before = heights.at(-2)
  if (!before || before.position !== last.position || before.cm - last.cm <= 1) return undefined
  return { code: 'shrunk', values: { from: before.cm, to: last.cm, on: before.on } }
}

/** Of all earlier heights within reach, the one from which most lines were crossed. */
function crossed({ heights }: Course, { crossing }: SignsDefinition): SignView | undefined {
  const { lines, minDays, maxDays } = crossing
  const last = heights.at(-1)!
  if (last.z === null) return undefined
  const [widest] = heights
    .filter(({ on, z }) => z !== null && days(on, last.on) >= minDays && days(on, last.on) <= maxDays)
    .map((from) => ({ from, crossed: growth.linesCrossed(from.z!, last.z!) }))
    .toSorted((a, b) => Math.abs(b.crossed) - Math.abs(a.crossed))
  if (!widest || Math.abs(widest.crossed) < lines) return undefined
  const isInfant = widest.from.ageYears < INFANT_YEARS
  const values = {
    lines: Math.abs(widest.crossed),
    from: Math.round(growth.percentileOf(widest.from.z!)),
    to: Math.round(growth.percentileOf(last.z)),
    on: widest.from.on,
  }
  if (widest.crossed > 0) return isInfant ? undefined : { code: 'crossed-up', values }
  return { code: isInfant ? 'crossed-down-infant' : 'crossed-down', values }
}

/** Slow for sure only where it stays so after what measuring may be off by; else it is measured again. */
function slow({ sex, heights, latest }: Course, { slow: limit }: SignsDefinition): SignView | undefined {
  if (!latest || latest.days < limit.minDays) return undefined
  const { ageYears } = heights.at(-1)!
  const middle = ageYears - latest.days / 365.25 / 2
  const band = limit.bands.find(({ fromYears, toYears }) => {
    const until = typeof toYears === 'number' ? toYears : toYears[sex]
    return middle >= fromYears && middle < until && ageYears < until
  })
  if (!band || latest.cmPerYear >= band.cmPerYear) return undefined
  const isSure = latest.cmPerYear + latest.plusMinus < band.cmPerYear
  return {
    code: isSure ? 'slow' : 'maybe-slow',
    values: {
      cmPerYear: tenth(latest.cmPerYear),
      plusMinus: tenth(latest.plusMinus),
      limit: band.cmPerYear,
      from: latest.from,
      to: latest.to,
    },
  }
}

function lowest(last: PlacedHeight, { lowestPercentile }: SignsDefinition): SignView | undefined {
  if (last.z === null || last.z >= growth.zOfPercentile(lowestPercentile)) return undefined
  return { code: 'below-lowest', values: { percentile: lowestPercentile, z: Math.round(last.z * 100) / 100 } }
}

function offTarget(
  { targetZ }: Course,
  last: PlacedHeight,
  { offTarget: { belowSd, fromYears } }: SignsDefinition,
): SignView | undefined {
  if (targetZ === null || last.z === null || last.ageYears < fromYears || targetZ - last.z <= belowSd) return undefined
  return { code: 'off-target', values: { sd: tenth(targetZ - last.z) } }
}
