import { dateIn } from '../../../platform/clock.ts'
import {
  indicatorByCode,
  indicators,
  referenceChange,
  trend,
  trendWords,
  type TrendPoint,
  type TrendSeries,
} from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { CourseEvent, getCourses, IndicatorCourse, Series } from '../contract/indicators.ts'
import { FACT_KINDS } from './facts/kind.ts'
import { ownInterval, trendPointOf, type Person } from './indicator-list.ts'
import { decimalsOf, LIFESTYLE, LIFESTYLE_PANEL, meaningOf, nameOf, OTHER_PANEL, panelOf, printUnit } from './name.ts'
import type { ObservationRow } from './read-observation.ts'
import { findCodes } from './store-courses.ts'
import { findFacts, findValues } from './store-read.ts'
import { namesFor, valueView, type Names } from './view.ts'

/** More than this of one indicator are cut to the latest; a sensor's readings are seen by other means. */
const POINTS_MOST = 1000

/** The course of a panel or of chosen indicators, with what happened beside them. */
export async function showCourses(
  ctx: ReadContext,
  patientId: string,
  asked: { panel?: string; codes?: string },
): Promise<AnswerOf<typeof getCourses>> {
  const person = await requireVisible(ctx, patientId)
  const codes = asked.codes
    ? asked.codes.split(',').filter(Boolean).slice(0, 40)
    : await codesOfPanel(ctx, patientId, asked.panel!)
  const rows = await findValues(ctx.db, ctx.organizationId, patientId, codes, POINTS_MOST + 1)
  const names = await namesFor(ctx, rows)
  const byCode = Map.groupBy(rows, (row) => row.code)
  return {
    indicators: codes.flatMap((code) =>
      byCode.has(code) ? [courseOf(code, byCode.get(code)!, person, ctx, names)] : [],
    ),
    events: await eventsOf(ctx, patientId),
  }
}

async function codesOfPanel(ctx: ReadContext, patientId: string, panel: string): Promise<string[]> {
  if (panel === LIFESTYLE_PANEL) return LIFESTYLE.map(({ code }) => code)
  if (panel !== OTHER_PANEL) return indicators().flatMap((one) => (one.panel === panel ? [one.code] : []))
  const codes = await findCodes(ctx.db, ctx.organizationId, patientId)
  return codes.filter((code) => panelOf(code) === OTHER_PANEL)
}

function courseOf(
  code: string,
  rows: readonly ObservationRow[],
  person: Person,
  ctx: ReadContext,
  names: Names,
): IndicatorCourse {
  const indicator = indicatorByCode(code)
  const standing = rows
    .filter((row) => row.superseded_by === null)
    .slice(0, POINTS_MOST)
    .toReversed()
  const numbers = standing.filter((row) => row.value !== null)
  const unitPrinted = printUnit(
    indicator?.kind === 'number' ? indicator.unit : (numbers.at(-1)?.unit ?? null),
    ctx.locale,
  )
  const byPoint = new Map<TrendPoint, ObservationRow>(numbers.map((row) => [pointOf(row, ctx.tenant.timeZone), row]))
  const found = trend([...byPoint.keys()], code)
  const { course, change, notes } = trendWords(
    found,
    { decimals: decimalsOf(indicator), unit: unitPrinted },
    ctx.locale,
  )
  const series = found.series.map((one) => seriesView(one, byPoint, ctx, names))
  const texts = standing.filter((row) => row.value === null)
  return {
    code,
    name: nameOf(code, ctx.locale, (rows[0]!.original as { name?: string } | null)?.name),
    meaning: meaningOf(code, ctx.locale),
    panel: panelOf(code),
    unitPrinted,
    decimals: decimalsOf(indicator),
    kind: numbers.length > 0 ? 'number' : 'other',
    ours: ownInterval(code, person, ctx.today),
    series: texts.length > 0 ? [...series, plainSeries(texts, ctx, names)] : series,
    firstAbnormalOn: found.firstAbnormalOn ?? null,
    words: [course, change, ...notes].filter((one) => one !== undefined),
    brokenOn: found.brokenOn,
    variation: referenceChange(code) ?? null,
    ended: rows
      .filter((row) => row.superseded_by !== null)
      .slice(0, 50)
      .map((row) => valueView(row, ctx.locale, names)),
    shortened: rows.length > POINTS_MOST,
  }
}

function seriesView(
  one: TrendSeries,
  byPoint: ReadonlyMap<TrendPoint, ObservationRow>,
  ctx: ReadContext,
  names: Names,
): Series {
  const { slopePerYear, lastChange } = one
  return {
    method: one.method ?? null,
    unit: one.unit ?? null,
    points: one.points.map((point) => valueView(byPoint.get(point)!, ctx.locale, names)),
    slopePerYear: slopePerYear
      ? { slope: slopePerYear.slope, low: slopePerYear.low ?? null, high: slopePerYear.high ?? null }
      : null,
    course: one.course,
    lastChange: lastChange
      ? {
          ...lastChange,
          percent: lastChange.percent ?? null,
          beyondVariation: lastChange.beyondVariation ?? null,
        }
      : null,
    inexact: one.inexact,
  }
}

/** A value as `clinical` sees it in a course, on the house's calendar day. */
function pointOf(row: ObservationRow, timeZone: string): TrendPoint {
  const { remark } = (row.original ?? {}) as { remark?: unknown }
  return trendPointOf({
    on: dateIn(row.effective_at, timeZone),
    value: row.value!,
    flag: row.flag,
    low: row.low,
    high: row.high,
    comparator: row.comparator,
    remark: typeof remark === 'string' ? remark : null,
    unit: row.unit,
    method: row.method,
  })
}

function plainSeries(rows: readonly ObservationRow[], ctx: ReadContext, names: Names): Series {
  const points = rows.map((row) => valueView(row, ctx.locale, names))
  return { method: null, unit: null, points, slopePerYear: null, course: 'unclear', lastChange: null, inexact: 0 }
}

/** What is marked on the axis: diseases and drugs from their beginning to their end, operations, visits and stays. */
async function eventsOf(ctx: ReadContext, patientId: string): Promise<CourseEvent[]> {
  const of = <K extends 'condition' | 'procedure' | 'medication' | 'encounter'>(kind: K) =>
    findFacts(ctx.db, ctx.organizationId, patientId, kind, FACT_KINDS)
  const [conditions, procedures, medications, encounters] = await Promise.all([
    of('condition'),
    of('procedure'),
    of('medication'),
    of('encounter'),
  ])
  const day = (at: Date | null) => (at ? dateIn(at, ctx.tenant.timeZone) : null)
  const event = (
    kind: CourseEvent['kind'],
    row: { id: string; superseded_by: string | null },
    [on, endedOn]: readonly [on: string | null, endedOn: string | null],
    title: string,
  ): CourseEvent[] => (row.superseded_by === null && on !== null ? [{ id: row.id, kind, on, endedOn, title }] : [])
  return [
    ...conditions.flatMap((row) => event('condition', row, [row.onset_on, row.abated_on], row.name)),
    ...procedures.flatMap((row) => event('procedure', row, [row.performed_on, null], row.name)),
    ...medications.flatMap((row) => event('medication', row, [row.started_on, row.ended_on], row.name)),
    ...encounters.flatMap((row) =>
      event('encounter', row, [day(row.started_at), day(row.ended_at)], row.title || row.department),
    ),
  ].toSorted((a, b) => (a.on < b.on ? -1 : 1))
}
