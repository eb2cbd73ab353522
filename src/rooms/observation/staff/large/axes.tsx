import { dateTicks, niceTicks, type Extent, type Scale } from '../figure/scale.ts'

interface AxesProps {
  x: Scale
  y: Scale
  days: Extent
  values: Extent
  left: number
  right: number
  bottom: number
}

/** Light lines at round values, years or months below. */
export function Axes({ x, y, days, values, left, right, bottom }: AxesProps) {
  const most = Math.max(2, Math.floor((right - left) / 80))
  return (
    <g className="pb-axes" aria-hidden="true">
      {niceTicks(values, 5).map((value) => (
        <g key={value}>
          <line x1={left} x2={right} y1={y(value)} y2={y(value)} />
          <text x={left - 6} y={y(value) + 4} textAnchor="end">
            {value}
          </text>
        </g>
      ))}
      <line className="pb-axis" x1={left} x2={right} y1={bottom} y2={bottom} />
      {dateTicks(days, most).map(({ day, date, yearly }) => (
        <g key={date}>
          <line className="pb-axis" x1={x(day)} x2={x(day)} y1={bottom} y2={bottom + 4} />
          <text x={x(day)} y={bottom + 17} textAnchor="middle">
            {yearly ? date.slice(0, 4) : date.slice(0, 7)}
          </text>
        </g>
      ))}
    </g>
  )
}
