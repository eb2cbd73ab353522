/** One measured value. `low` and `high` are the interval of the laboratory that measured it. */
export interface TrendPoint {
  /** An instant or a calendar date. */
  at: string
  value: number
  low?: number | null
  high?: number | null
  /** As reported, where it says more than the number: `<0.01`. */
  text?: string
  /** Where it is from: hospital, device. */
  source?: string
}

export interface TrendSeries {
  /** Written at the end of the line when there are several: 收缩压, 舒张压. */
  name: string
  points: readonly TrendPoint[]
}

export interface TrendEvent {
  at: string
  label: string
}

export type Side = 'high' | 'low' | 'in' | 'unknown'

export function sideOf({ value, low, high }: Pick<TrendPoint, 'value' | 'low' | 'high'>): Side {
  if (typeof high === 'number' && value > high) return 'high'
  if (typeof low === 'number' && value < low) return 'low'
  return typeof high === 'number' || typeof low === 'number' ? 'in' : 'unknown'
}

export interface Extent {
  min: number
  max: number
}

/** From the lowest to the highest of values and bounds, with a little air; a flat line gets air too. */
export function valueExtent(series: readonly TrendSeries[]): Extent {
  const numbers = series.flatMap(({ points }) => points.flatMap(({ value, low, high }) => [value, low, high])).filter((n) => typeof n === 'number')
  if (numbers.length === 0) return { min: 0, max: 1 }
  const [min, max] = [Math.min(...numbers), Math.max(...numbers)]
  const air = (max - min || Math.abs(max) || 1) * 0.12
  // What cannot be negative does not begin below nought.
  return { min: min >= 0 ? Math.max(0, min - air) : min - air, max: max + air }
}

/** Steps of 1, 2, 2.5 or 5 that cut an extent into about five; the extent is widened to whole steps. */
export function niceExtent({ min, max }: Extent): Extent & { step: number } {
  const rough = (max - min) / 5
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = power * ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10)
  return { min: Math.floor(min / step + 1e-9) * step, max: Math.ceil(max / step - 1e-9) * step, step }
}

export interface BandPoint {
  time: number
  low: number
  high: number
}

/**
 * The shaded band: each point's own interval holds until half-way to the next point that has one. An open bound goes to
 * the edge of the picture. Points without an interval leave the band of their neighbours standing.
 * @param edge the picture's extents in time (ms) and value
 */
export function bandOf(points: readonly TrendPoint[], edge: { from: number; to: number } & Extent): BandPoint[] {
  const bounded = points.filter(({ low, high }) => typeof low === 'number' || typeof high === 'number')
  const steps = bounded.flatMap((point, index) => {
    const time = Date.parse(point.at)
    const before = bounded[index - 1]
    const after = bounded[index + 1]
    const band = { low: point.low ?? edge.min, high: point.high ?? edge.max }
    const start = before ? (Date.parse(before.at) + time) / 2 : edge.from
    const end = after ? (time + Date.parse(after.at)) / 2 : edge.to
    return [{ time: start, ...band }, { time: end, ...band }]
  })
  return steps.map(({ time, low, high }) => ({ time, low: Math.max(low, edge.min), high: Math.min(high, edge.max) }))
}

/** The picture's first and last moment, with air at both sides so that no point sticks to the edge. */
export function timeExtent(series: readonly TrendSeries[], events: readonly TrendEvent[]): { from: number; to: number } {
  const times = [...series.flatMap(({ points }) => points.map(({ at }) => at)), ...events.map(({ at }) => at)].map((at) => Date.parse(at))
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const air = Math.max((last - first) * 0.06, 86_400_000)
  return { from: first - air, to: last + air }
}
