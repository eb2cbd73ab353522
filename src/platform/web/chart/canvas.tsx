import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, MarkLineComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts, type EChartsCoreOption } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import { useEffect, useRef } from 'react'

use([LineChart, BarChart, GridComponent, MarkLineComponent, TooltipComponent, SVGRenderer])

/** Where ECharts draws. Fetched only when the first chart is shown. SVG, since it prints sharply. */
export function Canvas({ option, heightPx, label }: { option: EChartsCoreOption; heightPx: number; label: string }) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(undefined)
  useEffect(() => {
    const made = init(place.current!, null, { renderer: 'svg' })
    chart.current = made
    const watcher = new ResizeObserver(() => made.resize())
    watcher.observe(place.current!)
    return () => {
      watcher.disconnect()
      made.dispose()
    }
  }, [])
  useEffect(() => chart.current?.setOption(option, { notMerge: true }), [option])
  return <div ref={place} role="img" aria-label={label} style={{ height: heightPx }} />
}
