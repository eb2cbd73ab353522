import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'

export function findSites(db: Db, organizationId: string) {
  return db
    .selectFrom('site')
    .select(['id', 'name', 'address', 'phone', 'active', 'version'])
    .where('organization_id', '=', organizationId)
    .orderBy('active', 'desc')
    .orderBy('name')
    .execute()
}

export function findDepartments(db: Db, organizationId: string) {
  return db
    .selectFrom('department')
    .select(['id', 'name', 'site_id as siteId', 'lead_id as leadId', 'active', 'version'])
    .where('organization_id', '=', organizationId)
    .orderBy('active', 'desc')
    .orderBy('name')
    .execute()
}

/** The person who gets a department's work that nobody else is bound to; null when none is named. */
export async function findLead(db: Db, organizationId: string, departmentId: string): Promise<string | null> {
  const row = await db
    .selectFrom('department')
    .select('lead_id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', departmentId)
    .executeTakeFirst()
  return row?.lead_id ?? null
}

export interface SiteFields {
  name: string
  address: string
  phone: string
}

export async function insertSite(tx: Transaction, organizationId: string, id: string, site: SiteFields, now: Date): Promise<void> {
  await tx.insertInto('site').values({ organization_id: organizationId, id, ...site, created_at: now }).execute()
}

export async function updateSite(
  tx: Transaction,
  organizationId: string,
  id: string,
  change: SiteFields & { active: boolean },
  version: number,
): Promise<number | undefined> {
  const row = await tx
    .updateTable('site')
    .set({ ...change, version: version + 1 })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst()
  return row?.version
}

export interface DepartmentFields {
  name: string
  siteId: string | null
  leadId: string | null
}

export async function insertDepartment(
  tx: Transaction,
  organizationId: string,
  id: string,
  { name, siteId, leadId }: DepartmentFields,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('department')
    .values({ organization_id: organizationId, id, name, site_id: siteId, lead_id: leadId, created_at: now })
    .execute()
}

export async function updateDepartment(
  tx: Transaction,
  organizationId: string,
  id: string,
  { name, siteId, leadId, active }: DepartmentFields & { active: boolean },
  version: number,
): Promise<number | undefined> {
  const row = await tx
    .updateTable('department')
    .set({ name, site_id: siteId, lead_id: leadId, active, version: version + 1 })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst()
  return row?.version
}
