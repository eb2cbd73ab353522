import { indicatorByCode } from '../../../clinical/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf, StaffId } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { nameOf, printUnit } from '../../observation/server/index.ts'
import { permissionsOf } from '../../staff/contract/permissions.ts'
import { findStaff, staffNames } from '../../staff/server/index.ts'
import { alertProblem } from '../contract/problems.ts'
import type { confirmAlertLimits, draftAlertRule, RuleView } from '../contract/rule.ts'
import { confirmDraft, findLimits, findRules, putDraft, retireVersion, type RuleRow } from './rule-store.ts'

/** Rules in force, drafts, and what was retired last. */
export async function listRules(ctx: ReadContext) {
  const rows = await findRules(ctx.db, ctx.organizationId)
  return { rules: await viewsOf(ctx, rows), can: { write: ctx.actor.permissions.has('alert.rule.write') } }
}

async function viewsOf(ctx: ReadContext, rows: readonly RuleRow[]): Promise<RuleView[]> {
  const names = await staffNames(
    ctx,
    rows.flatMap((row) => row.owner_id ?? []),
  )
  return rows.map((row) => ({
    code: row.code,
    version: row.version,
    state: row.state,
    definition: row.definition,
    indicators: row.definition.tests.map(({ code }) => ({
      code,
      name: nameOf(code, ctx.locale),
      unitPrinted: printUnit(unitOf(code), ctx.locale),
    })),
    owner: row.owner_id ? { id: row.owner_id as StaffId, name: names.get(row.owner_id) ?? '' } : null,
    confirmedAt: row.confirmed_at?.toISOString() ?? null,
    retiredAt: row.retired_at?.toISOString() ?? null,
    can: actsOf(ctx, row),
  }))
}

function actsOf({ actor }: ReadContext, row: RuleRow): RuleView['can'] {
  const isOwner = row.owner_id !== null && row.owner_id === actor.id && actor.permissions.has('alert.rule.confirm')
  return [
    ...(actor.permissions.has('alert.rule.write') ? (['change'] as const) : []),
    ...(isOwner && row.state === 'draft' ? (['confirm'] as const) : []),
    ...(isOwner && row.state === 'confirmed' ? (['retire'] as const) : []),
  ]
}

function unitOf(code: string): string | null {
  const indicator = indicatorByCode(code)
  return indicator?.kind === 'number' ? indicator.unit : null
}

async function oneOf(ctx: ReadContext, code: string, version: number): Promise<RuleView> {
  const rows = (await findRules(ctx.db, ctx.organizationId, code)).filter((row) => row.version === version)
  return (await viewsOf(ctx, rows))[0]!
}

/** Writes the next version; what is in force stays so until the owner has confirmed the new one. */
export async function draftRule(
  ctx: WriteContext,
  code: string,
  { definition, ownerId }: InputOf<typeof draftAlertRule>['body'],
): Promise<RuleView> {
  for (const [at, test] of definition.tests.entries())
    if (indicatorByCode(test.code)?.kind !== 'number')
      throw alertProblem('AlertIndicatorUnknown', { code: test.code }, `body.definition.tests.${at}.code`)
  if (ownerId) {
    const owner = await findStaff(ctx, ownerId)
    if (owner?.state !== 'active' || !permissionsOf(owner.roles).has('alert.rule.confirm'))
      throw alertProblem('AlertOwnerUnfit', {}, 'body.ownerId')
  }
  await putDraft(ctx.tx, ctx.organizationId, {
    code,
    definition,
    ownerId,
    authorId: ctx.actor.id,
    now: ctx.clock.now(),
  })
  ctx.audit.detail = { rule: code }
  const draft = (await findRules(ctx.tx, ctx.organizationId, code)).find(({ state }) => state === 'draft')
  return oneOf(ctx, code, draft!.version)
}

/** The named owner answers for a rule by confirming it; from then on it counts. */
export async function confirmRule(ctx: WriteContext, code: string, version: number): Promise<RuleView> {
  const draft = (await findRules(ctx.tx, ctx.organizationId, code)).find(({ state }) => state === 'draft')
  if (!draft) throw alertProblem('AlertNoDraft')
  if (draft.version !== version) throw platformProblem('ChangedMeanwhile')
  if (draft.owner_id === null || draft.owner_id !== ctx.actor.id) throw alertProblem('AlertNotOwner')
  if (draft.definition.tests.some(({ value }) => value === null)) throw alertProblem('AlertRuleIncomplete')
  if (!(await confirmDraft(ctx.tx, ctx.organizationId, code, version, ctx.clock.now())))
    throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { rule: code, version, tests: JSON.stringify(draft.definition.tests) }
  return oneOf(ctx, code, version)
}

/** Takes a rule out of force. Its alerts stay open: they are about people. */
export async function retireRule(ctx: WriteContext, code: string, version: number): Promise<RuleView> {
  const rule = (await findRules(ctx.tx, ctx.organizationId, code)).find((row) => row.version === version)
  if (!rule) throw platformProblem('NotFound')
  if (rule.owner_id !== ctx.actor.id) throw alertProblem('AlertNotOwner')
  if (!(await retireVersion(ctx.tx, ctx.organizationId, { code, version, by: ctx.actor.id, now: ctx.clock.now() })))
    throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { rule: code, version }
  return oneOf(ctx, code, version)
}

export async function showLimits(ctx: ReadContext) {
  const { limits, ownerId, confirmedAt, version } = await findLimits(ctx.db, ctx.organizationId)
  const byName = ownerId ? ((await staffNames(ctx, [ownerId])).get(ownerId) ?? '') : ''
  return {
    limits,
    confirmed: confirmedAt ? { byName, at: confirmedAt.toISOString() } : null,
    version,
    can: { confirm: ctx.actor.permissions.has('alert.rule.confirm') },
  }
}

/** Confirms the times in one's own name; alerts that are open keep the time they were given. */
export async function confirmLimits(
  ctx: WriteContext,
  { limits, version }: InputOf<typeof confirmAlertLimits>['body'],
) {
  const added = await ctx.tx
    .insertInto('alert_limit')
    .values({
      organization_id: ctx.organizationId,
      version: version + 1,
      limits: JSON.stringify(limits),
      owner_id: ctx.actor.id!,
      confirmed_at: ctx.clock.now(),
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  const latest = (await findLimits(ctx.tx, ctx.organizationId)).version
  if (added.numInsertedOrUpdatedRows !== 1n || latest !== version + 1) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { limits: JSON.stringify(limits) }
  return { version: latest }
}
