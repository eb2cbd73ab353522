import type { Extent, Scale } from '../figure/scale.ts'
import { packRows, spanOf, textWidthPx, type AxisEvent } from './events.ts'

export const ROW_PX = 26
/** More rows than this would push the values out of sight; the list below the picture has them all. */
const ROWS_MOST = 8
const GAP_PX = 12

export interface NamedEvent {
  event: AxisEvent
  row: number
  /** The bar, in pixels; the same twice is a moment. */
  from: number
  to: number
  /** Where the name begins. */
  nameX: number
}

/** Diseases, drugs and operations with their names, packed into as few rows as their names need. */
export function layOutNames(events: readonly AxisEvent[], x: Scale, days: Extent): NamedEvent[] {
  const right = x(days.max)
  const placed = events
    .map((event) => {
      const span = spanOf(event, days)
      const [from, to] = [x(span.from), x(span.to)]
      const width = textWidthPx(event.title)
      const nameX = Math.max(x(days.min), Math.min(from, right - width))
      return { event, from, to, nameX, end: Math.max(to, nameX + width) + GAP_PX }
    })
    .toSorted((a, b) => a.nameX - b.nameX)
  const rows = packRows(placed.map(({ nameX, from, end }) => ({ from: Math.min(nameX, from), to: end })))
  return placed
    .map(({ event, from, to, nameX }, at) => ({ event, from, to, nameX, row: rows[at]! }))
    .filter(({ row }) => row < ROWS_MOST)
}

/** Kinds that come so often that a row of ticks says more than names. */
export const TICKED = ['encounter', 'care'] as const

/** How high the lanes are: the rows of names, then one for each kind of ticks. */
export function lanesHeightPx(named: readonly NamedEvent[], events: readonly AxisEvent[]): number {
  const rows = Math.max(-1, ...named.map(({ row }) => row)) + 1
  return (rows + TICKED.filter((kind) => events.some((one) => one.kind === kind)).length) * ROW_PX
}
