import { sql, type Selectable } from 'kysely'
import type { ReferencePack } from '../../../clinical/index.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { GrowthReferenceTable } from './table.ts'

export type ReferenceRow = Selectable<GrowthReferenceTable>
type By = { id: string | null; name: string }

/** The versions, the newest of each code first; each holds its tables, so that not more are read than anybody looks at. */
export function findReferences(db: Db, organizationId: string): Promise<ReferenceRow[]> {
  return db
    .selectFrom('growth_reference')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('code')
    .orderBy('imported_at', 'desc')
    .orderBy('version', 'desc')
    .limit(30)
    .execute()
}

export type ReferenceTitle = Pick<ReferenceRow, 'code' | 'version' | 'title_zh' | 'title_en' | 'source' | 'licence'>

/** What may be chosen, without the tables. */
export function findActiveTitles(db: Db, organizationId: string): Promise<ReferenceTitle[]> {
  return db
    .selectFrom('growth_reference')
    .select(['code', 'version', 'title_zh', 'title_en', 'source', 'licence'])
    .where('organization_id', '=', organizationId)
    .where('state', '=', 'active')
    .orderBy('code')
    .execute()
}

export function findActivePack(
  db: Db,
  organizationId: string,
  code: string,
): Promise<{ pack: ReferencePack } | undefined> {
  return db
    .selectFrom('growth_reference')
    .select('pack')
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'active')
    .executeTakeFirst()
}

export function findReference(
  db: Db,
  organizationId: string,
  code: string,
  version: string,
): Promise<ReferenceRow | undefined> {
  return db
    .selectFrom('growth_reference')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .executeTakeFirst()
}

/** @returns undefined when the version is there already */
export function insertReference(
  tx: Transaction,
  organizationId: string,
  pack: ReferencePack,
  by: By,
  at: Date,
): Promise<ReferenceRow | undefined> {
  return tx
    .insertInto('growth_reference')
    .values({
      organization_id: organizationId,
      code: pack.code,
      version: pack.version,
      state: 'waiting',
      title_zh: pack.title.zh,
      title_en: pack.title.en,
      source: pack.source,
      licence: pack.licence,
      pack: JSON.stringify(pack),
      imported_by: by.id,
      imported_by_name: by.name,
      imported_at: at,
      confirmed_by: null,
      confirmed_by_name: null,
      confirmed_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
}

/** Puts a version in force in place of the one before. @returns undefined when it waits no longer */
export async function activateReference(
  tx: Transaction,
  organizationId: string,
  { code, version }: { code: string; version: string },
  by: By,
  at: Date,
): Promise<ReferenceRow | undefined> {
  // All versions of the code in one order, so that two confirmations wait for each other.
  await sql`select from growth_reference where organization_id = ${organizationId} and code = ${code} order by version for update`.execute(
    tx,
  )
  const waiting = await tx
    .selectFrom('growth_reference')
    .select('version')
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .where('state', '=', 'waiting')
    .executeTakeFirst()
  if (!waiting) return undefined
  await tx
    .updateTable('growth_reference')
    .set({ state: 'retired' })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('state', '=', 'active')
    .execute()
  return tx
    .updateTable('growth_reference')
    .set({ state: 'active', confirmed_by: by.id, confirmed_by_name: by.name, confirmed_at: at })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
}

export function retireReferenceRow(
  tx: Transaction,
  organizationId: string,
  code: string,
  version: string,
): Promise<ReferenceRow | undefined> {
  return tx
    .updateTable('growth_reference')
    .set({ state: 'retired' })
    .where('organization_id', '=', organizationId)
    .where('code', '=', code)
    .where('version', '=', version)
    .where('state', '<>', 'retired')
    .returningAll()
    .executeTakeFirst()
}

/** How many children are shown by each code; beyond a thousand nobody counts. */
export async function countChildren(db: Db, organizationId: string): Promise<Map<string, number>> {
  const { rows } = await sql<{ reference: string; count: number }>`
    select r.code reference, (select count(*)::int from (select from growth_profile p where p.organization_id = ${organizationId}
      and p.reference = r.code limit 1000) few) count
    from (select distinct code from growth_reference where organization_id = ${organizationId}
      union select 'zong-li-2013') r`.execute(db)
  return new Map(rows.map(({ reference, count }) => [reference, count]))
}
