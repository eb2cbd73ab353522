import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Tenant } from '../../../platform/context/context.ts'
import { settingsDocument, type SettingsDocument } from '../contract/settings.ts'
import type { DemoLoad } from './demo-load.ts'
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

/** What the sign-in page may know of each organization. */
export async function findForSignIn(db: Db): Promise<{ slug: string; name: string; nameEn: string; demo: boolean }[]> {
  const rows = await db.selectFrom('organization').select(['slug', 'name', 'name_en', 'settings']).orderBy('created_at').limit(200).execute()
  return rows.map((row) => ({ slug: row.slug, name: row.name, nameEn: row.name_en, demo: settingsDocument.parse(row.settings).demo }))
}

export function findOrganization(db: Db, organizationId: string) {
  return db.selectFrom('organization').selectAll().where('id', '=', organizationId).executeTakeFirstOrThrow()
}

/** The whole settings document, gaps filled with the defaults. */
export async function findSettings(db: Db, organizationId: string): Promise<SettingsDocument & { version: number }> {
  const row = await db.selectFrom('organization').select(['settings', 'version']).where('id', '=', organizationId).executeTakeFirstOrThrow()
  return { ...settingsDocument.parse(row.settings), version: row.version }
}

export interface NewOrganization {
  id: string
  slug: string
  name: string
  nameEn?: string
  timeZone?: string
  locale?: Tenant['locale']
  demo?: boolean
  /** Of a demonstration: which members are still to come. */
  demoLoad?: DemoLoad
  now: Date
}

export async function insertOrganization(tx: Transaction, organization: NewOrganization): Promise<Tenant> {
  const { id, slug, name, nameEn = '', timeZone = 'Asia/Shanghai', locale = 'zh-CN', demo = false, now } = organization
  await tx
    .insertInto('organization')
    .values({
      id,
      slug,
      name,
      name_en: nameEn,
      time_zone: timeZone,
      locale,
      phone: null,
      address: null,
      logo_file: null,
      settings: JSON.stringify(demo ? { demo } : {}),
      demo_load: organization.demoLoad ? JSON.stringify(organization.demoLoad) : null,
      created_at: now,
    })
    .execute()
  return { id, name, timeZone, locale }
}

export interface OrganizationChange {
  name?: string
  name_en?: string
  time_zone?: string
  locale?: Tenant['locale']
  phone?: string | null
  address?: string | null
  logo_file?: string | null
  settings?: string
}

/** @param version the one that was read; undefined changes whatever stands. @returns the new version, undefined when somebody was quicker */
export async function updateOrganization(
  tx: Transaction,
  organizationId: string,
  change: OrganizationChange,
  version?: number,
): Promise<number | undefined> {
  const row = await tx
    .updateTable('organization')
    .set((eb) => ({ ...change, version: eb('version', '+', 1) }))
    .where('id', '=', organizationId)
    .$if(version !== undefined, (query) => query.where('version', '=', version!))
    .returning('version')
    .executeTakeFirst()
  return row?.version
}
