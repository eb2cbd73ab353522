import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/index.ts'
import shipped from '../content/medication-rule.json' with { type: 'json' }
import { medicationProblem } from '../contract/problems.ts'
import {
  medicationPolicy,
  type getMedicationRule,
  type MedicationPolicy,
  type MedicationRule,
} from '../contract/rule.ts'
import './table.ts'

const SHIPPED = medicationPolicy.parse(shipped)
const HISTORY = 20

export async function policyInForce(ctx: Pick<ReadContext, 'db' | 'organizationId'>): Promise<MedicationPolicy> {
  const [row] = await findVersions(ctx, 1)
  return row?.policy ?? SHIPPED
}

export async function showRule(ctx: ReadContext): Promise<AnswerOf<typeof getMedicationRule>> {
  const versions = await findVersions(ctx, HISTORY)
  const first: MedicationRule = { version: 0, policy: SHIPPED, because: '', by: null, at: null }
  const [current = first, ...history] = [...versions, first]
  return { current, history }
}

/** They count from now on. @throws Problem MedicationRulesChanged */
export async function changeRule(
  ctx: WriteContext,
  { policy, version, because }: { policy: MedicationPolicy; version: number; because: string },
): Promise<MedicationRule> {
  const { rows } = await sql`
    insert into medication_rule (organization_id, version, policy, because, changed_by, changed_by_name, changed_at)
    select ${ctx.organizationId}::uuid, ${version + 1}, ${JSON.stringify(policy)}::jsonb, ${because}, ${ctx.actor.id}::uuid, ${ctx.actor.name}, ${ctx.clock.now()}
    where ${version} = (select coalesce(max(version), 0) from medication_rule where organization_id = ${ctx.organizationId})
    on conflict (organization_id, version) do nothing returning version`.execute(ctx.tx)
  if (rows.length === 0) throw medicationProblem('MedicationRulesChanged')
  ctx.audit.detail = { version: version + 1 }
  return (await findVersions(ctx, 1))[0]!
}

async function findVersions(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  limit: number,
): Promise<MedicationRule[]> {
  const rows = await db
    .selectFrom('medication_rule')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
  return rows.map(({ version, policy, because, changed_by_name: by, changed_at: at }) => ({
    version,
    policy: medicationPolicy.parse(policy),
    because,
    by,
    at: at.toISOString(),
  }))
}
