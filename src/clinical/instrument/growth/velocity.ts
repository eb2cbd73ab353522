import type { Position } from './place.ts'

/** A height of a day. */
export interface HeightOn {
  /** `YYYY-MM-DD`. */
  on: string
  cm: number
  position: Position | null
}

export interface Velocity {
  from: string
  to: string
  days: number
  cmPerYear: number
  /** By how much it may be off because neither height is exact, in cm a year. */
  plusMinus: number
  /** Less than half a year lies between: half a centimetre more or less weighs heavily. */
  short: boolean
}

/** From 85 days, as three calendar months are never shorter than 89 and appointments come a little early. */
export const VELOCITY_MIN_DAYS = 85
const GOOD_DAYS = 175
const MAX_DAYS = 800
/** How far one height may be off: 0.5 cm, as between two careful observers on two days. An assumption of ours. */
export const HEIGHT_ERROR_CM = 0.5
/** Lying is about 0.7 cm longer than standing (WHO 2006). */
const LYING_LONGER_CM = 0.7
const DAYS_OF_A_YEAR = 365.25

const dayOf = (date: string) => Date.parse(`${date}T00:00:00Z`) / 86_400_000
const standing = ({ cm, position }: HeightOn) => (position === 'lying' ? cm - LYING_LONGER_CM : cm)

/** The speed between two heights, whatever lies between. A lying and a standing one are brought to the same measure. */
export function velocityOf(from: HeightOn, to: HeightOn): Velocity {
  const days = dayOf(to.on) - dayOf(from.on)
  const years = days / DAYS_OF_A_YEAR
  const sameWay = from.position === to.position || from.position === null || to.position === null
  const grown = sameWay ? to.cm - from.cm : standing(to) - standing(from)
  return {
    from: from.on,
    to: to.on,
    days,
    cmPerYear: grown / years,
    plusMinus: (Math.SQRT2 * HEIGHT_ERROR_CM) / years,
    short: days < GOOD_DAYS,
  }
}

/**
 * One speed after another, from half a year on where there is as much, never over less than about three months.
 * @param heights oldest first
 */
export function velocities(heights: readonly HeightOn[]): Velocity[] {
  const found: Velocity[] = []
  let start = heights[0]
  for (const [n, height] of heights.entries()) {
    if (!start || n === 0) continue
    const days = dayOf(height.on) - dayOf(start.on)
    const isLast = n === heights.length - 1
    if (days < (isLast ? VELOCITY_MIN_DAYS : GOOD_DAYS)) continue
    found.push(velocityOf(start, height))
    start = height
  }
  return found
}

/** How fast it went of late: from whichever height lies nearest to a year before the last. */
export function latestVelocity(heights: readonly HeightOn[]): Velocity | undefined {
  const last = heights.at(-1)
  if (!last) return undefined
  const gap = (height: HeightOn) => dayOf(last.on) - dayOf(height.on)
  const [best] = heights
    .filter((height) => gap(height) >= VELOCITY_MIN_DAYS && gap(height) <= MAX_DAYS)
    .toSorted((a, b) => Math.abs(gap(a) - DAYS_OF_A_YEAR) - Math.abs(gap(b) - DAYS_OF_A_YEAR))
  return best && velocityOf(best, last)
}
