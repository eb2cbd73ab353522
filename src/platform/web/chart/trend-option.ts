import type { EChartsCoreOption } from 'echarts/core'
import type { Palette } from '../look/palette.ts'
import { bandOf, niceExtent, sideOf, timeExtent, valueExtent, type TrendEvent, type TrendPoint, type TrendSeries } from './trend.ts'

export interface TrendOptionInput {
  series: readonly TrendSeries[]
  events: readonly TrendEvent[]
  unit: string
  /** Of values that are steps, such as 1 to 5; without it the axis goes as far as the values. */
  scale?: { min: number; max: number; step: number }
  palette: Palette
  /** How a moment is written in the hint, and on an axis that spans so many milliseconds. */
  dayWords: (time: number) => string
  axisWords: (time: number, spanMs: number) => string
  /** 偏高 / 偏低 behind a value in the hint. */
  sideWords: (side: 'high' | 'low') => string
  fontFamily: string
}

/** The picture of a trend for ECharts: band, lines, points, events; names at the lines instead of a legend. */
export function trendOption(input: TrendOptionInput): EChartsCoreOption {
  const { series, events, palette, axisWords, fontFamily } = input
  const time = timeExtent(series, events)
  const value = input.scale ?? niceExtent(valueExtent(series))
  const text = { color: palette.lighter, fontFamily, fontSize: 12 }
  return {
    animation: false,
    textStyle: text,
    grid: { left: 8, right: series.length > 1 ? 64 : 48, top: events.length > 0 ? 40 : 16, bottom: 4, containLabel: true },
    xAxis: {
      type: 'time',
      min: time.from,
      max: time.to,
      axisLine: { lineStyle: { color: palette.strongLine } },
      axisTick: { show: false },
      axisLabel: { ...text, hideOverlap: true, formatter: (at: number) => axisWords(at, time.to - time.from) },
      splitLine: { show: false },
      splitNumber: 4,
    },
    yAxis: {
      type: 'value',
      min: value.min,
      max: value.max,
      interval: value.step,
      axisLabel: text,
      splitLine: { lineStyle: { color: palette.line } },
    },
    tooltip: {
      trigger: 'item',
      confine: true,
      backgroundColor: palette.card,
      borderColor: palette.strongLine,
      textStyle: { color: palette.text, fontFamily, fontSize: 13 },
      formatter: (params: unknown) => hint(input, params),
    },
    series: series.flatMap((one, index) => [
      ...band(one.points, { ...time, ...value }, palette, index),
      line(one, index, input),
      ...(index === 0 ? [eventLines(events, palette, fontFamily)] : []),
    ]),
  }
}

/** Two stacked lines: an unseen one up to the lower bound, on it the shaded height. */
function band(points: readonly TrendPoint[], edge: { from: number; to: number; min: number; max: number }, palette: Palette, index: number) {
  const steps = bandOf(points, edge)
  if (steps.length === 0) return []
  const common = { type: 'line', stack: `band ${index}`, stackStrategy: 'all', symbol: 'none', silent: true, lineStyle: { width: 0 }, z: 1, tooltip: { show: false } }
  return [
    { ...common, data: steps.map(({ time, low }) => [time, low]) },
    { ...common, data: steps.map(({ time, low, high }) => [time, high - low]), areaStyle: { color: palette.good, opacity: 0.12, origin: 'auto' } },
  ]
}

function line({ name, points }: TrendSeries, index: number, { palette, series }: TrendOptionInput) {
  const colour = index === 0 ? palette.primary : palette.low
  const last = points.length - 1
  return {
    type: 'line',
    name,
    z: 3,
    symbol: 'circle',
    symbolSize: points.length > 60 ? 4 : 8,
    showAllSymbol: true,
    lineStyle: { color: colour, width: 1.5 },
    data: points.map((point, at) => {
      const side = sideOf(point)
      const out = side === 'high' ? palette.danger : side === 'low' ? palette.low : undefined
      return {
        value: [Date.parse(point.at), point.value],
        point,
        // Outside of its own interval: filled; inside: a ring.
        itemStyle: { color: out ?? palette.card, borderColor: out ?? colour, borderWidth: 1.5 },
        label: labelOf(point, at === last, side, name, series.length > 1, palette),
      }
    }),
  }
}

/** Written directly: the newest value, and the arrow of each that is out of range. */
function labelOf(point: TrendPoint, isLast: boolean, side: string, name: string, named: boolean, palette: Palette) {
  const arrow = side === 'high' ? '↑' : side === 'low' ? '↓' : ''
  if (!isLast && !arrow) return { show: false }
  const value = point.text ?? String(point.value)
  return {
    show: true,
    position: isLast ? 'right' : side === 'low' ? 'bottom' : 'top',
    distance: 6,
    color: side === 'high' ? palette.danger : side === 'low' ? palette.low : palette.text,
    fontWeight: isLast ? 600 : 400,
    lineHeight: 15,
    formatter: isLast ? `${value}${arrow}${named ? `\n${name}` : ''}` : arrow,
    align: isLast ? 'left' : 'center',
  }
}

function eventLines(events: readonly TrendEvent[], palette: Palette, fontFamily: string) {
  return {
    type: 'line',
    data: [],
    markLine: {
      silent: true,
      symbol: 'none',
      lineStyle: { color: palette.strongLine, type: 'dashed', width: 1 },
      label: { position: 'end', distance: 14, color: palette.lighter, fontFamily, fontSize: 12, formatter: '{b}' },
      data: events.map(({ at, label }) => ({ name: label, xAxis: Date.parse(at) })),
    },
  }
}

function hint({ unit, dayWords, sideWords, series }: TrendOptionInput, params: unknown): string {
  const { data, seriesName } = params as { data?: { point?: TrendPoint; value?: [number, number] }; seriesName?: string }
  if (!data?.point || !data.value) return ''
  const { point } = data
  const side = sideOf(point)
  const bounds = [point.low, point.high].some((bound) => typeof bound === 'number') ? `${point.low ?? ''}–${point.high ?? ''}` : ''
  return [
    `<b>${series.length > 1 ? `${escapeText(seriesName ?? '')} ` : ''}${escapeText(point.text ?? String(point.value))}</b> ${escapeText(unit)} ${side === 'high' || side === 'low' ? sideWords(side) : ''}`,
    dayWords(data.value[0]),
    bounds,
    escapeText(point.source ?? ''),
  ]
    .filter(Boolean)
    .join('<br>')
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
