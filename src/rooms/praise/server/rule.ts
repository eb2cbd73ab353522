import { sql } from 'kysely'
import { addDays } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import shipped from '../content/praise-rule.json' with { type: 'json' }
import { praisePolicy, type getPraiseRule, type PraisePolicy, type PraiseRule } from '../contract/praise.ts'
import { praiseProblem } from '../contract/problems.ts'
import { MILESTONES, type Milestone } from '../contract/words.ts'
import './table.ts'

const SHIPPED = praisePolicy.parse(shipped)
const HISTORY = 20
const COUNTED_DAYS = 28

/** Whose words are said. */
export const templateOf = (milestone: Milestone) => `praise-${milestone}`

export async function policyInForce(ctx: Pick<ReadContext, 'db' | 'organizationId'>): Promise<PraisePolicy> {
  const [row] = await findVersions(ctx, 1)
  return row?.policy ?? SHIPPED
}

export async function showRule(ctx: ReadContext): Promise<AnswerOf<typeof getPraiseRule>> {
  const versions = await findVersions(ctx, HISTORY)
  const first: PraiseRule = { version: 0, policy: SHIPPED, because: '', by: null, at: null }
  const [current = first, ...history] = [...versions, first]
  const { rows } = await sql<{ milestone: Milestone; count: number }>`
    select milestone, count(*)::int count from praise where organization_id = ${ctx.organizationId} and on_date > ${addDays(ctx.today, -COUNTED_DAYS)}
    group by milestone`.execute(ctx.db)
  const counts = new Map(rows.map((row) => [row.milestone, row.count]))
  const given = MILESTONES.map((one) => ({ milestone: one, count: counts.get(one) ?? 0, template: templateOf(one) }))
  return { current, history, given }
}

/** Counts from now on. @throws Problem PraiseRulesChanged */
export async function changeRule(
  ctx: WriteContext,
  { policy, version, because }: { policy: PraisePolicy; version: number; because: string },
): Promise<PraiseRule> {
  const { rows } = await sql`
    insert into praise_rule (organization_id, version, policy, because, changed_by, changed_by_name, changed_at)
    select ${ctx.organizationId}::uuid, ${version + 1}, ${JSON.stringify(policy)}::jsonb, ${because}, ${ctx.actor.id}::uuid, ${ctx.actor.name}, ${ctx.clock.now()}
    where ${version} = (select coalesce(max(version), 0) from praise_rule where organization_id = ${ctx.organizationId})
    on conflict (organization_id, version) do nothing returning version`.execute(ctx.tx)
  if (rows.length === 0) throw praiseProblem('PraiseRulesChanged')
  ctx.audit.detail = { version: version + 1 }
  return (await findVersions(ctx, 1))[0]!
}

async function findVersions(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  limit: number,
): Promise<PraiseRule[]> {
  const rows = await db
    .selectFrom('praise_rule')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ version, policy, because, changed_by_name: by, changed_at: at }) => ({
    version,
    policy: praisePolicy.parse(policy),
    because,
    by,
    at: at.toISOString(),
  }))
}
