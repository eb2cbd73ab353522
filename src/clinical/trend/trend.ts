import { flag, type Flag } from '../interpretation/flag.ts'
import type { Range } from '../result/parse-range.ts'
import type { Comparator } from '../result/parse-result.ts'
import { normaliseUnit } from '../unit/unit-table.ts'
import { dayNumber, daysPerYear } from './day.ts'
import { exceedsVariation } from './reference-change.ts'
import { steadyPeriods, type Period } from './period.ts'
import { theilSen } from './theil-sen.ts'

export interface TrendPoint {
  /** ISO date or instant; only the day counts. */
  on: string
  value: number
  /** `>6.22` is no 6.22: such a point is kept and shown, but no slope, mean or change is taken of it. */
  comparator?: Comparator
  /** What was printed behind the number. A mere sign, as in `4.15+`, leaves open what it is: treated like a bound. */
  remark?: string
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
  /**
   * Between the last two days. `beyondVariation` says whether it is more than the usual ups and downs of the indicator;
   * absent where those are not known.
   */
  lastChange?: { difference: number; percent?: number; days: number; beyondVariation?: boolean }
  /** Points that give no exact number (`>6.22`, `4.15+`) and so are left out of slope and change. */
  inexact: number
}

export interface Trend {
  /** The longest series first. */
  series: TrendSeries[]
  /** Of all series, since an abnormal value is one by any method. */
  firstAbnormalOn?: string
  /** Days whose value was measured by another method or unit than the one before: the line breaks there. */
  brokenOn: string[]
}

interface Dated {
  day: number
  point: TrendPoint
  /** Method and unit: what may be joined. */
  line: string
}

/**
 * The course of one indicator over time, apart by method and unit. Throws a RangeError on a date that is none.
 * @param code the indicator, where the change is to be held against its own variation
 */
export function trend(points: readonly TrendPoint[], code?: string): Trend {
  const units = new Map<string, string>()
  const dated = points
    .map((point): Dated => ({ day: dayNumber(point.on), point, line: lineOf(point, units) }))
    .sort((a, b) => a.day - b.day || (a.point.on < b.point.on ? -1 : a.point.on > b.point.on ? 1 : 0))
  const groups = Map.groupBy(dated, ({ line }) => line)
  const series = [...groups.values()].map((same) => seriesOf(same, code))
  series.sort((a, b) => b.points.length - a.points.length)
  return {
    series,
    firstAbnormalOn: series.flatMap((one) => one.firstAbnormalOn ?? []).sort()[0],
    brokenOn: breaks(dated),
  }
}

/** Whether a printed number is that number, so that it may be reckoned with. */
export function isExact({ comparator, remark }: Pick<TrendPoint, 'comparator' | 'remark'>): boolean {
  return comparator === undefined && !/^[+＋\-－±]+$/.test(remark ?? '')
}

/** @param units spellings met so far: reading one is slow, and a life has few */
function lineOf({ method = '', unit = '' }: TrendPoint, units: Map<string, string>): string {
  const known = units.get(unit) ?? normaliseUnit(unit) ?? unit
  units.set(unit, known)
  return `${method}\n${known}`
}

function unitOf(point: TrendPoint): string | undefined {
  return point.unit && (normaliseUnit(point.unit) ?? point.unit)
}

function breaks(dated: readonly Dated[]): string[] {
  const days = dated.flatMap(({ point, line }, at) =>
    at > 0 && dated[at - 1]!.line !== line ? [point.on.slice(0, 10)] : [],
  )
  return [...new Set(days)]
}

function seriesOf(dated: readonly Dated[], code: string | undefined): TrendSeries {
  const points = dated.map(({ point }) => point)
  const exact = dated.filter(({ point }) => isExact(point))
  const days = dailyMeans(exact)
  const periods = steadyPeriods(days)
  const found =
    days.length >= 3
      ? theilSen(
          periods.map(({ day }) => day / daysPerYear),
          periods.map(({ mean }) => mean),
        )
      : undefined
  return {
    method: points[0]!.method,
    unit: unitOf(points[0]!),
    points,
    slopePerYear: found,
    course: courseOf(found),
    firstAbnormalOn: points.find(isAbnormal)?.on.slice(0, 10),
    // After a result that is only a bound, the last two exact ones are not the latest change
    lastChange: dated.at(-1)!.day === days.at(-1)?.day ? changeOf(days, code) : undefined,
    inexact: points.length - exact.length,
  }
}

function courseOf(found: TrendSeries['slopePerYear']): TrendSeries['course'] {
  if (found?.low !== undefined && found.low > 0) return 'rising'
  if (found?.high !== undefined && found.high < 0) return 'falling'
  return 'unclear'
}

/** Several values of a day are one, their mean: two readings a minute apart are no slope. */
function dailyMeans(dated: readonly Dated[]): Period[] {
  const byDay = Map.groupBy(dated, ({ day }) => day)
  return [...byDay].map(([day, same]) => ({
    day,
    mean: same.reduce((sum, { point }) => sum + point.value, 0) / same.length,
  }))
}

function isAbnormal(point: TrendPoint): boolean {
  const verdict = point.flag ?? (point.range && flag(point.value, point.range, point.comparator))
  return verdict !== undefined && verdict !== 'N'
}

function changeOf(days: readonly Period[], code: string | undefined): TrendSeries['lastChange'] {
  const [before, last] = days.slice(-2)
  if (!before || !last) return undefined
  const difference = last.mean - before.mean
  const beyondVariation = code === undefined ? undefined : exceedsVariation(code, before.mean, last.mean)
  return {
    difference,
    percent: before.mean === 0 ? undefined : (difference / before.mean) * 100,
    days: last.day - before.day,
    ...(beyondVariation !== undefined && { beyondVariation }),
  }
}
