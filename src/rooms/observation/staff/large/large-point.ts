import type { IndicatorCourse } from '../../contract/indicators.ts'
import type { RecordedValue } from '../../contract/record.ts'
import { figurePoint, type FigurePoint } from '../figure/figure-point.ts'

/** What belongs into one picture: both pressures together. */
export const PAIRED = [['sbp', 'dbp']] as const

export interface LargePoint extends FigurePoint {
  shown: RecordedValue
  /** Which of the indicators in the picture. */
  indicator: number
}

/** The numbers of the courses in one picture, oldest first; each line of its own indicator, method and unit. */
export function largePoints(courses: readonly IndicatorCourse[], day: (at: string) => string): LargePoint[] {
  let line = 0
  const points = courses.flatMap((course, indicator) =>
    course.series.flatMap((series) => {
      line += 1
      return series.points.flatMap((shown): LargePoint[] => {
        const { value, flag, low, high } = shown
        if (value === null) return []
        const point = figurePoint(day(shown.at), { value, flag, low, high }, course.ours, isExact(shown) ? line : null)
        return [{ ...point, shown, indicator }]
      })
    }),
  )
  return points.toSorted((a, b) => a.day - b.day || a.indicator - b.indicator)
}

/** As `clinical` has it: a bound, or a number with a mere sign behind it, is joined to nothing. */
const isExact = ({ comparator, remark }: RecordedValue): boolean =>
  comparator === null && !/^[+＋\-－±]+$/.test(remark ?? '')

/** The place of the point that a finger or the mouse means: the nearest in time, then in height. */
export function nearest(points: readonly { x: number; y: number }[], x: number, y: number): number {
  let best = -1
  let distance = Infinity
  for (const [at, point] of points.entries()) {
    const found = Math.abs(point.x - x) * 3 + Math.abs(point.y - y)
    if (found < distance) [best, distance] = [at, found]
  }
  return best
}

/** Whether some point is judged by our interval, so that the page says so. */
export function usesOurs(course: IndicatorCourse): boolean {
  return (
    course.ours !== null &&
    course.series.some(({ points }) =>
      points.some(({ value, low, high }) => value !== null && low === null && high === null),
    )
  )
}
