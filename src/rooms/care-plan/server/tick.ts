import { addDays, dateIn } from '../../../platform/clock.ts'
import { ownPatientId } from '../../../platform/context/context.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { isDueOn } from '../contract/cadence.ts'
import type { Tick } from '../contract/check-in.ts'
import { carePlanProblem } from '../contract/problems.ts'
import type { Action, Adherence } from '../contract/words.ts'
import { keepSelfMeasured, type SelfMeasured } from '../../observation/server/index.ts'
import { openPlan } from './open.ts'
import { loadWhole, lockPlan, ticksOf, updatePlan, type CheckInRow, type PlanRow, type Whole } from './plan-store.ts'
import { adherenceOf, isPaused, type ActionSpan } from './rules/adherence.ts'
import { measuredAt, outcomeOf, readingsOf, spansOf, TICK_BACK_DAYS } from './rules/plan.ts'

/** Adherence that is shown of a running plan is that of its last four weeks. */
export const SHOWN_DAYS = 28
export const homeworkKey = (id: string) => `hw-${id}`

/** Every action of a plan, the counsellor's homework with them, with the days on which it stood. */
export function allSpans({ plan, versions, homework }: Whole): ActionSpan[] {
  return [
    ...spansOf(
      versions.filter(({ state }) => state === 'signed'),
      plan.ended_on,
    ),
    ...homework.map(({ id, action, from_on, until_on }) => ({
      action: { ...action, key: homeworkKey(id) },
      from: from_on,
      until: [until_on, plan.ended_on].filter((day) => day !== null).toSorted()[0] ?? null,
    })),
  ]
}

export function recentAdherence(whole: Whole, today: string): Adherence {
  const window = { from: addDays(today, -(SHOWN_DAYS - 1)), until: today }
  return adherenceOf(allSpans(whole), ticksOf(whole.ticks), whole.plan.pauses, window, today)
}

/** The action that stands on a day, and may be ticked on it. */
export function actionOn(whole: Whole, key: string, date: string): Action | undefined {
  const span = allSpans(whole).find(
    ({ action, from, until }) => action.key === key && from <= date && (until === null || date <= until),
  )
  return span && isDueOn(span.action.cadence, date) && !isPaused(whole.plan.pauses, date) ? span.action : undefined
}

/** Ticks as the person; what the phone had kept while it had no line comes with the day it was meant for. */
export async function tickOwn(ctx: WriteContext, tick: Tick): Promise<{ kept: boolean }> {
  const plan = await lockPlan(ctx.tx, ctx.organizationId, ownPatientId(ctx), tick.planId)
  if (!plan) throw platformProblem('NotFound')
  ctx.audit.subjectId = plan.id
  return keep(ctx, plan, tick, 'patient')
}

/** Ticks for the person, who tells it on the phone. */
export async function tickFor(
  ctx: WriteContext,
  patientId: string,
  planId: string,
  tick: Omit<Tick, 'planId'>,
): Promise<{ kept: boolean }> {
  return keep(ctx, await openPlan(ctx, patientId, planId), tick, 'staff')
}

/** @returns false when this very tick was kept before @throws Problem CheckInTooLate, CheckInUnfit, CarePlanNotActive */
async function keep(
  ctx: WriteContext,
  plan: PlanRow,
  tick: Omit<Tick, 'planId'>,
  by: 'patient' | 'staff',
): Promise<{ kept: boolean }> {
  if (await findTick(ctx, plan.id, tick.clientId)) return { kept: false }
  if (plan.state !== 'active') throw carePlanProblem('CarePlanNotActive')
  // What was ticked without a line may come a little later than it was meant for.
  const back = by === 'patient' ? TICK_BACK_DAYS.patient + 2 : TICK_BACK_DAYS.staff
  if (tick.on > ctx.today || tick.on < addDays(ctx.today, -back)) throw carePlanProblem('CheckInTooLate')
  const from = addDays(ctx.today, -(SHOWN_DAYS - 1))
  const [whole] = await loadWhole(ctx.tx, ctx.organizationId, [plan], from)
  const action = actionOn(whole!, tick.actionKey, tick.on)
  const outcome = action && outcomeOf(action.ask, tick)
  if (!outcome) throw carePlanProblem('CheckInUnfit')
  const now = ctx.clock.now()
  const former = await replaceStanding(ctx, plan.id, tick.actionKey, tick.on)
  const readings = readingsOf(action.ask, tick)
  const takesNumbers = action.ask.kind === 'number' || action.ask.kind === 'pressure'
  const ticked = tick.at && new Date(tick.at) < now ? new Date(tick.at) : now
  const observationIds = await record(ctx, plan, {
    readings,
    effectiveAt: measuredAt(tick.on, ticked, ctx.tenant.timeZone, now),
    former,
    because: 'check-in-changed',
  })
  const row: CheckInRow = {
    organization_id: ctx.organizationId,
    id: tick.clientId,
    plan_id: plan.id,
    action_key: tick.actionKey,
    on_date: tick.on,
    outcome,
    value: takesNumbers ? tick.value : null,
    second: action.ask.kind === 'pressure' ? tick.second : null,
    observation_ids: observationIds,
    words: tick.words,
    by_kind: by,
    by_id: by === 'staff' ? ctx.actor.id : null,
    by_name: ctx.actor.name,
    at: now,
    replaced_at: null,
  }
  const added = await ctx.tx
    .insertInto('care_plan_check_in')
    .values(row)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  // An id that is somebody else's: nothing of theirs is told, and nothing was kept.
  if (added.numInsertedOrUpdatedRows !== 1n) throw carePlanProblem('CheckInUnfit')
  const others = whole!.ticks.filter((one) => one.action_key !== row.action_key || one.on_date !== row.on_date)
  await measure(ctx, { ...whole!, ticks: [...others, row] })
  return { kept: true }
}

