import { extentOf, scale, type Extent, type Scale } from '../figure/scale.ts'
import type { AxisEvent } from './events.ts'
import { lanesHeightPx, layOutNames, type NamedEvent } from './lane-layout.ts'
import type { LargePoint } from './large-point.ts'

const PLOT_PX = 260
const [LEFT, RIGHT, TOP, AXIS] = [44, 64, 14, 24]

/** Where everything of a large picture stands, in pixels. */
export interface Frame {
  x: Scale
  y: Scale
  values: Extent
  left: number
  right: number
  top: number
  bottom: number
  lanesTop: number
  heightPx: number
  named: NamedEvent[]
}

export function frameOf(
  { points, events, days }: { points: readonly LargePoint[]; events: readonly AxisEvent[]; days: Extent },
  widthPx: number,
): Frame {
  const right = Math.max(LEFT + 1, widthPx - RIGHT)
  const values = extentOf(points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]))
  const x = scale(days, [LEFT, right])
  const named = layOutNames(
    events.filter(({ kind }) => kind !== 'encounter' && kind !== 'care'),
    x,
    days,
  )
  const lanesTop = TOP + PLOT_PX + AXIS
  return {
    x,
    y: scale(values, [TOP + PLOT_PX, TOP]),
    values,
    left: LEFT,
    right,
    top: TOP,
    bottom: TOP + PLOT_PX,
    lanesTop,
    heightPx: lanesTop + lanesHeightPx(named, events) + 8,
    named,
  }
}
