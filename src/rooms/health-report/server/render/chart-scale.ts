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
  label: LabelPlace
}

/** Where a label keeps clear of the line that comes in and goes out. `offsetPt` moves it sideways. */
export interface LabelPlace {
  side: 'top' | 'bottom'
  offsetPt: number
}

/** Size of the plot itself and the room a label takes, in points. */
export interface PlotSize {
  widthPt: number
  heightPt: number
  labelGapPt: number
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
export function placePoints(points: ComparedPoint[], plot: PlotSize): PlacedPoint[] {
  const first = points[0]
  if (!first) return []
  const days = points.map((point) => daysBetween(first.date, point.date))
  const last = days.at(-1)!
  const margin = Math.max(last * 0.05, 1)
  const ptPerDay = plot.widthPt / (last + margin * 2)
  const { min, max } = valueExtent(points)
  const slopes = slopesBetween(points, days, plot.heightPt / (max - min) / ptPerDay)
  const labelled = labelledFromTheEnd(days, plot.labelGapPt / ptPerDay)
  return points.map((point, index) => ({
    point,
    day: days[index]!,
    bandFrom: index === 0 ? -margin : (days[index - 1]! + days[index]!) / 2,
    bandTo: index === points.length - 1 ? last + margin : (days[index]! + days[index + 1]!) / 2,
    labelled: labelled.has(index),
    label: labelPlace(slopes[index - 1] ?? 0, slopes[index] ?? 0),
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

/** Steepness of each stretch as drawn: 1 is 45 degrees upwards. */
function slopesBetween(points: ComparedPoint[], days: number[], perDay: number): number[] {
  return points.slice(1).map((point, index) => {
    const gone = Math.max(days[index + 1]! - days[index]!, 1)
    return ((point.value - points[index]!.value) / gone) * perDay
  })
}

/** How much more of the line has to run above a point than below before its label gives way. */
const CLEARLY = 0.5
const CLEARLY_IN_A_VALLEY = 0.12

/** Above, unless the line itself clearly runs there; pushed away from the slope. Slopes as drawn: 1 is 45° upwards. */
export function labelPlace(slopeIn: number, slopeOut: number): LabelPlace {
  const above = Math.max(0, slopeOut) + Math.max(0, -slopeIn)
  const below = Math.max(0, -slopeOut) + Math.max(0, slopeIn)
  const enough = slopeIn <= 0 && slopeOut >= 0 ? CLEARLY_IN_A_VALLEY : CLEARLY
  const side = above - below > enough ? 'bottom' : 'top'
  const lean = (slopeIn + slopeOut) / 2
  const push = Math.min(Math.abs(lean) * 9, 7) * Math.sign(lean)
  return { side, offsetPt: side === 'top' ? -push : push }
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
