import { growth } from '../../../clinical/index.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { promiseIn, type addItem, type EnrolmentView, type markStage, type settleItem } from '../contract/growth.ts'
import { growthProblem } from '../contract/problems.ts'
import { holdEnrolment } from './enrol.ts'
import { findStages, insertItems, insertStage, settleItemRow, type EnrolmentRow } from './enrolment-store.ts'
import { measurementsOf } from './measured.ts'
import { enrolmentView } from './programme.ts'
import { consentStanding, stageDue, yearOf } from './rules/programme.ts'

/** R15: what a family may read promises no height. */
function checkWords(text: string, path: string): void {
  const words = promiseIn(text)
  if (words) throw growthProblem('GrowthPromise', { words }, path)
}

/** @throws Problem NotEnrolled, GrowthConsentWanting */
async function holdConsented(ctx: WriteContext, patientId: string): Promise<EnrolmentRow> {
  const row = await holdEnrolment(ctx, patientId)
  if (consentStanding(row, ctx.today) === 'wanting') throw growthProblem('GrowthConsentWanting')
  return row
}

export async function plan(
  ctx: WriteContext,
  patientId: string,
  { module, title, dueOn }: InputOf<typeof addItem>['body'],
): Promise<EnrolmentView> {
  const row = await holdConsented(ctx, patientId)
  checkWords(title, 'body.title')
  await insertItems(ctx.tx, [
    {
      organization_id: ctx.organizationId,
      id: ctx.ids.next(),
      enrolment_id: row.id,
      module,
      title,
      due_on: dueOn,
      done_on: null,
      done_by: null,
      done_by_name: null,
      created_at: ctx.clock.now(),
      created_by_name: ctx.actor.name,
    },
  ])
  ctx.audit.detail = { module }
  return enrolmentView(ctx, row)
}

/** Done, dropped, or open again where that was a slip. */
export async function settle(
  ctx: WriteContext,
  patientId: string,
  itemId: string,
  { state, result, version }: InputOf<typeof settleItem>['body'],
): Promise<EnrolmentView> {
  const row = await holdConsented(ctx, patientId)
  checkWords(result, 'body.result')
  const isOpen = state === 'open'
  const settled = await settleItemRow(
    ctx.tx,
    ctx.organizationId,
    { id: itemId, enrolmentId: row.id, version },
    {
      state,
      result,
      done_on: isOpen ? null : ctx.today,
      done_by: isOpen ? null : ctx.actor.id,
      done_by_name: isOpen ? null : ctx.actor.name,
    },
  )
  if (!settled) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { state }
  ctx.audit.subjectId = itemId
  return enrolmentView(ctx, row)
}

/** Sums a year up, with the heights nearest to its ends as they stand today. */
export async function sumUp(
  ctx: WriteContext,
  patientId: string,
  { year, note }: InputOf<typeof markStage>['body'],
): Promise<EnrolmentView> {
  const row = await holdConsented(ctx, patientId)
  checkWords(note, 'body.note')
  const marked = (await findStages(ctx.db, ctx.organizationId, row.id)).map((stage) => stage.year)
  if (marked.includes(year)) throw growthProblem('StageMarked', { year })
  const due = stageDue(row.started_on, marked, ctx.today)
  if (!due || due.year < year) throw growthProblem('StageTooEarly', { year })
  const { fromOn, toOn } = yearOf(row.started_on, year)
  const { height } = await measurementsOf(ctx, patientId)
  const near = (day: string) => nearest(height, day)?.value ?? null
  const isNew = await insertStage(ctx.tx, {
    organization_id: ctx.organizationId,
    enrolment_id: row.id,
    year,
    from_on: fromOn,
    to_on: toOn,
    height_from_cm: near(fromOn),
    height_to_cm: near(toOn),
    note,
    marked_on: ctx.today,
    marked_by: ctx.actor.id,
    marked_by_name: ctx.actor.name,
  })
  if (!isNew) throw growthProblem('StageMarked', { year })
  ctx.audit.detail = { year }
  return enrolmentView(ctx, row)
}

/** Within about three months of a day; else there is none. */
function nearest(heights: readonly { on: string; value: number }[], day: string) {
  const gap = (on: string) => Math.abs(Date.parse(on) - Date.parse(day)) / 86_400_000
  const [best] = heights.toSorted((a, b) => gap(a.on) - gap(b.on))
  return best && gap(best.on) <= growth.VELOCITY_MIN_DAYS + 10 ? best : undefined
}
