import { ageOn } from '../../../platform/clock.ts'
import {
  indicatorByCode,
  isExact,
  isHepatitisB,
  referenceFor,
  trend,
  trendWords,
  type Flag as ClinicalFlag,
  type Trend,
  type TrendPoint,
} from '../../../clinical/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { CompactPoint, listIndicators, SmallCourse } from '../contract/indicators.ts'
import { decimalsOf, inOrder, meaningOf, nameOf, panelNames, panelOf, printUnit, textOf } from './name.ts'
import { thin } from './rules/thin.ts'
import { findCompactValues, unpack, type CodeValues, type Packed } from './store-courses.ts'
import type { Flag } from './table.ts'

export type Person = { sex: string; birth_date: string | null; deceased_on: string | null }

/** Points of a picture as wide as a thumb. */
const DRAWN_MOST = 80
/** Words that a small card lists of what is no number. */
const LISTED_MOST = 6

/** Every indicator there is a value of, by panel, each with its course: one statement, however long the life. */
export async function listPatientIndicators(
  ctx: ReadContext,
  patientId: string,
): Promise<AnswerOf<typeof listIndicators>> {
  const person = await requireVisible(ctx, patientId)
  const found = await findCompactValues(ctx, patientId)
  const courses = found.map((values) => smallCourseOf(values, person, ctx))
  const byPanel = Map.groupBy(courses.toSorted(inOrder), ({ code }) => panelOf(code))
  return {
    panels: panelNames(ctx.locale).flatMap((panel) =>
      byPanel.has(panel.code) ? [{ ...panel, indicators: byPanel.get(panel.code)! }] : [],
    ),
    can: { write: ctx.actor.permissions.has('record.write') },
  }
}

/** One indicator small: its points as a picture shows them, and its words. */
export function smallCourseOf(stored: CodeValues, person: Person, ctx: ReadContext): SmallCourse {
  const { code, printed } = stored
  const indicator = indicatorByCode(code)
  const { points, found } = pointsOf(stored, ctx)
  const kind = found.series.length > 0 ? 'number' : 'other'
  const unitPrinted = printUnit(indicator?.kind === 'number' ? indicator.unit : newestUnit(stored), ctx.locale)
  const decimals = decimalsOf(indicator)
  const shown =
    kind === 'other'
      ? points.slice(-LISTED_MOST)
      : thin(
          points.filter(([, value]) => value !== null),
          ([, value]) => value!,
          DRAWN_MOST,
        )
  return {
    code,
    name: nameOf(code, ctx.locale, printed),
    meaning: meaningOf(code, ctx.locale),
    apart: isHepatitisB({ code, texts: [printed] }),
    unitPrinted,
    decimals,
    kind,
    ours: kind === 'number' ? ownInterval(code, person, ctx.today) : null,
    points: [...shown],
    count: points.length,
    course: trendWords(found, { decimals, unit: unitPrinted }, ctx.locale).course ?? null,
    firstAbnormalOn: found.firstAbnormalOn ?? null,
  }
}

/** The points of a course, oldest first, each on its line, and what `clinical` finds in them. */
export function pointsOf(stored: CodeValues, { locale }: ReadContext): { points: CompactPoint[]; found: Trend } {
  const { code, day } = stored
  const measured = new Map<TrendPoint, CompactPoint>()
  const points: CompactPoint[] = []
  for (let at = day.length - 1; at >= 0; at -= 1) {
    const of = <T>(column: Packed<T>): T | null => unpack(column, at, day.length)
    const [on, value, flag, low, high] = [day[at]!, of(stored.value), of(stored.flag), of(stored.low), of(stored.high)]
    const [comparator, remark] = [of(stored.comparator), of(stored.remark)]
    const said = textOf(code, of(stored.text), locale) ?? remark
    const point: CompactPoint = [on, value, flag, low, high, comparator, said, null]
    points.push(point)
    if (value === null) continue
    const how = { unit: of(stored.unit), method: of(stored.method) }
    measured.set(trendPointOf({ on, value, flag, low, high, comparator, remark, ...how }), point)
  }
  const found = trend([...measured.keys()], code)
  for (const [line, { points: joined }] of found.series.entries())
    for (const one of joined) if (isExact(one)) measured.get(one)![7] = line
  return { points, found }
}

function newestUnit({ unit, value, day }: CodeValues): string | null {
  const at = day.findIndex((_, place) => unpack(value, place, day.length) !== null)
  return at < 0 ? null : unpack(unit, at, day.length)
}

interface Measured {
  on: string
  value: number
  flag: Flag | null
  low: number | null
  high: number | null
  comparator: TrendPoint['comparator'] | null
  remark: string | null
  unit: string | null
  method: string | null
}

/** A stored value as `clinical` sees it in a course. */
export function trendPointOf({ on, value, flag: stored, low, high, ...rest }: Measured): TrendPoint {
  const { comparator, remark, unit, method } = rest
  // A text verdict (A) has no direction; for the course of numbers it is abnormal all the same.
  const flag = stored === 'A' ? 'H' : (stored as ClinicalFlag | null)
  const point: TrendPoint = { on, value }
  if (comparator) point.comparator = comparator
  if (remark) point.remark = remark
  if (unit) point.unit = unit
  if (method) point.method = method
  if (flag) point.flag = flag
  if (low !== null || high !== null) point.range = { low: low ?? undefined, high: high ?? undefined }
  return point
}

/** Our own interval for this person, where we have one that is certain to fit. */
export function ownInterval(
  code: string,
  person: Person,
  today: string,
): { low: number | null; high: number | null; source: string } | null {
  const indicator = indicatorByCode(code)
  const age = person.birth_date ? ageOn(person.birth_date, person.deceased_on ?? today) : undefined
  const sex = person.sex === 'male' || person.sex === 'female' ? person.sex : undefined
  const own = indicator && referenceFor(indicator, sex, age)
  return own ? { low: own.low ?? null, high: own.high ?? null, source: own.source } : null
}
