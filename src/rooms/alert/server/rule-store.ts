import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { limits, ruleDefinition, type Limits, type RuleDefinition } from '../contract/rule.ts'
import { PROPOSED_LIMITS } from './rules.ts'
import type { AlertRuleTable } from './table.ts'

export type RuleRow = Omit<Selectable<AlertRuleTable>, 'definition'> & { definition: RuleDefinition }

const parsed = (row: Selectable<AlertRuleTable>): RuleRow => ({
  ...row,
  definition: ruleDefinition.parse(row.definition),
})

/** Versions of rules: those in force, drafts, and the last retired one of a code that has neither. */
export async function findRules(db: Db, organizationId: string, code?: string): Promise<RuleRow[]> {
  let query = db.selectFrom('alert_rule').selectAll().where('organization_id', '=', organizationId)
  if (code !== undefined) query = query.where('code', '=', code)
  const rows = await query.orderBy('code').orderBy('version', 'desc').execute()
  const current = new Set(rows.filter(({ state }) => state !== 'retired').map((row) => row.code))
  const shown = rows.filter(
    (row, at) => row.state !== 'retired' || (!current.has(row.code) && rows[at - 1]?.code !== row.code),
  )
  return shown.map(parsed)
}

/** What results are held against. */
export async function findRulesInForce(db: Db, organizationId: string): Promise<RuleRow[]> {
  const rows = await db
    .selectFrom('alert_rule')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'confirmed')
    .orderBy('code')
    .execute()
  return rows.map(parsed)
}

export async function findRuleVersion(
  db: Db,
  organizationId: string,
  code: string,
  version: number,
): Promise<RuleRow | undefined> {
  const row = await db
    .selectFrom('alert_rule')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .executeTakeFirst()
  return row && parsed(row)
}

export interface DraftOf {
  code: string
  definition: RuleDefinition
  ownerId: string | null
  authorId: string | null
  now: Date
}

/** Puts a draft beside what is in force; one that is there already is written anew. */
export async function putDraft(tx: Transaction, organizationId: string, draft: DraftOf): Promise<void> {
  const { code, definition, ownerId, authorId, now } = draft
  await sql`
    insert into alert_rule (organization_id, code, version, state, definition, owner_id, author_id, created_at)
    select ${organizationId}::uuid, ${code}::text, coalesce(max(version), 0) + 1, 'draft', ${JSON.stringify(definition)}::jsonb, ${ownerId}::uuid, ${authorId}::uuid, ${now}::timestamptz
    from alert_rule where organization_id = ${organizationId} and code = ${code}
    on conflict (organization_id, code) where state = 'draft' do update
      set definition = excluded.definition, owner_id = excluded.owner_id, author_id = excluded.author_id, created_at = excluded.created_at`.execute(
    tx,
  )
}

/** The draft of this version takes the place of what was in force. @returns whether it was still a draft */
export async function confirmDraft(
  tx: Transaction,
  organizationId: string,
  code: string,
  version: number,
  now: Date,
): Promise<boolean> {
  await tx
    .updateTable('alert_rule')
    .set({ state: 'retired', retired_at: now })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'confirmed')
    .where('version', '<', version)
    .execute()
  const { numUpdatedRows } = await tx
    .updateTable('alert_rule')
    .set({ state: 'confirmed', confirmed_at: now })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export async function retireVersion(
  tx: Transaction,
  organizationId: string,
  { code, version, by, now }: { code: string; version: number; by: string | null; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('alert_rule')
    .set({ state: 'retired', retired_at: now, retired_by: by })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .where('state', '=', 'confirmed')
    .executeTakeFirstOrThrow()
  return numUpdatedRows === 1n
}

export interface LimitsInUse {
  limits: Limits
  ownerId: string | null
  confirmedAt: Date | null
  version: number
}

/** The times in use: what somebody has confirmed, else what Peiban proposes. */
export async function findLimits(db: Db, organizationId: string): Promise<LimitsInUse> {
  const row = await db
    .selectFrom('alert_limit')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('version', 'desc')
    .executeTakeFirst()
  if (!row) return { limits: PROPOSED_LIMITS, ownerId: null, confirmedAt: null, version: 0 }
  return {
    limits: limits.parse(row.limits),
    ownerId: row.owner_id,
    confirmedAt: row.confirmed_at,
    version: row.version,
  }
}
