import type { Side } from './figure-point.ts'

export interface MarkProps {
  x: number
  y: number
  side: Side
  /** Half of its width, in pixels. */
  size: number
  /** Shown, but no exact number. */
  open?: boolean
}

/** A value: a dot; out of its interval a triangle that points to where it lies, so that colour is not all that says it. */
export function Mark({ x, y, side, size, open = false }: MarkProps) {
  const tone = `pb-mark pb-mark-${side}${open ? ' pb-mark-open' : ''}`
  if (side === 'high' || side === 'low') {
    const tip = side === 'high' ? -size * 1.3 : size * 1.3
    return <path className={tone} d={`M${x},${y + tip}L${x + size * 1.2},${y - tip * 0.6}H${x - size * 1.2}Z`} />
  }
  if (side === 'abnormal')
    return (
      <path
        className={tone}
        d={`M${x},${y - size * 1.3}L${x + size * 1.3},${y}L${x},${y + size * 1.3}L${x - size * 1.3},${y}Z`}
      />
    )
  return <circle className={tone} cx={x} cy={y} r={size} />
}
