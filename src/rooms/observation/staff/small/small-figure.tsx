import { Band } from '../figure/band.tsx'
import { bandOf, isOut, linePath, linesOf, type FigurePoint } from '../figure/figure-point.ts'
import { Mark } from '../figure/mark.tsx'
import { extentOf, scale, type Extent } from '../figure/scale.ts'

const [WIDTH, HEIGHT, AIR] = [220, 64, 7]

/** A course as wide as a thumb: band, line, what is out of range, the latest. All of a page share one axis of time. */
export function SmallFigure({ points, days, label }: { points: readonly FigurePoint[]; days: Extent; label: string }) {
  const values = extentOf(points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]))
  const x = scale(days, [AIR, WIDTH - AIR])
  const y = scale(values, [HEIGHT - AIR, AIR])
  const last = points.at(-1)
  return (
    <svg className="pb-small-figure" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <Band parts={bandOf(points, { days, values })} x={x} y={y} />
      {linesOf(points).map((line) => (
        <path key={line[0]!.day} className="pb-figure-line" d={linePath(line, x, y)} />
      ))}
      {points.map((point, at) =>
        point === last || isOut(point) || point.line === null || points.length < 12 ? (
          <Mark
            key={at}
            x={x(point.day)}
            y={y(point.value)}
            side={point.side}
            size={point === last ? 3.4 : isOut(point) && points.length <= 45 ? 2.6 : 1.6}
            open={point.line === null}
          />
        ) : null,
      )}
    </svg>
  )
}
