import type { MeasureCourse } from '../contract/growth.ts'
import './curve.css'
import { ageOf, bandOf, frameOf, linesOf, type Frame } from './curve-frame.ts'
import { useWidth } from './use-width.ts'

export interface CurveWords {
  /** Of the whole picture, for who does not see it; a table stands beside it. */
  label: string
  /** Behind the last age: 岁. */
  years: string
  unit: string
  value: (value: number) => string
}

/** A child's course among the percentile lines of its reference. Own SVG: it opens at once on a phone and prints sharply. */
export function Curve({
  course,
  words,
  heightPx = 320,
}: {
  course: MeasureCourse
  words: CurveWords
  heightPx?: number
}) {
  const [place, width] = useWidth()
  return (
    <div className="gc" ref={place} style={{ minHeight: heightPx }}>
      {width > 0 && course.points.length > 0 && (
        <Drawn course={course} words={words} frame={frameOf(course, width, heightPx)} />
      )}
    </div>
  )
}

function Drawn({ course, words, frame }: { course: MeasureCourse; words: CurveWords; frame: Frame }) {
  const lines = linesOf(course, frame)
  const clip = `gc-${course.measure}-${frame.width}`
  const last = lines.length - 1
  const quarter = [course.lines?.percentiles.indexOf(25) ?? -1, course.lines?.percentiles.indexOf(75) ?? -1] as const
  return (
    <svg width={frame.width} height={frame.height} role="img" aria-label={words.label}>
      <clipPath id={clip}>
        <rect x={frame.left} y={frame.top} width={frame.right - frame.left} height={frame.bottom - frame.top} />
      </clipPath>
      <Axes frame={frame} words={words} />
      <g clipPath={`url(#${clip})`}>
        {lines.length > 1 && <path className="gc-outer" d={bandOf(course, frame, 0, last)} />}
        {quarter[0] >= 0 && quarter[1] >= 0 && <path className="gc-inner" d={bandOf(course, frame, ...quarter)} />}
        {lines.map(({ percentile, path }) => (
          <path key={percentile} className="gc-line" data-middle={percentile === 50} d={path} />
        ))}
        <Child course={course} frame={frame} />
      </g>
      {lines.map(({ percentile, labelY }) => (
        <text key={percentile} x={frame.right + 5} y={labelY + 4}>
          P{percentile}
        </text>
      ))}
      <Last course={course} frame={frame} words={words} />
    </svg>
  )
}

function Axes({ frame, words }: { frame: Frame; words: CurveWords }) {
  return (
    <g>
      {frame.yTicks.map((tick) => (
        <g key={tick}>
          <line className="gc-grid" x1={frame.left} x2={frame.right} y1={frame.y(tick)} y2={frame.y(tick)} />
          <text x={frame.left - 6} y={frame.y(tick) + 4} textAnchor="end">
            {tick}
          </text>
        </g>
      ))}
      {frame.xTicks.map((tick, n) => (
        <text key={tick} x={frame.x(tick)} y={frame.bottom + 18} textAnchor="middle">
          {tick}
          {n === frame.xTicks.length - 1 ? ` ${words.years}` : ''}
        </text>
      ))}
    </g>
  )
}

function Child({ course, frame }: { course: MeasureCourse; frame: Frame }) {
  const at = course.points.map((point) => ({
    x: frame.x(ageOf(point)),
    y: frame.y(point.value),
    key: point.id ?? point.on,
  }))
  return (
    <>
      <path className="gc-child" d={at.map(({ x, y }, n) => `${n === 0 ? 'M' : 'L'}${x} ${y}`).join('')} />
      {at.map(({ x, y, key }, n) => (
        <circle key={`${key} ${n}`} className="gc-point" cx={x} cy={y} r={4} />
      ))}
    </>
  )
}

/** The last value stands beside its point, on the side where there is room. */
function Last({ course, frame, words }: { course: MeasureCourse; frame: Frame; words: CurveWords }) {
  const last = course.points.at(-1)
  if (!last) return null
  const x = frame.x(ageOf(last))
  return (
    <text className="gc-last" x={x} y={frame.y(last.value) - 12} textAnchor={x > frame.right - 50 ? 'end' : 'middle'}>
      {words.value(last.value)}
    </text>
  )
}