/** Takes back a tick of today. @throws Problem CheckInTooLate, NotFound */
export async function undoOwn(ctx: WriteContext, clientId: string): Promise<{ undone: boolean }> {
  const found = await ctx.tx
    .selectFrom('care_plan_check_in as c')
    .innerJoin('care_plan as p', (j) =>
      j.onRef('p.organization_id', '=', 'c.organization_id').onRef('p.id', '=', 'c.plan_id'),
    )
    .select('p.id')
    .where('c.organization_id', '=', ctx.organizationId)
    .where('c.id', '=', clientId)
    .where('p.patient_id', '=', ownPatientId(ctx))
    .executeTakeFirst()
  if (!found) throw platformProblem('NotFound')
  const plan = await lockPlan(ctx.tx, ctx.organizationId, ownPatientId(ctx), found.id)
  return undo(ctx, plan!, clientId)
}

export async function undoFor(
  ctx: WriteContext,
  patientId: string,
  planId: string,
  clientId: string,
): Promise<{ undone: boolean }> {
  return undo(ctx, await openPlan(ctx, patientId, planId), clientId)
}

async function undo(ctx: WriteContext, plan: PlanRow, clientId: string): Promise<{ undone: boolean }> {
  const tick = await findTick(ctx, plan.id, clientId)
  if (!tick) throw platformProblem('NotFound')
  if (tick.replaced_at) return { undone: false }
  if (dateIn(tick.at, ctx.tenant.timeZone) !== ctx.today) throw carePlanProblem('CheckInTooLate')
  const former = await replaceStanding(ctx, plan.id, tick.action_key, tick.on_date)
  await record(ctx, plan, { readings: [], effectiveAt: tick.at, former, because: 'check-in-undone' })
  const [whole] = await loadWhole(ctx.tx, ctx.organizationId, [plan], addDays(ctx.today, -(SHOWN_DAYS - 1)))
  await measure(ctx, whole!)
  return { undone: true }
}

function findTick(ctx: ReadContext, planId: string, clientId: string): Promise<CheckInRow | undefined> {
  return ctx.db
    .selectFrom('care_plan_check_in')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('plan_id', '=', planId)
    .where('id', '=', clientId)
    .executeTakeFirst()
}

/** What was measured goes into the record as the person's own; what they said of it before is corrected. @returns its ids */
async function record(ctx: WriteContext, plan: PlanRow, told: Omit<SelfMeasured, 'path'>): Promise<string[]> {
  if (told.readings.length === 0 && told.former.length === 0) return []
  return keepSelfMeasured(ctx, plan.patient_id, { ...told, path: 'body' })
}

/** @returns what the former tick had put into the record */
async function replaceStanding(ctx: WriteContext, planId: string, actionKey: string, on: string): Promise<string[]> {
  const replaced = await ctx.tx
    .updateTable('care_plan_check_in')
    .set({ replaced_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('plan_id', '=', planId)
    .where('action_key', '=', actionKey)
    .where('on_date', '=', on)
    .where('replaced_at', 'is', null)
    .returning('observation_ids')
    .execute()
  return replaced.flatMap(({ observation_ids }) => observation_ids)
}

/** Keeps the adherence beside the plan, for the lists. */
async function measure(ctx: WriteContext, whole: Whole): Promise<void> {
  const adherence = recentAdherence(whole, ctx.today)
  await updatePlan(ctx.tx, whole.plan, {
    adherence: JSON.stringify(adherence),
    adherence_percent: adherence.percent,
    measured_on: ctx.today,
  })
}
