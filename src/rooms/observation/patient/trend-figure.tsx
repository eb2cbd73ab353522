import { useT } from '../../../platform/patient-web/index.ts'
import type { OwnTrend } from '../contract/own.ts'
import { draw, FRAME } from './figure.ts'

/** The course as a simple line over its reference stripe. Everything in it stands in the table below as well. */
export function TrendFigure({
  trend,
  interval,
}: {
  trend: OwnTrend
  interval: { low: number | null; high: number | null } | null
}) {
  const t = useT('observation')
  const drawn = draw(trend.points, interval)
  if (!drawn || drawn.dots.length < 2) return null
  const { width, height, left, right, bottom } = FRAME
  const out = drawn.dots.filter(({ isOut }) => isOut).length
  return (
    <svg
      className="pp-figure"
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={t('my.trend.pictured', { name: trend.name, count: drawn.dots.length, out })}
    >
      {drawn.band && (
        <rect
          className="pp-figure-band"
          x={left}
          y={drawn.band.y}
          width={width - left - right}
          height={drawn.band.height}
        />
      )}
      {drawn.marks.map(({ value, y }) => (
        <g key={value}>
          <line className="pp-figure-grid" x1={left} x2={width - right} y1={y} y2={y} />
          <text x={left - 6} y={y + 4} textAnchor="end">
            {Number(value.toFixed(trend.decimals))}
          </text>
        </g>
      ))}
      {drawn.lines.map(({ key, path }) => (
        <path key={key} className="pp-figure-line" d={path} />
      ))}
      {drawn.dots.map(({ key, x, y, isOut }) =>
        // Not by colour alone: what lies outside is a larger diamond.
        isOut ? (
          <path key={key} className="pp-figure-out" d={`M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`} />
        ) : (
          <circle key={key} className="pp-figure-dot" cx={x} cy={y} r={4} />
        ),
      )}
      <text x={left} y={height - bottom + 18}>
        {drawn.from.slice(0, 7)}
      </text>
      {drawn.to.slice(0, 7) !== drawn.from.slice(0, 7) && (
        <text x={width - right} y={height - bottom + 18} textAnchor="end">
          {drawn.to.slice(0, 7)}
        </text>
      )}
    </svg>
  )
}
