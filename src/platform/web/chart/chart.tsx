import type { EChartsCoreOption } from 'echarts/core'
import { lazy, Suspense } from 'react'

const Canvas = lazy(async () => ({ default: (await import('./canvas.tsx')).Canvas }))

export interface ChartProps {
  /** Lines and bars; see `TrendChart` for the values of one person over time. */
  option: EChartsCoreOption
  heightPx?: number
  /** What there is to see, in one sentence, for who cannot see it; put a table beside it. */
  label: string
}

/** Any chart of lines or bars. Its place is kept free while ECharts is fetched. */
export function Chart({ option, heightPx = 220, label }: ChartProps) {
  return (
    <div style={{ minHeight: heightPx }}>
      <Suspense>
        <Canvas option={option} heightPx={heightPx} label={label} />
      </Suspense>
    </div>
  )
}
