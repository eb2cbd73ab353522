import type { CompactPoint, SmallCourse } from '../../contract/indicators.ts'
import { figurePoint, isOut } from '../figure/figure-point.ts'
import { dayOf, type Extent } from '../figure/scale.ts'
import type { ShownValue } from '../value-words.ts'

export const latestOf = ({ points }: SmallCourse): CompactPoint | undefined => points.at(-1)

/** A compact value as the pages write one. */
export function shownOf(
  [, value, flag, , , comparator, text]: CompactPoint,
  { unitPrinted, decimals }: Pick<SmallCourse, 'unitPrinted' | 'decimals'>,
): ShownValue {
  return value === null
    ? { value, text, comparator, remark: null, unitPrinted, decimals, flag }
    : { value, text: null, comparator, remark: text, unitPrinted, decimals, flag }
}

/** How many of the drawn values are out of their interval. */
export function outOf({ points, ours }: SmallCourse): number {
  return points.filter(([day, value, flag, low, high, , , line]) =>
    value === null ? flag !== null && flag !== 'N' : isOut(figurePoint(day, { value, flag, low, high }, ours, line)),
  ).length
}

/** Whether anybody should look: the latest value is out of its interval. */
export function isAbnormalNow(course: SmallCourse): boolean {
  return outOf({ ...course, points: course.points.slice(-1) }) > 0
}

/** The days that all pictures of a page share, with a little air. */
export function daysOf(courses: readonly SmallCourse[]): Extent {
  const dates = courses.flatMap(({ points }) => [points[0]?.[0], points.at(-1)?.[0]].filter((one) => one !== undefined))
  if (dates.length === 0) return { min: 0, max: 1 }
  const [first, last] = [dates.reduce((a, b) => (a < b ? a : b)), dates.reduce((a, b) => (a > b ? a : b))]
  return { min: dayOf(first), max: Math.max(dayOf(last), dayOf(first) + 1) }
}
