import type { TrendSeries } from '../../../platform/web/index.ts'
import type { IndicatorCourse, Series } from '../contract/indicators.ts'
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

/**
 * What a slope per year says: the word and, for a course, how much, rounded to what the values themselves are shown with
 * and one more digit for the small. What rounds to nothing has stayed about the same if the values lie close together; up
 * to four days there is no interval, so it is too early to say; and where the interval has zero in it, the number would say
 * more than is known.
 */
export function slopeWords(
  {
    slopePerYear,
    course,
    points,
  }: Pick<Series, 'slopePerYear' | 'course'> & { points: readonly { value: number | null }[] },
  decimals: number,
): { word: 'rising' | 'falling' | 'steady' | 'few' | 'unclear'; slope: string } | undefined {
  if (!slopePerYear) return undefined
  const size = Math.abs(slopePerYear.slope)
  const slope = size.toFixed(Math.max(decimals, size < 1 ? 2 : 1))
  const isFlat = Number(slope) === 0
  if (isFlat && spread(points) <= CLOSE) return { word: 'steady', slope: '' }
  if (course !== 'unclear' && !isFlat) return { word: course, slope }
  return { word: slopePerYear.low === null ? 'few' : 'unclear', slope: '' }
}

/** Values that lie within a twentieth of their size are about the same; our own choice, for words alone. */
const CLOSE = 0.05

/** How far the values lie apart, as a part of the largest. */
function spread(points: readonly { value: number | null }[]): number {
  const values = points.flatMap(({ value }) => value ?? [])
  const largest = Math.max(...values.map(Math.abs))
  return largest > 0 ? (Math.max(...values) - Math.min(...values)) / largest : 0
}
