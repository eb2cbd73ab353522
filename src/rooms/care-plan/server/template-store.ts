import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import type { CarePlanTemplateTable } from './table.ts'
import './table.ts'

export type TemplateRow = Selectable<CarePlanTemplateTable>

/** Of each code what is in force and the draft; a retired one only where nothing else is left. */
export async function findTemplates(db: Db, organizationId: string): Promise<TemplateRow[]> {
  const { rows } = await sql<TemplateRow>`
    select t.* from care_plan_template t where t.organization_id = ${organizationId} and (t.state <> 'retired' or t.version = (
      select max(o.version) from care_plan_template o where o.organization_id = t.organization_id and o.code = t.code))
    order by t.code, t.version desc`.execute(db)
  return rows
}

export function findTemplate(
  db: Db,
  organizationId: string,
  code: string,
  version: number,
): Promise<TemplateRow | undefined> {
  return db
    .selectFrom('care_plan_template')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .executeTakeFirst()
}

interface Draft {
  code: string
  definition: TemplateDefinition
  by: { id: string | null; name: string }
  at: Date
}

/** Keeps a draft; `revision` 0 begins one. @returns undefined when somebody else kept theirs meanwhile */
export async function keepTemplateDraft(
  tx: Transaction,
  organizationId: string,
  { code, definition, by, at }: Draft,
  revision: number,
): Promise<TemplateRow | undefined> {
  const values = { definition: JSON.stringify(definition), changed_at: at, changed_by: by.id, changed_by_name: by.name }
  if (revision > 0)
    return tx
      .updateTable('care_plan_template')
      .set({ ...values, revision: sql`revision + 1` })
      .where('organization_id', '=', organizationId)
      .where('code', '=', code)
      .where('state', '=', 'draft')
      .where('revision', '=', revision)
      .returningAll()
      .executeTakeFirst()
  return tx
    .insertInto('care_plan_template')
    .values({
      organization_id: organizationId,
      code,
      version: sql<number>`(select coalesce(max(version), 0) + 1 from care_plan_template where organization_id = ${organizationId} and code = ${code})`,
      state: 'draft',
      ...values,
      published_at: null,
      published_by: null,
      published_by_name: null,
    })
    .onConflict((c) => c.doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** The draft, with all versions of its code held, so that two publications wait for each other. */
export async function lockTemplateDraft(
  tx: Transaction,
  organizationId: string,
  code: string,
  revision: number,
): Promise<TemplateRow | undefined> {
  const { rows } = await sql<TemplateRow>`
    select * from care_plan_template where organization_id = ${organizationId} and code = ${code} order by version for update`.execute(
    tx,
  )
  return rows.find((row) => row.state === 'draft' && row.revision === revision)
}

export async function putTemplateInForce(
  tx: Transaction,
  row: TemplateRow,
  by: { id: string | null; name: string },
  at: Date,
): Promise<void> {
  await retireTemplateVersion(tx, row.organization_id, row.code)
  await tx
    .updateTable('care_plan_template')
    .set({ state: 'active', published_at: at, published_by: by.id, published_by_name: by.name })
    .where('organization_id', '=', row.organization_id)
    .where('code', '=', row.code)
    .where('version', '=', row.version)
    .execute()
}

export async function retireTemplateVersion(tx: Transaction, organizationId: string, code: string): Promise<boolean> {
  const retired = await tx
    .updateTable('care_plan_template')
    .set({ state: 'retired' })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'active')
    .executeTakeFirst()
  return retired.numUpdatedRows > 0n
}

/** First versions, in force at once, of codes that the organization has never had. */
export async function insertShippedTemplates(
  tx: Transaction,
  organizationId: string,
  templates: readonly { code: string; definition: TemplateDefinition }[],
  at: Date,
): Promise<void> {
  await tx
    .insertInto('care_plan_template')
    .values(
      templates.map(({ code, definition }) => ({
        organization_id: organizationId,
        code,
        version: 1,
        state: 'active' as const,
        definition: JSON.stringify(definition),
        changed_at: at,
        changed_by: null,
        changed_by_name: 'Peiban',
        published_at: at,
        published_by: null,
        published_by_name: 'Peiban',
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}
