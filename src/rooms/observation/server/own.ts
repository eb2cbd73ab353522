import { isHepatitisB, isOwnOnly, trendWords } from '../../../clinical/index.ts'
import { ownPatientId, type ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { listOwnIndicators, Newest, readOwnTrend } from '../contract/own.ts'
import type { SmallCourse } from '../contract/indicators.ts'
import { pointsOf, smallCourseOf } from './indicator-list.ts'
import { inOrder, panelNames, panelOf } from './name.ts'
import { findCompactValues, type CodeValues } from './store-courses.ts'

/**
 * What a person sees of their own results. Hepatitis B is not among them: those results are handed over apart and to the
 * person alone (R13); what somebody has to tell first is left out by `shownTo`.
 */
export async function listOwn(ctx: ReadContext): Promise<AnswerOf<typeof listOwnIndicators>> {
  const person = await requireVisible(ctx, ownPatientId(ctx))
  const courses = (await ownValues(ctx)).map((values) => smallCourseOf(values, person, ctx))
  const byPanel = Map.groupBy(courses.toSorted(inOrder), ({ code }) => panelOf(code))
  return {
    panels: panelNames(ctx.locale).flatMap((panel) =>
      byPanel.has(panel.code) ? [{ ...panel, indicators: byPanel.get(panel.code)!.map(lineOf) }] : [],
    ),
  }
}

/** More than this of one indicator are cut to the latest: a list on a phone is read, not searched. */
const LISTED_MOST = 200

/** One of them large. What there is nothing of is not found. */
export async function showOwn(ctx: ReadContext, code: string): Promise<AnswerOf<typeof readOwnTrend>> {
  const person = await requireVisible(ctx, ownPatientId(ctx))
  const [values] = await ownValues(ctx, code)
  if (!values) throw platformProblem('NotFound')
  const course = smallCourseOf(values, person, ctx)
  const { points, found } = pointsOf(values, ctx)
  const said = trendWords(found, { decimals: course.decimals, unit: course.unitPrinted }, ctx.locale)
  return {
    ...course,
    points: points.slice(-LISTED_MOST),
    words: [said.course, said.change, ...said.notes].filter((one) => one !== undefined),
  }
}

async function ownValues(ctx: ReadContext, code?: string): Promise<CodeValues[]> {
  const found = await findCompactValues(ctx, ownPatientId(ctx), code)
  // Whom the person has let in sees still less: nothing of what one tells others oneself or not at all.
  const isApart = ctx.actor.proxy ? isOwnOnly : isHepatitisB
  return found.filter((values) => !isApart({ code: values.code, texts: [values.printed] }))
}

function lineOf({ code, name, unitPrinted, decimals, points, count, course }: SmallCourse) {
  const [on, value, flag, , , comparator, text] = points.at(-1)!
  const newest: Newest = { on, value, text, comparator, flag }
  return { code, name, unitPrinted, decimals, newest, count, course }
}
