import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { DayKind } from '../contract/holiday.ts'
import type { MessagePolicy } from '../contract/rule.ts'
import './table.ts'

export interface RuleRow {
  version: number
  policy: unknown
  because: string
  changed_by_name: string
  changed_at: Date
}

export interface StoredRules {
  rule: Pick<RuleRow, 'version' | 'policy'> | null
  years: number[]
  days: { day: string; kind: DayKind; name: string }[]
}

/** The rules in force and the days off from a date on, in one statement: each claim asks. */
export async function loadRules(db: Db, organizationId: string, from: string): Promise<StoredRules> {
  const { rows } = await sql<StoredRules>`
    select
      (select json_build_object('version', version, 'policy', policy) from message_rule
        where organization_id = ${organizationId} order by version desc limit 1) rule,
      (select coalesce(json_agg(year), '[]') from holiday_year where organization_id = ${organizationId}) years,
      (select coalesce(json_agg(json_build_object('day', day, 'kind', kind, 'name', name)), '[]') from holiday
        where organization_id = ${organizationId} and day >= ${from}::date) days`.execute(db)
  return rows[0]!
}

export async function findRuleVersions(db: Db, organizationId: string, limit: number): Promise<RuleRow[]> {
  return db
    .selectFrom('message_rule')
    .select(['version', 'policy', 'because', 'changed_by_name', 'changed_at'])
    .where('organization_id', '=', organizationId)
    .orderBy('version', 'desc')
    .limit(limit)
    .execute()
}

/** Adds the next version. @returns false when somebody else has added it meanwhile */
export async function insertRules(
  ctx: WriteContext,
  { version, policy, because }: { version: number; policy: MessagePolicy; because: string },
): Promise<boolean> {
  const { rows } = await sql`
    insert into message_rule (organization_id, version, policy, because, changed_by, changed_by_name, changed_at)
    select ${ctx.organizationId}::uuid, ${version}, ${JSON.stringify(policy)}::jsonb, ${because}, ${ctx.actor.id}::uuid, ${ctx.actor.name}, ${ctx.clock.now()}
    where ${version} = 1 + (select coalesce(max(version), 0) from message_rule where organization_id = ${ctx.organizationId})
    on conflict (organization_id, version) do nothing returning version`.execute(ctx.tx)
  return rows.length === 1
}
