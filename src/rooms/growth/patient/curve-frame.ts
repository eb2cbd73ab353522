import type { MeasureCourse } from '../contract/growth.ts'

export interface Frame {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
  /** From years and value to pixels. */
  x: (years: number) => number
  y: (value: number) => number
  xTicks: number[]
  yTicks: number[]
}

export interface Line {
  percentile: number
  /** SVG path; broken where lying turns to standing. */
  path: string
  /** Where its name stands, at the right edge. */
  labelY: number
}

const MARGIN = { left: 40, right: 34, top: 10, bottom: 26 }
const STEPS = [0.5, 1, 2, 5, 10, 20, 50]

/** Where everything of a growth chart stands. Pure, so that it is tested without a browser. */
export function frameOf(course: MeasureCourse, width: number, height: number): Frame {
  const ages = course.points.map(ageOf)
  const lineAges = course.lines?.points.map(({ years }) => years) ?? []
  const first = Math.max(0, Math.min(...ages) - 0.5)
  const last = Math.max(...ages) + 0.75
  const [fromYears, toYears] = [
    lineAges.length > 0 ? Math.max(first, Math.min(...lineAges)) : first,
    Math.max(last, first + 2),
  ]
  const shown = course.lines?.points.filter(({ years }) => years >= fromYears - 0.3 && years <= toYears + 0.3) ?? []
  const values = [...course.points.map(({ value }) => value), ...shown.flatMap((point) => point.values)]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const pad = (high - low || 1) * 0.05
  const frame = {
    width,
    height,
    left: MARGIN.left,
    right: width - MARGIN.right,
    top: MARGIN.top,
    bottom: height - MARGIN.bottom,
  }
  const x = (years: number) => frame.left + ((years - fromYears) / (toYears - fromYears)) * (frame.right - frame.left)
  const y = (value: number) =>
    frame.bottom - ((value - low + pad) / (high - low + 2 * pad)) * (frame.bottom - frame.top)
  return {
    ...frame,
    x,
    y,
    xTicks: ticks(fromYears, toYears, Math.max(3, Math.floor(width / 70))),
    yTicks: ticks(low - pad, high + pad, Math.max(3, Math.floor(height / 48))),
  }
}

/** The age by which a point was placed. */
export const ageOf = ({ ageYears, correctedYears }: { ageYears: number; correctedYears: number | null }): number =>
  correctedYears ?? ageYears

function ticks(from: number, to: number, most: number): number[] {
  const step = STEPS.find((one) => (to - from) / one <= most) ?? 100
  const found: number[] = []
  for (let at = Math.ceil(from / step) * step; at <= to + 1e-9; at += step) found.push(Math.round(at * 10) / 10)
  return found
}

/** The percentile lines as paths. What lies beyond the edges is cut by the picture's clip. */
export function linesOf(course: MeasureCourse, frame: Frame): Line[] {
  const { lines } = course
  if (!lines) return []
  return lines.percentiles.map((percentile, n) => {
    let before: number | undefined
    const path = lines.points
      .map(({ years, values }) => {
        const command = before === undefined || before === years ? 'M' : 'L'
        before = years
        return `${command}${round(frame.x(years))} ${round(frame.y(values[n]!))}`
      })
      .join('')
    return { percentile, path, labelY: frame.y(atEdge(course, frame, n)) }
  })
}

/** The value of a line at the right edge. */
function atEdge(course: MeasureCourse, frame: Frame, n: number): number {
  const points = course.lines!.points
  const after = points.findIndex(({ years }) => frame.x(years) >= frame.right)
  if (after <= 0) return points.at(after === 0 ? 0 : -1)!.values[n]!
  const [a, b] = [points[after - 1]!, points[after]!]
  const part = (frame.right - frame.x(a.years)) / (frame.x(b.years) - frame.x(a.years) || 1)
  return a.values[n]! + part * (b.values[n]! - a.values[n]!)
}

/** The ground between the outermost lines, piece by piece where they are broken. */
export function bandOf(course: MeasureCourse, frame: Frame, from: number, to: number): string {
  const { lines } = course
  if (!lines) return ''
  const pieces: (typeof lines.points)[] = []
  for (const point of lines.points) {
    const piece = pieces.at(-1)
    if (!piece || piece.at(-1)!.years === point.years) pieces.push([point])
    else piece.push(point)
  }
  const at = (point: (typeof lines.points)[number], n: number) =>
    `${round(frame.x(point.years))} ${round(frame.y(point.values[n]!))}`
  return pieces
    .filter((piece) => piece.length > 1)
    .map(
      (piece) =>
        `M${piece.map((p) => at(p, from)).join('L')}L${piece
          .toReversed()
          .map((p) => at(p, to))
          .join('L')}Z`,
    )
    .join('')
}

const round = (value: number) => Math.round(value * 10) / 10
