import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { TagDefinition } from '../contract/rule.ts'
import './table.ts'

export interface RuleRow {
  code: string
  version: number
  state: 'draft' | 'published' | 'retired'
  origin: 'shipped' | 'organization'
  definition: TagDefinition
  author_id: string | null
  author: string | null
  created_at: Date
  publisher: string | null
  published_at: Date | null
}

const columns = sql`r.code, r.version, r.state, r.origin, r.definition, r.author_id, a.name author, r.created_at, p.name publisher, r.published_at`
const joins = sql`left join staff a on a.organization_id = r.organization_id and a.id = r.author_id
  left join staff p on p.organization_id = r.organization_id and p.id = r.published_by`

/** Published rules and drafts; a retired one only where nothing newer stands. */
export async function findRules(db: Db, organizationId: string): Promise<RuleRow[]> {
  const { rows } = await sql<RuleRow>`
    select ${columns} from tag_rule r ${joins}
    where r.organization_id = ${organizationId} and (r.state <> 'retired' or not exists (
      select from tag_rule n where n.organization_id = r.organization_id and n.code = r.code and (n.version > r.version or n.state <> 'retired')))
    order by r.definition -> 'group' ->> 'code', (r.definition ->> 'rank')::int, r.code, r.version desc`.execute(db)
  return rows
}

export async function findVersions(db: Db, organizationId: string, code: string): Promise<RuleRow[]> {
  const { rows } = await sql<RuleRow>`
    select ${columns} from tag_rule r ${joins} where r.organization_id = ${organizationId} and r.code = ${code}
    order by r.version desc`.execute(db)
  return rows
}

export async function findRule(
  db: Db,
  organizationId: string,
  code: string,
  state: 'draft' | 'published',
): Promise<RuleRow | undefined> {
  const { rows } = await sql<RuleRow>`
    select ${columns} from tag_rule r ${joins}
    where r.organization_id = ${organizationId} and r.code = ${code} and r.state = ${state}`.execute(db)
  return rows[0]
}

/** Writes the draft: a new version, or over the draft that stands. */
export async function upsertDraft(
  tx: Transaction,
  organizationId: string,
  definition: TagDefinition,
  by: string | null,
  at: Date,
): Promise<void> {
  await sql`
    insert into tag_rule (organization_id, code, version, state, definition, origin, author_id, created_at)
    select ${organizationId}, ${definition.code}, coalesce(max(version), 0) + 1, 'draft', ${JSON.stringify(definition)}::jsonb,
      'organization', ${by}, ${at} from tag_rule where organization_id = ${organizationId} and code = ${definition.code}
    on conflict (organization_id, code) where state = 'draft' do update
    set definition = excluded.definition, author_id = excluded.author_id, created_at = excluded.created_at`.execute(tx)
}

export async function deleteDraft(tx: Transaction, organizationId: string, code: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('tag_rule')
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return result.numDeletedRows === 1n
}

/** @returns whether a published version was retired */
export async function retirePublished(
  tx: Transaction,
  organizationId: string,
  code: string,
  at: Date,
): Promise<boolean> {
  const result = await tx
    .updateTable('tag_rule')
    .set({ state: 'retired', retired_at: at })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'published')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Publishes the draft of this very version. @returns false when it is no longer the draft */
export async function publishVersion(
  tx: Transaction,
  organizationId: string,
  code: string,
  version: number,
  by: string | null,
  at: Date,
): Promise<boolean> {
  const result = await tx
    .updateTable('tag_rule')
    .set({ state: 'published', published_by: by, published_at: at })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Takes away what a retired rule had set; returns the number. Manual tags stay. */
export async function deleteTagsOfRule(tx: Transaction, organizationId: string, code: string): Promise<void> {
  await tx
    .deleteFrom('patient_tag')
    .where('organization_id', '=', organizationId)
    .where('tag_code', '=', code)
    .where('source', '=', 'rule')
    .execute()
}
