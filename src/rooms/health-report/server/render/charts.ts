import { createRequire } from 'node:module'
import type * as ECharts from 'echarts'
import { CHART } from './chart-theme.ts'
import { dateLabels, placePoints, valueExtent, type Extent, type PlacedPoint } from './chart-scale.ts'
import type { ComparedIndicator, ReportFlag } from './report-document.ts'

// The single-file build loads in 110 ms where the modules of `echarts/core` need 550 ms, which the first report waits for.
const echarts = createRequire(import.meta.url)('echarts/dist/echarts.min.js') as typeof ECharts

/** Size of a drawing on paper in points. */
export interface ChartSize {
  widthPt: number
  heightPt: number
}

const GRID = { left: 0, right: 32, top: 2, bottom: 13 }
/** Figures of 7.5 pt with an arrow are about 24 pt wide. */
const LABEL_GAP_PT = 24

/**
 * One small multiple of 历年对比 as SVG: the reference band of each point's own laboratory, the line, out-of-range
 * points filled and marked with their arrow, labels beside what they name. Needs no DOM; the same input gives the
 * same bytes. An indicator without points gives an empty drawing.
 */
export function comparisonChart(indicator: ComparedIndicator, size: ChartSize): string {
  const { points } = indicator
  const placed = placePoints(points, {
    widthPt: size.widthPt - GRID.left - GRID.right,
    heightPt: size.heightPt - GRID.top - GRID.bottom,
    labelGapPt: LABEL_GAP_PT,
  })
  const extent = valueExtent(points)
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width: size.widthPt, height: size.heightPt })
  try {
    chart.setOption({
      animation: false,
      silent: true,
      textStyle: { fontFamily: CHART.font, fontSize: CHART.labelPt, color: CHART.ink },
      grid: GRID,
      xAxis: { type: 'value', min: placed[0]?.bandFrom ?? 0, max: placed.at(-1)?.bandTo ?? 1, show: false },
      yAxis: { type: 'value', ...extent, show: false },
      series: [bandSeries(placed, extent), lineSeries(placed), wordSeries(placed, dateLabels(points))],
    })
    return forPaper(chart.renderToSVGString({ useViewBox: true }))
  } finally {
    chart.dispose()
  }
}

/**
 * Takes out what serves a screen only, and the numbers that ECharts counts over the life of the process: a report must
 * not depend on how many came before it.
 */
function forPaper(svg: string): string {
  return svg
    .replaceAll(/<style[\s\S]*?<\/style>/g, '')
    .replaceAll(/ (?:class|ecmeta_\w+|pointer-events)="[^"]*"/g, '')
    .replaceAll(/zr\d+-/g, 'zr-')
}

function bandSeries(placed: PlacedPoint[], extent: Extent): ECharts.CustomSeriesOption {
  return {
    type: 'custom',
    z: 1,
    data: placed.map(({ bandFrom, bandTo }) => [bandFrom, bandTo]),
    renderItem: (parameters, api) => {
      const { point, bandFrom, bandTo } = placed[parameters.dataIndex]!
      if (point.low === undefined && point.high === undefined) return null
      const [x1 = 0, y1 = 0] = api.coord([bandFrom, point.high ?? extent.max])
      const [x2 = 0, y2 = 0] = api.coord([bandTo, point.low ?? extent.min])
      const edges = [point.high === undefined ? null : y1, point.low === undefined ? null : y2].filter(
        (y) => y !== null,
      )
      return {
        type: 'group',
        children: [
          {
            type: 'rect' as const,
            shape: { x: x1, y: y1, width: x2 - x1, height: y2 - y1 },
            style: { fill: CHART.band },
          },
          ...edges.map((y) => ({
            type: 'line' as const,
            shape: { x1, x2, y1: y, y2: y },
            style: { stroke: CHART.bandEdge, lineWidth: 0.6 },
          })),
        ],
      }
    },
  }
}

function lineSeries(placed: PlacedPoint[]): ECharts.LineSeriesOption {
  return {
    type: 'line',
    z: 2,
    symbol: 'circle',
    symbolSize: CHART.dotPt,
    showAllSymbol: true,
    lineStyle: { color: CHART.line, width: 1.2 },
    emphasis: { disabled: true },
    data: placed.map(({ point, day, labelled, label }) => {
      const color = flagColor(point.flag)
      return {
        value: [day, point.value],
        itemStyle: { color: point.flag === '' ? '#FFFFFF' : color, borderColor: color, borderWidth: 1.1 },
        label: {
          show: labelled,
          position: label.side,
          offset: [label.offsetPt, 0],
          distance: 3,
          color,
          fontFamily: CHART.font,
          fontSize: CHART.labelPt,
          formatter: (point.valueText ?? String(point.value)) + arrowOf(point.flag),
        },
      }
    }),
  }
}

/** Years under the points and the ends of the latest range at the right edge. */
function wordSeries(placed: PlacedPoint[], labels: string[]): ECharts.CustomSeriesOption {
  return {
    type: 'custom',
    z: 3,
    clip: false,
    data: placed.map(({ day }) => [day, 0]),
    renderItem: (parameters, api) => {
      const index = parameters.dataIndex
      const box = parameters.coordSys as unknown as { x: number; y: number; width: number; height: number }
      const { day, labelled, point } = placed[index]!
      const [x = 0] = api.coord([day, point.value])
      const year = labelled
        ? [
            quietText(x, box.y + box.height + 4, labels[index] ?? '', {
              align: 'center',
              verticalAlign: 'top',
            } as const),
          ]
        : []
      return {
        type: 'group',
        children: index === placed.length - 1 ? [...year, ...rangeWords(placed, api, box)] : year,
      }
    },
  }
}

function rangeWords(
  placed: PlacedPoint[],
  api: ECharts.CustomSeriesRenderItemAPI,
  box: { x: number; width: number },
): ReturnType<typeof quietText>[] {
  const { low, high } = placed.at(-1)!.point
  const ends = [high, low].filter((end) => end !== undefined)
  const ys = ends.map((end) => api.coord([0, end])[1] ?? 0)
  const x = box.x + box.width + 3
  const place = { align: 'left', verticalAlign: 'middle' } as const
  if (ends.length === 2 && Math.abs(ys[0]! - ys[1]!) < 9) {
    return [quietText(x, (ys[0]! + ys[1]!) / 2, `${low}–${high}`, place)]
  }
  return ends.map((end, index) => quietText(x, ys[index]!, String(end), place))
}

function quietText(
  x: number,
  y: number,
  text: string,
  place: { align: 'left' | 'center'; verticalAlign: 'top' | 'middle' },
) {
  return {
    type: 'text' as const,
    style: { x, y, text, fill: CHART.quiet, fontFamily: CHART.font, fontSize: CHART.labelPt, ...place },
  }
}

function flagColor(flag: ReportFlag): string {
  if (flag === '↑') return CHART.high
  if (flag === '↓') return CHART.low
  return flag === '' ? CHART.line : CHART.abnormal
}

function arrowOf(flag: ReportFlag): string {
  return flag === '↑' || flag === '↓' ? flag : ''
}
