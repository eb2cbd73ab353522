import { flag, type Flag } from '../interpretation/flag.ts'
import type { Range } from '../result/parse-range.ts'
import { normaliseUnit } from '../unit/unit-table.ts'
import { dayNumber, daysPerYear } from './day.ts'
import { theilSen } from './theil-sen.ts'

export interface TrendPoint {
  /** ISO date or instant; only the day counts. */
  on: string
  value: number
  unit?: string
  /** Where known: results of different methods are never joined. */
  method?: string
  /** The verdict of that day, or the range that applied then; each point has its own. */
  flag?: Flag
  range?: Range
}

export interface TrendSeries {
  method?: string
  unit?: string
  /** Oldest first, as handed in. */
  points: TrendPoint[]
  /** From three different days on: units per year; the interval from five on. */
  slopePerYear?: { slope: number; low?: number; high?: number }
  /** Rising or falling only where the whole interval lies on one side of zero. */
  course: 'rising' | 'falling' | 'unclear'
  firstAbnormalOn?: string
  /** Between the last two days. */
  lastChange?: { difference: number; percent?: number; days: number }
}

export interface Trend {
  /** The longest series first. */
  series: TrendSeries[]
  /** Of all series, since an abnormal value is one by any method. */
  firstAbnormalOn?: string
}

/** Slopes are taken over at most this many latest days: pairs grow with the square. */
const daysMax = 500

/** The course of one indicator over time, apart by method and unit. Throws a RangeError on a date that is none. */
export function trend(points: readonly TrendPoint[]): Trend {
  const groups = Map.groupBy(points, (point) => `${point.method ?? ''}\n${unitOf(point) ?? ''}`)
  const series = [...groups.values()].map(seriesOf).sort((a, b) => b.points.length - a.points.length)
  return { series, firstAbnormalOn: series.flatMap((one) => one.firstAbnormalOn ?? []).sort()[0] }
}

function unitOf(point: TrendPoint): string | undefined {
  return point.unit && (normaliseUnit(point.unit) ?? point.unit)
}

function seriesOf(unsorted: TrendPoint[]): TrendSeries {
  const points = unsorted.toSorted((a, b) => dayNumber(a.on) - dayNumber(b.on) || (a.on < b.on ? -1 : 1))
  const days = dailyMeans(points)
  const recent = days.slice(-daysMax)
  const found =
    recent.length >= 3
      ? theilSen(
          recent.map(([day]) => day / daysPerYear),
          recent.map(([, mean]) => mean),
        )
      : undefined
  return {
    method: points[0]!.method,
    unit: unitOf(points[0]!),
    points,
    slopePerYear: found,
    course:
      found?.low !== undefined && found.low > 0
        ? 'rising'
        : found?.high !== undefined && found.high < 0
          ? 'falling'
          : 'unclear',
    firstAbnormalOn: points.find(isAbnormal)?.on.slice(0, 10),
    lastChange: changeOf(days),
  }
}

/** Several values of a day are one, their mean: two readings a minute apart are no slope. */
function dailyMeans(points: readonly TrendPoint[]): [day: number, mean: number][] {
  const byDay = Map.groupBy(points, (point) => dayNumber(point.on))
  return [...byDay].map(([day, same]) => [day, same.reduce((sum, point) => sum + point.value, 0) / same.length])
}

function isAbnormal(point: TrendPoint): boolean {
  const verdict = point.flag ?? (point.range && flag(point.value, point.range))
  return verdict !== undefined && verdict !== 'N'
}

function changeOf(days: readonly [number, number][]): TrendSeries['lastChange'] {
  const [before, last] = days.slice(-2)
  if (!before || !last) return undefined
  const difference = last[1] - before[1]
  return {
    difference,
    percent: before[1] === 0 ? undefined : (difference / before[1]) * 100,
    days: last[0] - before[0],
  }
}
