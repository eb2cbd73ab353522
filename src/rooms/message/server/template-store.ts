import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { shippedTemplates } from './templates.ts'
import type { MessageTemplateTable } from './table.ts'

export type TemplateRow = Selectable<MessageTemplateTable>

/** All codes there are, shipped ones first. */
export async function listCodes(db: Db, organizationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('message_template')
    .select('code')
    .distinct()
    .where('organization_id', '=', organizationId)
    .orderBy('code')
    .limit(500)
    .execute()
  return [...new Set([...shippedTemplates.map((template) => template.code), ...rows.map((row) => row.code)])]
}

/** Versions that count today: in force and drafts. */
export function findStanding(db: Db, organizationId: string): Promise<TemplateRow[]> {
  return db
    .selectFrom('message_template')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('state', 'in', ['published', 'draft'])
    .limit(1000)
    .execute()
}

export function findVersions(db: Db, organizationId: string, code: string): Promise<TemplateRow[]> {
  return db
    .selectFrom('message_template')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .orderBy('version', 'desc')
    .limit(100)
    .execute()
}

/** The draft, locked; everybody who writes it waits here. */
export function lockDraft(tx: Transaction, organizationId: string, code: string): Promise<TemplateRow | undefined> {
  return tx
    .selectFrom('message_template')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'draft')
    .forUpdate()
    .executeTakeFirst()
}

export async function insertDraft(tx: Transaction, row: Omit<TemplateRow, 'revision'>): Promise<void> {
  await tx
    .insertInto('message_template')
    .values({ ...row, definition: JSON.stringify(row.definition) })
    .execute()
}

export async function updateTemplate(
  tx: Transaction,
  organizationId: string,
  code: string,
  version: number,
  change: Partial<TemplateRow>,
): Promise<void> {
  await tx
    .updateTable('message_template')
    .set({ ...change, ...(change.definition ? { definition: JSON.stringify(change.definition) } : {}) })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .execute()
}

export async function deleteDraft(tx: Transaction, organizationId: string, code: string): Promise<boolean> {
  const result = await tx
    .deleteFrom('message_template')
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'draft')
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

/** The version in force gives way. */
export async function retirePublished(tx: Transaction, organizationId: string, code: string, now: Date): Promise<void> {
  await tx
    .updateTable('message_template')
    .set({ state: 'retired', retired_at: now })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'published')
    .execute()
}

/** The names of templates in force and in draft with a block for this segment. */
export async function namesForSegment(db: Db, organizationId: string, segment: string): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select distinct definition -> 'name' ->> 'zh' name from message_template
    where organization_id = ${organizationId} and state in ('published', 'draft')
      and definition -> 'blocks' @> jsonb_build_array(jsonb_build_object('onlyFor', ${segment}::text)) order by 1 limit 20`.execute(
    db,
  )
  return rows.map(({ name }) => name)
}
