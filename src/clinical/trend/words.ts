import type { Trend, TrendSeries } from './trend.ts'
import words from './words.json' with { type: 'json' }

export type TrendLocale = keyof typeof words

/** What can be said of a course in plain words: whole sentences, none where there is nothing to say. */
export interface TrendWords {
  course?: string
  change?: string
  /** What the reader has to know to read the picture. */
  notes: string[]
}

/** `steady` lies close together; `few` are too few days for an interval; `unclear` has zero in it. */
export type CourseWord = 'rising' | 'falling' | 'steady' | 'few' | 'unclear'

/**
 * The course of the main series and its latest change, short and calm.
 * @param shown how its values are written: decimals, and the unit as people write it
 */
export function trendWords(
  { series, brokenOn }: Pick<Trend, 'series' | 'brokenOn'>,
  { decimals, unit }: { decimals: number; unit: string },
  locale: TrendLocale,
): TrendWords {
  const texts = words[locale]
  const [main] = series
  const said = main && courseWord(main, decimals)
  const slope = [said?.slope, unit].filter(Boolean).join(' ')
  return {
    ...(said && { course: texts[said.word].replace('{slope}', slope) }),
    ...changeWords(main, texts),
    notes: [
      ...(brokenOn.length > 0 ? [texts.methods] : []),
      ...(series.some(({ inexact }) => inexact > 0) ? [texts.inexact] : []),
    ],
  }
}

function changeWords(main: TrendSeries | undefined, texts: (typeof words)['en']): { change?: string } {
  const change = main?.lastChange
  if (!change || change.percent === undefined || change.difference === 0) return {}
  if (change.beyondVariation === undefined) return { change: texts.unknown }
  if (!change.beyondVariation) return { change: texts.within }
  const text = change.percent > 0 ? texts.beyondUp : texts.beyondDown
  return { change: text.replace('{percent}', Math.abs(change.percent).toFixed(0)) }
}

/** Values that lie within a twentieth of their size are about the same; our own choice, for words alone. */
const CLOSE = 0.05

/**
 * What a slope per year says: the word and, for a course, how much, rounded to what the values themselves are shown
 * with and one more digit for the small. What rounds to nothing has stayed about the same if the values lie close
 * together; up to four days there is no interval, so it is too early to say; and where the interval has zero in it, the
 * number would say more than is known.
 */
export function courseWord(
  {
    slopePerYear,
    course,
    points,
  }: Pick<TrendSeries, 'slopePerYear' | 'course'> & { points: readonly { value: number }[] },
  decimals: number,
): { word: CourseWord; slope: string } | undefined {
  if (!slopePerYear) return undefined
  const size = Math.abs(slopePerYear.slope)
  const slope = size.toFixed(Math.max(decimals, size < 1 ? 2 : 1))
  const isFlat = Number(slope) === 0
  if (isFlat && spread(points) <= CLOSE) return { word: 'steady', slope: '' }
  if (course !== 'unclear' && !isFlat) return { word: course, slope }
  return { word: slopePerYear.low === undefined ? 'few' : 'unclear', slope: '' }
}

/** How far the values lie apart, as a part of the largest. */
function spread(points: readonly { value: number }[]): number {
  let [low, high, largest] = [Infinity, -Infinity, 0]
  for (const { value } of points) {
    low = Math.min(low, value)
    high = Math.max(high, value)
    largest = Math.max(largest, Math.abs(value))
  }
  return largest > 0 ? (high - low) / largest : 0
}
