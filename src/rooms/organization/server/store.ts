import type { Db } from '../../../platform/database/database.ts'
import type { Tenant } from '../../../platform/context/context.ts'
import './table.ts'

/** All organizations, for work that goes round and for sign-in. */
export function findTenants(db: Db): Promise<Tenant[]> {
  return db
    .selectFrom('organization')
    .select(['id', 'name', 'time_zone as timeZone', 'locale'])
    .orderBy('created_at')
    .execute()
}

export function findTenantBySlug(db: Db, slug: string): Promise<Tenant | undefined> {
  return db
    .selectFrom('organization')
    .select(['id', 'name', 'time_zone as timeZone', 'locale'])
    .where('slug', '=', slug)
    .executeTakeFirst()
}
