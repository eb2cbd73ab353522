import type { Tenant } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import './table.ts'

/** What a demonstration's members are made of, and how many of them are there. The same values make the same members. */
export interface DemoLoad {
  patients: number
  years: number
  seed: number
  /** The day they were first made on: a load that goes on later makes the others of the same day. */
  today: string
  loaded: number
}

/** The demonstration that a load left unfinished, if there is one. */
export async function findDemoLoad(db: Db): Promise<{ tenant: Tenant; load: DemoLoad } | undefined> {
  const row = await db
    .selectFrom('organization')
    .select(['id', 'name', 'time_zone as timeZone', 'locale', 'demo_load'])
    .where('demo_load', 'is not', null)
    .orderBy('created_at')
    .limit(1)
    .executeTakeFirst()
  if (!row?.demo_load) return undefined
  const { demo_load, ...tenant } = row
  return { tenant, load: demo_load }
}

export async function endDemoLoad(db: Db, organizationId: string): Promise<void> {
  await db.updateTable('organization').set({ demo_load: null }).where('id', '=', organizationId).execute()
}
