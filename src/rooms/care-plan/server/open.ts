import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { requireVisible } from '../../patient/server/index.ts'
import { carePlanProblem } from '../contract/problems.ts'
import { contentOf } from '../contract/template.ts'
import type { PlanContent } from '../contract/words.ts'
import { insertEvent, lockPlan, type NewEvent, type PlanRow, type VersionRow } from './plan-store.ts'
import { templates } from './template-store.ts'

/** A plan that is going to be changed, locked, of a person whom the actor may see. @throws Problem NotFound */
export async function openPlan(ctx: WriteContext, patientId: string, planId: string): Promise<PlanRow> {
  await requireVisible(ctx, patientId)
  const plan = await lockPlan(ctx.tx, ctx.organizationId, patientId, planId)
  if (!plan) throw platformProblem('NotFound')
  ctx.audit.detail = { kind: plan.kind, state: plan.state }
  return plan
}

/** The open draft as it was read. @throws Problem CarePlanClosed, CarePlanSigned, CarePlanNotDraft, ChangedMeanwhile */
export async function openDraft(ctx: WriteContext, plan: PlanRow, revision: number): Promise<VersionRow> {
  if (plan.state === 'ended' || plan.state === 'discarded') throw carePlanProblem('CarePlanClosed')
  const rows = await versionsOf(ctx, plan.id)
  const draft = rows.find(({ state }) => state === 'draft' || state === 'submitted')
  if (!draft) {
    const last = rows[0]
    if (last?.state === 'signed') throw carePlanProblem('CarePlanSigned', { name: last.signed_by_name ?? '' })
    throw carePlanProblem('CarePlanNotDraft')
  }
  if (draft.revision !== revision) throw platformProblem('ChangedMeanwhile')
  return draft
}

/** Newest first. */
export function versionsOf(ctx: ReadContext, planId: string): Promise<VersionRow[]> {
  return ctx.db
    .selectFrom('care_plan_version')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('plan_id', '=', planId)
    .orderBy('version', 'desc')
    .execute()
}

/** What the template of a version proposes, as of a day; null without a template. @throws Problem CarePlanTemplateUnknown */
export async function proposed(
  ctx: ReadContext,
  template: { code: string; version: number } | null,
  on: string,
): Promise<PlanContent | null> {
  if (!template) return null
  const row = await templates.find(ctx, template.code, template.version)
  if (!row || row.state === 'draft') throw carePlanProblem('CarePlanTemplateUnknown')
  return contentOf(row.definition, on, 'zh-CN')
}

export function note(ctx: WriteContext, plan: PlanRow, event: NewEvent): Promise<void> {
  return insertEvent(ctx.tx, plan, event, ctx.actor, ctx.ids.next<string & never>(), ctx.clock.now())
}
