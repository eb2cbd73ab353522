import { sql } from 'kysely'
import { compileWhere, explainInWords, forCare, groundOf, sentencesOf } from '../../../platform/condition/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { wakeEverybody } from '../../agenda/server/index.ts'
import { countActive, requireVisible } from '../../patient/server/index.ts'
import type { Condition } from '../contract/condition.ts'
import { tagProblem } from '../contract/problems.ts'
import type { TagDefinition } from '../contract/rule.ts'
import type { RuleView } from '../contract/tag.ts'
import { checkDefinition } from './check.ts'
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

export async function showRules(ctx: ReadContext) {
  const rules = await findRules(ctx.db, ctx.organizationId)
  const may = (permission: string) => ctx.actor.permissions.has(permission)
  return { rules: await viewsOf(ctx, rules), can: { write: may('tag.rule.write'), publish: may('tag.rule.publish') } }
}

export async function showVersions(ctx: ReadContext, code: string) {
  const versions = await findVersions(ctx.db, ctx.organizationId, code)
  if (versions.length === 0) throw platformProblem('NotFound')
  return { versions: await viewsOf(ctx, versions) }
}

export async function draft(ctx: WriteContext, code: string, definition: TagDefinition): Promise<RuleView> {
  if (definition.code !== code) throw tagProblem('CodeMismatch', {}, 'body.definition.code')
  await refuseFaulty(ctx, definition)
  await upsertDraft(ctx.tx, ctx.organizationId, definition, ctx.actor.id, ctx.clock.now())
  ctx.audit.detail = { tag: code }
  const [view] = await viewsOf(ctx, [(await findRule(ctx.db, ctx.organizationId, code, 'draft'))!])
  return view!
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
  await wakeEverybody(ctx.tx, ctx.organizationId, `tag ${code} published`, now)
  ctx.audit.detail = { tag: code, version }
  return { published: version }
}

export async function retire(ctx: WriteContext, code: string) {
  const retired = await retirePublished(ctx.tx, ctx.organizationId, code, ctx.clock.now())
  if (retired) {
    await deleteTagsOfRule(ctx.tx, ctx.organizationId, code)
    await wakeEverybody(ctx.tx, ctx.organizationId, `tag ${code} retired`, ctx.clock.now())
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
  const faults = await checkDefinition(ctx, definition, others)
  const started = performance.now()
  const of = await countActive(ctx.db, ctx.organizationId)
  const count = faults.length > 0 ? null : await countMatching(ctx, condition)
  const milliseconds = Math.round(performance.now() - started)
  const [sentence] = await sentencesOf(ctx, [condition])
  return { count, of, milliseconds, sentence: sentence!, faults }
}

export async function countMatching(ctx: ReadContext, condition: Condition): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int n from patient p
    where p.organization_id = ${ctx.organizationId} and p.state = 'active' and ${compileWhere(forCare(condition), groundOf(ctx))}`.execute(
    ctx.db,
  )
  return rows[0]!.n
}

/** Why a person has a tag or has it not: each part of the rule, with its answer and its facts. */
export async function explain(ctx: ReadContext, patientId: string, code: string) {
  await requireVisible(ctx, patientId)
  const rule = await findRule(ctx.db, ctx.organizationId, code, 'published')
  if (!rule?.definition.condition) throw platformProblem('NotFound')
  const tree = await explainInWords(ctx, rule.definition.condition, patientId)
  if (!tree) throw platformProblem('NotFound')
  return { holds: tree.holds, tree }
}

async function refuseFaulty(ctx: ReadContext, definition: TagDefinition): Promise<void> {
  const others = (await findRules(ctx.db, ctx.organizationId))
    .filter((rule) => rule.state === 'published')
    .map((rule) => rule.definition)
  const [first, ...rest] = await checkDefinition(ctx, definition, others)
  if (first)
    throw tagProblem(
      'RuleFaulty',
      { fault: first.code, value: first.value, more: rest.length },
      'body.definition.condition',
    )
}

/** With their conditions in words: one look for all names. */
async function viewsOf(ctx: ReadContext, rows: readonly RuleRow[]): Promise<RuleView[]> {
  const asking = rows.flatMap(({ definition: { condition } }) => (condition ? [condition] : []))
  const said = await sentencesOf(ctx, asking)
  const sentenceOf = new Map(asking.map((condition, n) => [condition, said[n]!]))
  return rows.map((row) => ({
    code: row.code,
    version: row.version,
    state: row.state,
    origin: row.origin,
    definition: row.definition,
    sentence: (row.definition.condition && sentenceOf.get(row.definition.condition)) ?? null,
    author: row.author,
    createdAt: row.created_at.toISOString(),
    publishedBy: row.publisher,
    publishedAt: row.published_at?.toISOString() ?? null,
  }))
}
