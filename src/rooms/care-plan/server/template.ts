import { indicatorByCode } from '../../../clinical/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { mayPublish } from '../../../platform/versions/index.ts'
import { carePlanProblem } from '../contract/problems.ts'
import type { saveTemplate, TemplateView } from '../contract/template.ts'
import { checkAsked } from './draft.ts'
import { keptOf, templates, type TemplateRow } from './template-store.ts'

export async function listAllTemplates(ctx: ReadContext) {
  const rows = await templates.current(ctx)
  return { rows: rows.map(lineOf), can: { write: ctx.actor.permissions.has('care-plan.template.write') } }
}

/** @throws Problem CarePlanTemplateUnknown */
export async function showTemplate(ctx: ReadContext, code: string, version: number): Promise<TemplateView> {
  const row = await templates.find(ctx, code, version)
  if (!row) throw carePlanProblem('CarePlanTemplateUnknown')
  return viewOf(ctx, row)
}

/** @throws Problem CarePlanIndicatorUnknown, CarePlanUnitUnfit, ChangedMeanwhile */
export async function draftTemplate(
  ctx: WriteContext,
  code: string,
  { definition, revision }: InputOf<typeof saveTemplate>['body'],
): Promise<TemplateView> {
  for (const [at, { code: indicator }] of definition.goals.entries())
    if (indicator !== null && indicatorByCode(indicator)?.kind !== 'number')
      throw carePlanProblem('CarePlanIndicatorUnknown', { code: indicator }, `body.definition.goals.${at}.code`)
  checkAsked(definition.actions, 'body.definition.actions')
  const row = await templates.keep(ctx, keptOf(code, { ...definition, reviewer: null }), revision)
  ctx.audit.detail = { template: code, version: row.version }
  return viewOf(ctx, row)
}

/** Whoever wrote it last does not publish it: two people read what is proposed to patients. @throws Problem CarePlanTemplateOwn, ChangedMeanwhile */
export async function publishTemplateDraft(ctx: WriteContext, code: string, revision: number): Promise<TemplateView> {
  const row = await templates.publish(ctx, code, revision, { own: () => carePlanProblem('CarePlanTemplateOwn') })
  ctx.audit.detail = { template: code, version: row.version }
  return viewOf(ctx, row)
}

export async function retire(ctx: WriteContext, code: string): Promise<{ retired: boolean }> {
  ctx.audit.detail = { template: code }
  return { retired: await templates.retire(ctx, code) }
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
  return {
    ...lineOf(row),
    definition: row.definition,
    revision: row.revision,
    can: {
      edit: ctx.actor.permissions.has('care-plan.template.write'),
      publish: mayPublish(row, ctx.actor, 'care-plan.template.publish'),
    },
  }
}
