import type { ComparedPoint } from './report-document.ts'

/** Where a point stands on paper, in days and values, and what of it is written out. */
export interface PlacedPoint {
  point: ComparedPoint
  /** Days since the first point. */
  day: number
  /** Ends of this point's own reference band, half-way to its neighbours. */
  bandFrom: number
  bandTo: number
  labelled: boolean
  labelSide: 'top' | 'bottom'
}

/** Lowest and highest value of an axis. */
export interface Extent {
  min: number
  max: number
}

const DAY_MS = 86_400_000

/** Days between two calendar dates. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

/**
 * The horizontal axis is time itself, so that two visits within a month look like it; only the words give way: a label
 * that would touch a later one is left out (the table beside the chart has all of them).
 */
export function placePoints(points: ComparedPoint[], plotWidthPt: number, labelGapPt: number): PlacedPoint[] {
  const first = points[0]
  if (!first) return []
  const days = points.map((point) => daysBetween(first.date, point.date))
  const last = days.at(-1)!
  const margin = Math.max(last * 0.05, 1)
  const ptPerDay = plotWidthPt / (last + margin * 2)
  const labelled = labelledFromTheEnd(days, labelGapPt / ptPerDay)
  return points.map((point, index) => ({
    point,
    day: days[index]!,
    bandFrom: index === 0 ? -margin : (days[index - 1]! + days[index]!) / 2,
    bandTo: index === points.length - 1 ? last + margin : (days[index]! + days[index + 1]!) / 2,
    labelled: labelled.has(index),
    labelSide: isValley(points, index) ? 'bottom' : 'top',
  }))
}

function labelledFromTheEnd(days: number[], gap: number): Set<number> {
  const kept = new Set<number>()
  let next = Infinity
  for (let index = days.length - 1; index >= 0; index--) {
    if (next - days[index]! < gap) continue
    kept.add(index)
    next = days[index]!
  }
  return kept
}

function isValley(points: ComparedPoint[], index: number): boolean {
  const value = points[index]!.value
  const neighbours = [points[index - 1]?.value, points[index + 1]?.value].filter((v) => v !== undefined)
  return neighbours.length > 0 && neighbours.every((neighbour) => value < neighbour)
}

/** The vertical axis holds all values and all range ends, with room for labels above and below. */
export function valueExtent(points: ComparedPoint[]): Extent {
  const held = points.flatMap(({ value, low, high }) => [value, low, high]).filter((v) => v !== undefined)
  if (held.length === 0) return { min: 0, max: 1 }
  const min = Math.min(...held)
  const max = Math.max(...held)
  const span = max - min || Math.abs(max) || 1
  return { min: min - span * 0.24, max: max + span * 0.26 }
}

/** `2026`, or `26-03` where a year holds more than one point. */
export function dateLabels(points: ComparedPoint[]): string[] {
  const years = points.map(({ date }) => date.slice(0, 4))
  return points.map(({ date }, index) =>
    years.indexOf(years[index]!) === years.lastIndexOf(years[index]!) ? years[index]! : date.slice(2, 7),
  )
}
