import type { TrendSeries } from '../../../platform/web/index.ts'
import type { IndicatorCourse } from '../contract/indicators.ts'
import { wordsOf } from './value-words.ts'

/** What belongs into one picture: both pressures together. */
export const PAIRED = [['sbp', 'dbp']] as const

type Source = (value: { source: string; by: string | null; method: string | null }) => string

/** The series of a course as the chart wants them: methods apart, our interval where the laboratory gave none. */
export function chartSeries(
  course: IndicatorCourse,
  named: boolean,
  words: { method: (code: string) => string; source: Source },
): TrendSeries[] {
  const numbers = course.series.filter(({ points }) => points.some(({ value }) => value !== null))
  return numbers.map(({ method, points }) => ({
    name: [named || numbers.length > 1 ? course.name : '', numbers.length > 1 && method ? words.method(method) : '']
      .filter(Boolean)
      .join(' '),
    points: points.flatMap((point) => {
      if (point.value === null) return []
      const own = point.low !== null || point.high !== null
      const { low, high } = own ? point : (course.ours ?? { low: null, high: null })
      return [
        {
          at: point.at,
          value: Number(point.value.toFixed(course.decimals)),
          low,
          high,
          text: wordsOf(point),
          source: words.source(point),
        },
      ]
    }),
  }))
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

/** A slope rounded to what the values themselves are shown with, one more digit for the small. */
export function slopeWords(slope: number, decimals: number): string {
  const text = Math.abs(slope).toFixed(Math.max(decimals, Math.abs(slope) < 1 ? 2 : 1))
  return `${slope < 0 ? '−' : '+'}${text}`
}
