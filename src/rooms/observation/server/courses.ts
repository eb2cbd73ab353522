import { ageOn, dateIn } from '../../../platform/clock.ts'
import {
  indicatorByCode,
  indicators,
  referenceFor,
  trend,
  type Flag as ClinicalFlag,
  type TrendPoint,
} from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { CourseEvent, getCourses, IndicatorCourse, listIndicators, Series } from '../contract/indicators.ts'
import { FACT_KINDS } from './facts/kind.ts'
import {
  decimalsOf,
  LIFESTYLE,
  LIFESTYLE_PANEL,
  inOrder,
  nameOf,
  OTHER_PANEL,
  panelNames,
  panelOf,
  printUnit,
} from './name.ts'
import type { ObservationRow } from './read-observation.ts'
import { findFacts, findNewestValues, findValues } from './store-read.ts'
import { namesFor, valueView, type Names } from './view.ts'

/** More than this of one indicator are cut to the latest; a sensor's readings are seen by other means. */
const POINTS_MOST = 1000

type Person = { sex: string; birth_date: string | null; deceased_on: string | null }

/** Every indicator there is a value of, by panel. */
export async function listPatientIndicators(
  ctx: ReadContext,
  patientId: string,
): Promise<AnswerOf<typeof listIndicators>> {
  await requireVisible(ctx, patientId)
  const values = await findNewestValues(ctx.db, ctx.organizationId, patientId)
  const names = await namesFor(ctx, values.flat())
  const lines = values.map(([latest, before]) => ({
    code: latest!.code,
    name: nameOf(latest!.code, ctx.locale, (latest!.original as { name?: string } | null)?.name),
    panel: panelOf(latest!.code),
    latest: valueView(latest!, ctx.locale, names),
    before: before ? valueView(before, ctx.locale, names) : null,
  }))
  const byPanel = Map.groupBy(lines.toSorted(inOrder), (line) => line.panel)
  return {
    panels: panelNames(ctx.locale).flatMap((panel) =>
      byPanel.has(panel.code) ? [{ ...panel, indicators: byPanel.get(panel.code)! }] : [],
    ),
    can: { write: ctx.actor.permissions.has('record.write') },
  }
}

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
  const values = await findNewestValues(ctx.db, ctx.organizationId, patientId)
  return values.map(([latest]) => latest!.code).filter((code) => panelOf(code) === OTHER_PANEL)
}

function courseOf(
  code: string,
  rows: readonly ObservationRow[],
  person: Person,
  ctx: ReadContext,
  names: Names,
): IndicatorCourse {
  const indicator = indicatorByCode(code)
  const age = person.birth_date ? ageOn(person.birth_date, person.deceased_on ?? ctx.today) : undefined
  const own =
    indicator && referenceFor(indicator, person.sex === 'male' || person.sex === 'female' ? person.sex : undefined, age)
  const standing = rows
    .filter((row) => row.superseded_by === null)
    .slice(0, POINTS_MOST)
    .toReversed()
  const numbers = standing.filter((row) => row.value !== null)
  const course = coursesByMethod(numbers, ctx, names)
  const texts = standing.filter((row) => row.value === null)
  return {
    code,
    name: nameOf(code, ctx.locale, (rows[0]!.original as { name?: string } | null)?.name),
    meaning: indicator ? (ctx.locale === 'en' ? indicator.meaningEn : indicator.meaningZh) : '',
    panel: panelOf(code),
    unitPrinted: printUnit(indicator?.kind === 'number' ? indicator.unit : (numbers.at(-1)?.unit ?? null), ctx.locale),
    decimals: decimalsOf(indicator),
    kind: numbers.length > 0 ? 'number' : 'other',
    ours: own ? { low: own.low ?? null, high: own.high ?? null, source: own.source } : null,
    series: texts.length > 0 ? [...course.series, plainSeries(texts, ctx, names)] : course.series,
    firstAbnormalOn: course.firstAbnormalOn,
    ended: rows
      .filter((row) => row.superseded_by !== null)
      .slice(0, 50)
      .map((row) => valueView(row, ctx.locale, names)),
    shortened: rows.length > POINTS_MOST,
  }
}

/** Numbers as `clinical` sees their course: apart by method and unit, judged by the house's calendar days. */
function coursesByMethod(
  rows: readonly ObservationRow[],
  ctx: ReadContext,
  names: Names,
): { series: Series[]; firstAbnormalOn: string | null } {
  const byPoint = new Map<TrendPoint, ObservationRow>(rows.map((row) => [pointOf(row, ctx.tenant.timeZone), row]))
  const found = trend([...byPoint.keys()])
  return {
    firstAbnormalOn: found.firstAbnormalOn ?? null,
    series: found.series.map((one) => ({
      method: one.method ?? null,
      unit: one.unit ?? null,
      points: one.points.map((point) => valueView(byPoint.get(point)!, ctx.locale, names)),
      slopePerYear: one.slopePerYear
        ? { slope: one.slopePerYear.slope, low: one.slopePerYear.low ?? null, high: one.slopePerYear.high ?? null }
        : null,
      course: one.course,
      lastChange: one.lastChange ? { ...one.lastChange, percent: one.lastChange.percent ?? null } : null,
    })),
  }
}

function pointOf(row: ObservationRow, timeZone: string): TrendPoint {
  // A text verdict (A) has no direction; for the course of numbers it is abnormal all the same.
  const flag = row.flag === 'A' ? 'H' : (row.flag as ClinicalFlag | null)
  return {
    on: dateIn(row.effective_at, timeZone),
    value: row.value!,
    ...(row.unit ? { unit: row.unit } : {}),
    ...(row.method ? { method: row.method } : {}),
    ...(flag ? { flag } : {}),
    ...(row.low !== null || row.high !== null
      ? { range: { low: row.low ?? undefined, high: row.high ?? undefined } }
      : {}),
  }
}

function plainSeries(rows: readonly ObservationRow[], ctx: ReadContext, names: Names): Series {
  const points = rows.map((row) => valueView(row, ctx.locale, names))
  return { method: null, unit: null, points, slopePerYear: null, course: 'unclear', lastChange: null }
}

/** What is marked on the axis: beginnings of diseases and drugs, operations, stays. */
async function eventsOf(ctx: ReadContext, patientId: string): Promise<CourseEvent[]> {
  const of = <K extends 'condition' | 'procedure' | 'medication' | 'encounter'>(kind: K) =>
    findFacts(ctx.db, ctx.organizationId, patientId, kind, FACT_KINDS)
  const [conditions, procedures, medications, encounters] = await Promise.all([
    of('condition'),
    of('procedure'),
    of('medication'),
    of('encounter'),
  ])
  const event = (
    kind: CourseEvent['kind'],
    row: { id: string; superseded_by: string | null },
    on: string | null,
    title: string,
  ): CourseEvent[] => (row.superseded_by === null && on !== null ? [{ id: row.id, kind, on, title }] : [])
  return [
    ...conditions.flatMap((row) => event('condition', row, row.onset_on, row.name)),
    ...procedures.flatMap((row) => event('procedure', row, row.performed_on, row.name)),
    ...medications.flatMap((row) => event('medication', row, row.started_on, row.name)),
    ...encounters
      .filter((row) => row.class === 'inpatient')
      .flatMap((row) =>
        event('encounter', row, dateIn(row.started_at, ctx.tenant.timeZone), row.title || row.department),
      ),
  ].toSorted((a, b) => (a.on < b.on ? -1 : 1))
}
