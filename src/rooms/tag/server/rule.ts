import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { wakeEverybody } from '../../agenda/server/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type { Condition } from '../contract/condition.ts'
import { tagProblem } from '../contract/problems.ts'
import type { TagDefinition } from '../contract/rule.ts'
import type { RuleView } from '../contract/tag.ts'
import { checkDefinition } from './check.ts'
import { compileJoined, compileWhere, leaves, newJoins } from './compile.ts'
import type { EvaluationMoment } from './compile-leaf.ts'
import {
  deleteDraft,
  deleteTagsOfRule,
  findRule,
  findRules,
  findVersions,
  publishVersion,
  retirePublished,
  upsertDraft,
  type RuleRow,
} from './rule-store.ts'

/** Over how long a new rule is worked through, so that what comes in meanwhile is not kept waiting. */
const SPREAD_MINUTES = 10

export async function showRules(ctx: ReadContext) {
  const rules = await findRules(ctx.db, ctx.organizationId)
  const may = (permission: string) => ctx.actor.permissions.has(permission)
  return { rules: rules.map(viewOf), can: { write: may('tag.rule.write'), publish: may('tag.rule.publish') } }
}

export async function showVersions(ctx: ReadContext, code: string) {
  const versions = await findVersions(ctx.db, ctx.organizationId, code)
  if (versions.length === 0) throw platformProblem('NotFound')
  return { versions: versions.map(viewOf) }
}

export async function draft(ctx: WriteContext, code: string, definition: TagDefinition): Promise<RuleView> {
  if (definition.code !== code) throw tagProblem('CodeMismatch', {}, 'body.definition.code')
  await refuseFaulty(ctx, definition)
  await upsertDraft(ctx.tx, ctx.organizationId, definition, ctx.actor.id, ctx.clock.now())
  ctx.audit.detail = { tag: code }
  return viewOf((await findRule(ctx.db, ctx.organizationId, code, 'draft'))!)
}

export async function dropDraft(ctx: WriteContext, code: string) {
  ctx.audit.detail = { tag: code }
  return { discarded: await deleteDraft(ctx.tx, ctx.organizationId, code) }
}

/** Publishes a draft: four eyes, so never one's own. Running tags keep the version that set them until looked at. */
export async function publish(ctx: WriteContext, code: string, version: number) {
  const standing = await findRule(ctx.db, ctx.organizationId, code, 'draft')
  if (!standing || standing.version !== version) throw tagProblem('NoDraft')
  if (standing.author_id !== null && standing.author_id === ctx.actor.id) throw tagProblem('OwnDraft')
  await refuseFaulty(ctx, standing.definition)
  const now = ctx.clock.now()
  await retirePublished(ctx.tx, ctx.organizationId, code, now)
  if (!(await publishVersion(ctx.tx, ctx.organizationId, code, version, ctx.actor.id, now))) throw tagProblem('NoDraft')
  await wakeEverybody(ctx.tx, ctx.organizationId, `tag ${code} published`, now, SPREAD_MINUTES)
  ctx.audit.detail = { tag: code, version }
  return { published: version }
}

export async function retire(ctx: WriteContext, code: string) {
  const retired = await retirePublished(ctx.tx, ctx.organizationId, code, ctx.clock.now())
  if (retired) {
    await deleteTagsOfRule(ctx.tx, ctx.organizationId, code)
    await wakeEverybody(ctx.tx, ctx.organizationId, `tag ${code} retired`, ctx.clock.now(), SPREAD_MINUTES)
  }
  ctx.audit.detail = { tag: code }
  return { retired }
}

/** How many living patients a condition holds for. Counts are all that leaves: no name, no row. */
export async function preview(ctx: ReadContext, condition: Condition, code = 'preview') {
  const definition = { code, condition } as TagDefinition
  const others = (await findRules(ctx.db, ctx.organizationId))
    .filter((rule) => rule.state === 'published')
    .map((rule) => rule.definition)
  const faults = checkDefinition(definition, others)
  const started = performance.now()
  const { rows } = await sql<{
    of: number
  }>`select count(*)::int of from patient where organization_id = ${ctx.organizationId} and state = 'active'`.execute(
    ctx.db,
  )
  const count = faults.length > 0 ? null : await countMatching(ctx, condition)
  return { count, of: rows[0]!.of, milliseconds: Math.round(performance.now() - started), faults }
}

export async function countMatching(ctx: ReadContext, condition: Condition): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from patient p
    where p.organization_id = ${ctx.organizationId} and p.state = 'active' and ${compileWhere(condition, momentOf(ctx))}`.execute(
    ctx.db,
  )
  return rows[0]!.n
}

/** Why a person has a tag or has it not: each question of the rule, with its answer and facts. */
export async function explain(ctx: ReadContext, patientId: string, code: string) {
  await requireVisible(ctx, patientId)
  const rule = await findRule(ctx.db, ctx.organizationId, code, 'published')
  if (!rule?.definition.condition) throw platformProblem('NotFound')
  const moment = momentOf(ctx)
  const joins = newJoins()
  const all = leaves(rule.definition.condition)
  const whole = compileJoined(rule.definition.condition, moment, joins)
  const each = all.map((leaf) => compileJoined(leaf, moment, joins))
  const columns = each.map((leaf, n) => sql`${leaf.holds} as ${sql.id(`h${n}`)}, ${leaf.facts} as ${sql.id(`f${n}`)}`)
  const { rows } = await sql<Record<string, unknown>>`
    select ${whole.holds} as holds, ${sql.join(columns)} from patient p ${sql.join(joins.list, sql` `)}
    where p.organization_id = ${ctx.organizationId} and p.id = ${patientId}`.execute(ctx.db)
  const row = rows[0]!
  return {
    holds: Boolean(row['holds']),
    leaves: all.map((condition, n) => ({
      condition,
      holds: Boolean(row[`h${n}`]),
      facts: (row[`f${n}`] as unknown[]).flat() as { kind: string }[],
    })),
  }
}

function momentOf(ctx: ReadContext): EvaluationMoment {
  return { organizationId: ctx.organizationId, now: ctx.clock.now(), today: ctx.today, timeZone: ctx.tenant.timeZone }
}

async function refuseFaulty(ctx: ReadContext, definition: TagDefinition): Promise<void> {
  const others = (await findRules(ctx.db, ctx.organizationId))
    .filter((rule) => rule.state === 'published')
    .map((rule) => rule.definition)
  const [first, ...rest] = checkDefinition(definition, others)
  if (first)
    throw tagProblem(
      'RuleFaulty',
      { fault: first.code, value: first.value, more: rest.length },
      'body.definition.condition',
    )
}

function viewOf(row: RuleRow): RuleView {
  return {
    code: row.code,
    version: row.version,
    state: row.state,
    origin: row.origin,
    definition: row.definition,
    author: row.author,
    createdAt: row.created_at.toISOString(),
    publishedBy: row.publisher,
    publishedAt: row.published_at?.toISOString() ?? null,
  }
}
