import type { CompactPoint } from '../contract/indicators.ts'

/** Where the picture is drawn, in its own units; it grows with its page. */
export const FRAME = { width: 340, height: 190, left: 44, right: 14, top: 14, bottom: 26 }

export interface Drawn {
  lines: { key: number; path: string }[]
  dots: { key: string; x: number; y: number; isOut: boolean }[]
  /** The reference interval as a stripe; an open end reaches to the edge. */
  band: { y: number; height: number } | null
  /** Values beside the axis, highest first. */
  marks: { value: number; y: number }[]
  from: string
  to: string
}

interface Interval {
  low: number | null
  high: number | null
}

/** Lays a course out: days to the right, values upwards. Undefined where there is no number to draw. */
export function draw(points: readonly CompactPoint[], interval: Interval | null): Drawn | undefined {
  const numbers = points.filter((point): point is CompactPoint & { 1: number } => point[1] !== null)
  if (numbers.length === 0) return undefined
  const days = numbers.map(([on]) => Date.parse(on))
  const [first, last] = [days[0]!, days.at(-1)!]
  const edges = [interval?.low, interval?.high].filter((edge) => edge !== null && edge !== undefined)
  const values = [...numbers.map(([, value]) => value), ...edges]
  const [min, max] = widened(Math.min(...values), Math.max(...values))
  const { width, height, left, right, top, bottom } = FRAME
  const x = (at: number) =>
    first === last ? (left + width - right) / 2 : left + ((at - first) / (last - first)) * (width - left - right)
  const y = (value: number) => height - bottom - ((value - min) / (max - min)) * (height - top - bottom)
  const at = numbers.map((point, n) => ({ point, x: x(days[n]!), y: y(point[1]) }))
  const joined = Map.groupBy(
    at.filter(({ point }) => point[7] !== null),
    ({ point }) => point[7]!,
  )
  const path = (spots: typeof at) =>
    spots.map((spot, n) => `${n === 0 ? 'M' : 'L'}${round(spot.x)} ${round(spot.y)}`).join('')
  const [low, high] = [interval?.low ?? min, interval?.high ?? max]
  return {
    lines: [...joined].filter(([, spots]) => spots.length > 1).map(([key, spots]) => ({ key, path: path(spots) })),
    dots: at.map((spot, n) => ({
      key: `${spot.point[0]} ${n}`,
      x: round(spot.x),
      y: round(spot.y),
      isOut: spot.point[2] !== null && spot.point[2] !== 'N',
    })),
    band: edges.length > 0 ? { y: round(y(high)), height: round(Math.max(y(low) - y(high), 0)) } : null,
    marks: [...new Set(edges.length > 0 ? edges : [Math.max(...values), Math.min(...values)])]
      .toSorted((a, b) => b - a)
      .map((value) => ({ value, y: round(y(value)) })),
    from: numbers[0]![0],
    to: numbers.at(-1)![0],
  }
}

/** A tenth of air above and below; of one single value a little more, since there is nothing to compare it with. */
function widened(min: number, max: number): [number, number] {
  const air = max > min ? (max - min) / 10 : Math.abs(max) / 10 || 1
  return [min - air, max + air]
}

const round = (number: number): number => Math.round(number * 10) / 10
