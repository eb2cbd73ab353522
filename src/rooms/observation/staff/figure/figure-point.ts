import { dayOf, type Extent, type Scale } from './scale.ts'

export type Side = 'high' | 'low' | 'abnormal' | 'normal' | 'unknown'

/** One value as it is drawn. */
export interface FigurePoint {
  day: number
  value: number
  /** The interval that applied then: the laboratory's own, else ours. */
  low: number | null
  high: number | null
  side: Side
  /** Points of one line are joined; null stands alone. */
  line: number | null
}

interface Judged {
  value: number
  flag: string | null
  low: number | null
  high: number | null
}

/** The laboratory's verdict, else its interval, else ours. */
export function sideOf({ value, flag, low, high }: Judged): Side {
  if (flag === 'H' || flag === 'HH') return 'high'
  if (flag === 'L' || flag === 'LL') return 'low'
  if (flag === 'A') return 'abnormal'
  if (flag === 'N') return 'normal'
  if (high !== null && value > high) return 'high'
  if (low !== null && value < low) return 'low'
  return low !== null || high !== null ? 'normal' : 'unknown'
}

export function figurePoint(
  date: string,
  judged: Judged,
  ours: { low: number | null; high: number | null } | null,
  line: number | null,
): FigurePoint {
  const own = judged.low !== null || judged.high !== null
  const { low, high } = own || !ours ? judged : ours
  return { day: dayOf(date), value: judged.value, low, high, side: sideOf({ ...judged, low, high }), line }
}

export const isOut = ({ side }: Pick<FigurePoint, 'side'>): boolean => side !== 'normal' && side !== 'unknown'

/** Points by line, each with at least two: what a line is drawn through. */
export function linesOf(points: readonly FigurePoint[]): FigurePoint[][] {
  const lines = Map.groupBy(points, ({ line }) => line)
  return [...lines].flatMap(([line, same]) => (line !== null && same.length > 1 ? [same] : []))
}

/** `M x,y L x,y …` */
export function linePath(points: readonly FigurePoint[], x: Scale, y: Scale): string {
  return points.map(({ day, value }, at) => `${at === 0 ? 'M' : 'L'}${round(x(day))},${round(y(value))}`).join('')
}

const round = (px: number): number => Math.round(px * 10) / 10

export interface BandPart {
  from: number
  to: number
  top: number
  bottom: number
}

/**
 * The shaded band, part by part: each point's interval holds from half-way to its neighbours; an open bound goes to the
 * edge of the picture. Points without an interval leave their neighbours' standing; parts alike are one.
 * @param edge the picture's extents in days and values
 */
export function bandOf(points: readonly FigurePoint[], edge: { days: Extent; values: Extent }): BandPart[] {
  const bounded = points.filter(({ low, high }) => low !== null || high !== null)
  const parts: BandPart[] = []
  for (const [at, { day, low, high }] of bounded.entries()) {
    const [before, after] = [bounded[at - 1], bounded[at + 1]]
    const part = {
      from: before ? (before.day + day) / 2 : edge.days.min,
      to: after ? (day + after.day) / 2 : edge.days.max,
      bottom: Math.max(low ?? edge.values.min, edge.values.min),
      top: Math.min(high ?? edge.values.max, edge.values.max),
    }
    const last = parts.at(-1)
    if (last && last.bottom === part.bottom && last.top === part.top) last.to = part.to
    else if (part.top > part.bottom) parts.push(part)
  }
  return parts
}
