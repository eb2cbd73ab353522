import { sql } from 'kysely'
import { addDays } from '../../../platform/clock.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, PatientId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { wake } from '../../agenda/server/index.ts'
import { closeTask } from '../../task/server/index.ts'
import { carePlanEnded, carePlanSigned } from '../contract/events.ts'
import { carePlanProblem } from '../contract/problems.ts'
import type { movePlan, signPlan } from '../contract/plan.ts'
import type { EndReason, PlanId } from '../contract/words.ts'
import { closeSignTask, requirePersonal } from './draft.ts'
import { note, openDraft, openPlan, versionsOf } from './open.ts'
import { updatePlan, type PlanRow, type VersionRow } from './plan-store.ts'
import { moveVersion } from './version-store.ts'

export const STEP_TASK = 'care-plan-step'
/** A plan begins at most so many days after it was signed. */
const START_WITHIN_DAYS = 60

/**
 * The doctor signs: the draft becomes the version that counts from its day on. Of two who sign at once the lock on the
 * plan lets one through; the other is told who has.
 * @throws Problem CarePlanSigned, CarePlanSameAsTemplate, CarePlanStartUnfit, ChangedMeanwhile
 */
export async function sign(
  ctx: WriteContext,
  patientId: string,
  planId: string,
  { revision, activeFrom }: InputOf<typeof signPlan>['body'],
): Promise<void> {
  const plan = await openPlan(ctx, patientId, planId)
  const draft = await openDraft(ctx, plan, revision)
  await requirePersonal(ctx, draft)
  const last = (await versionsOf(ctx, planId)).find(({ state }) => state === 'signed')
  const earliest = [ctx.today, last?.active_from ?? ''].toSorted().at(-1)!
  if (activeFrom < earliest || activeFrom > addDays(ctx.today, START_WITHIN_DAYS))
    throw carePlanProblem('CarePlanStartUnfit', { from: earliest }, 'body.activeFrom')
  const now = ctx.clock.now()
  const signed = await moveVersion(ctx.tx, draft, revision, {
    state: 'signed',
    signed_by: ctx.actor.id,
    signed_by_name: ctx.actor.name,
    signed_at: now,
    active_from: activeFrom,
  })
  if (!signed) throw platformProblem('ChangedMeanwhile')
  await layDownSteps(ctx, plan, draft, activeFrom)
  await updatePlan(ctx.tx, plan, {
    title: draft.title,
    version: draft.version,
    submitted_at: null,
    started_on: plan.started_on ?? activeFrom,
    ...(plan.state === 'draft' && { state: 'active' as const }),
  })
  await refreshNextStep(ctx, plan.id)
  await note(ctx, plan, { kind: 'signed', version: draft.version })
  await closeSignTask(ctx, draft, 'completed')
  ctx.audit.detail = { kind: plan.kind, version: draft.version, similarityPercent: draft.similarity_percent }
  await ctx.emit(carePlanSigned, {
    planId: planId as PlanId,
    patientId: patientId as PatientId,
    version: draft.version,
  })
}

/** The steps of a version, counted from the day the plan began; those that were due already stay as they are. */
async function layDownSteps(ctx: WriteContext, plan: PlanRow, draft: VersionRow, activeFrom: string): Promise<void> {
  const begin = plan.started_on ?? activeFrom
  await ctx.tx
    .deleteFrom('care_plan_step')
    .where('organization_id', '=', ctx.organizationId)
    .where('plan_id', '=', plan.id)
    .where('state', '=', 'ahead')
    .execute()
  const rows = draft.content.steps
    .map(({ day, title, words }) => ({
      organization_id: ctx.organizationId,
      plan_id: plan.id,
      day,
      version: draft.version,
      title,
      words,
      due_on: addDays(begin, day),
      task_id: null,
      done_at: null,
    }))
    .filter(({ due_on }) => due_on >= activeFrom)
  if (rows.length > 0)
    await ctx.tx
      .insertInto('care_plan_step')
      .values(rows)
      .onConflict((c) => c.doNothing())
      .execute()
}

/** Keeps the day of the next step beside the plan, for the lists. */
export async function refreshNextStep(ctx: WriteContext, planId: string): Promise<void> {
  await sql`update care_plan p set next_step_on = (select min(due_on) from care_plan_step s
      where s.organization_id = p.organization_id and s.plan_id = p.id and s.state in ('ahead', 'due'))
    where p.organization_id = ${ctx.organizationId} and p.id = ${planId}`.execute(ctx.tx)
}

/** Pause, resume, end. @throws Problem CarePlanNotActive, CarePlanClosed */
export async function move(
  ctx: WriteContext,
  patientId: string,
  planId: string,
  { act, reason, note: words }: InputOf<typeof movePlan>['body'],
): Promise<void> {
  const plan = await openPlan(ctx, patientId, planId)
  if (plan.state === 'ended' || plan.state === 'discarded') throw carePlanProblem('CarePlanClosed')
  if (plan.state === 'draft') throw carePlanProblem('CarePlanNotActive')
  ctx.audit.detail = { act, reason }
  if (act === 'end') return end(ctx, plan, reason ?? 'other', words)
  if ((act === 'pause') !== (plan.state === 'active')) throw carePlanProblem('CarePlanNotActive')
  const pauses =
    act === 'pause'
      ? [...plan.pauses, { from: ctx.today, until: null }]
      : plan.pauses.map((one) => (one.until === null ? { ...one, until: ctx.today } : one))
  await updatePlan(ctx.tx, plan, { state: act === 'pause' ? 'paused' : 'active', pauses: JSON.stringify(pauses) })
  await note(ctx, plan, { kind: act === 'pause' ? 'paused' : 'resumed', version: plan.version, note: words })
  // What asks for plans that run is looked at anew.
  await wake(ctx.tx, ctx.organizationId, [patientId], 'care-plan', ctx.clock.now())
}

/** Ends a plan: its open draft is given up, steps that wait are cancelled with their tasks. */
export async function end(ctx: WriteContext, plan: PlanRow, reason: EndReason, words: string): Promise<void> {
  await updatePlan(ctx.tx, plan, {
    state: 'ended',
    ended_on: ctx.today,
    ended_at: ctx.clock.now(),
    end_reason: reason,
    end_note: words,
    submitted_at: null,
    next_step_on: null,
  })
  const draft = (await versionsOf(ctx, plan.id)).find(({ state }) => state === 'draft' || state === 'submitted')
  if (draft) {
    await moveVersion(ctx.tx, draft, draft.revision, { state: 'discarded' })
    await closeSignTask(ctx, draft, 'cancelled')
  }
  const steps = await ctx.tx
    .updateTable('care_plan_step')
    .set({ state: 'cancelled' })
    .where('organization_id', '=', ctx.organizationId)
    .where('plan_id', '=', plan.id)
    .where('state', 'in', ['ahead', 'due'])
    .returning('day')
    .execute()
  for (const { day } of steps)
    await closeTask(
      ctx,
      { source: STEP_TASK, sourceKey: `${plan.id}:${day}` },
      { state: 'cancelled', reasonCode: 'plan-ended' },
    )
  await note(ctx, plan, { kind: 'ended', version: plan.version, note: words })
  await ctx.emit(carePlanEnded, { planId: plan.id as PlanId, patientId: plan.patient_id as PatientId, reason })
}
