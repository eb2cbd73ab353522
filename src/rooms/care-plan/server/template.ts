import { indicatorByCode } from '../../../clinical/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { carePlanProblem } from '../contract/problems.ts'
import type { saveTemplate, TemplateView } from '../contract/template.ts'
import {
  findTemplate,
  findTemplates,
  keepTemplateDraft,
  lockTemplateDraft,
  putTemplateInForce,
  retireTemplateVersion,
  type TemplateRow,
} from './template-store.ts'

export async function listAllTemplates(ctx: ReadContext) {
  const rows = await findTemplates(ctx.db, ctx.organizationId)
  return { rows: rows.map(lineOf), can: { write: ctx.actor.permissions.has('care-plan.template.write') } }
}

/** @throws Problem CarePlanTemplateUnknown */
export async function showTemplate(ctx: ReadContext, code: string, version: number): Promise<TemplateView> {
  const row = await findTemplate(ctx.db, ctx.organizationId, code, version)
  if (!row) throw carePlanProblem('CarePlanTemplateUnknown')
  return viewOf(ctx, row)
}

/** @throws Problem CarePlanIndicatorUnknown, ChangedMeanwhile */
export async function draftTemplate(
  ctx: WriteContext,
  code: string,
  { definition, revision }: InputOf<typeof saveTemplate>['body'],
): Promise<TemplateView> {
  for (const [at, { code: indicator }] of definition.goals.entries())
    if (indicator !== null && indicatorByCode(indicator)?.kind !== 'number')
      throw carePlanProblem('CarePlanIndicatorUnknown', { code: indicator }, `body.definition.goals.${at}.code`)
  const draft = { code, definition: { ...definition, reviewer: null }, by: ctx.actor, at: ctx.clock.now() }
  const row = await keepTemplateDraft(ctx.tx, ctx.organizationId, draft, revision)
  if (!row) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { template: code, version: row.version }
  return viewOf(ctx, row)
}

/** Whoever wrote it last does not publish it: two people read what is proposed to patients. @throws Problem CarePlanTemplateOwn, ChangedMeanwhile */
export async function publishTemplateDraft(ctx: WriteContext, code: string, revision: number): Promise<TemplateView> {
  const row = await lockTemplateDraft(ctx.tx, ctx.organizationId, code, revision)
  if (!row) throw platformProblem('ChangedMeanwhile')
  if (row.changed_by !== null && row.changed_by === ctx.actor.id) throw carePlanProblem('CarePlanTemplateOwn')
  await putTemplateInForce(ctx.tx, row, ctx.actor, ctx.clock.now())
  ctx.audit.detail = { template: code, version: row.version }
  return showTemplate(ctx, code, row.version)
}

export async function retire(ctx: WriteContext, code: string): Promise<{ retired: boolean }> {
  ctx.audit.detail = { template: code }
  return { retired: await retireTemplateVersion(ctx.tx, ctx.organizationId, code) }
}

function lineOf(row: TemplateRow) {
  const { title, about, kind, source, reviewer } = row.definition
  return {
    code: row.code,
    version: row.version,
    state: row.state,
    title,
    about,
    kind,
    source,
    reviewer,
    changedAt: row.changed_at.toISOString(),
    changedBy: row.changed_by_name,
    publishedAt: row.published_at?.toISOString() ?? null,
    publishedBy: row.published_by_name,
  }
}

function viewOf(ctx: ReadContext, row: TemplateRow): TemplateView {
  const { permissions, id } = ctx.actor
  return {
    ...lineOf(row),
    definition: row.definition,
    revision: row.revision,
    can: {
      edit: permissions.has('care-plan.template.write'),
      publish: row.state === 'draft' && permissions.has('care-plan.template.publish') && row.changed_by !== id,
    },
  }
}
