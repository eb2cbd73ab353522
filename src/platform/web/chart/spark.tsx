import { sideOf, timeExtent, valueExtent, type TrendPoint } from './trend.ts'

/** A trend as small as a word, for rows and headers; the words beside it say the value. Needs no chart library. */
export function Spark({ points, widthPx = 96, heightPx = 24 }: { points: readonly TrendPoint[]; widthPx?: number; heightPx?: number }) {
  if (points.length < 2) return null
  const time = timeExtent([{ name: '', points }], [])
  const value = valueExtent([{ name: '', points: points.map(({ at, value: v }) => ({ at, value: v })) }])
  const x = (at: string) => ((Date.parse(at) - time.from) / (time.to - time.from)) * widthPx
  const y = (v: number) => heightPx - 3 - ((v - value.min) / (value.max - value.min)) * (heightPx - 6)
  const last = points.at(-1)!
  const side = sideOf(last)
  const colour = side === 'high' ? 'var(--pb-danger)' : side === 'low' ? 'var(--pb-low)' : 'var(--pb-primary)'
  return (
    <svg className="pb-spark" width={widthPx} height={heightPx} viewBox={`0 0 ${widthPx} ${heightPx}`} aria-hidden="true">
      <polyline points={points.map((p) => `${x(p.at)},${y(p.value)}`).join(' ')} fill="none" stroke="var(--pb-lighter)" strokeWidth="1.25" />
      <circle cx={x(last.at)} cy={y(last.value)} r="3" fill={colour} />
    </svg>
  )
}
