import { sql, type Selectable } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { CallPolicy } from '../contract/rule.ts'
import type { CallRuleTable } from './table.ts'
import './table.ts'

export type RuleRow = Selectable<CallRuleTable>

/** Newest first. */
export function findRuleVersions(db: Db, organizationId: string, limit: number): Promise<RuleRow[]> {
  return db
    .selectFrom('call_rule')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
}

/** Adds the next version. @returns undefined when somebody else has added it meanwhile */
export async function insertRules(
  { tx, organizationId, actor, clock }: WriteContext,
  { version, policy, because }: { version: number; policy: CallPolicy; because: string },
): Promise<RuleRow | undefined> {
  const { rows } = await sql<RuleRow>`
    insert into call_rule (organization_id, version, policy, because, changed_by, changed_by_name, changed_at)
    select ${organizationId}::uuid, ${version}, ${JSON.stringify(policy)}::jsonb, ${because}, ${actor.id}::uuid, ${actor.name}, ${clock.now()}
    where ${version} = 1 + (select coalesce(max(version), 0) from call_rule where organization_id = ${organizationId})
    on conflict (organization_id, version) do nothing returning *`.execute(tx)
  return rows[0]
}
