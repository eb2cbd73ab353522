import { sql } from 'kysely'
import type { Tenant } from '../context/context.ts'
import type { House } from '../context/house.ts'
import './table.ts'

/** Long enough to look into what went wrong last month; the audit log and the rooms' own histories are kept by their rules. */
const KEPT_DAYS = 30
export const FORGOTTEN_AT_ONCE = 2000

/**
 * Takes away events that were delivered a month ago, with their receipts. What is still owed to a listener stays. Ids
 * begin with their time, so the primary key is walked from its old end.
 * @returns how many events went; fewer than a batch means that none is left
 */
export async function forgetDelivered(house: House, tenant: Tenant): Promise<number> {
  const before = house.clock.now().getTime() - KEPT_DAYS * 86_400_000
  const { rows } = await sql<{ events: number }>`
    with old as (
      select id from outbox_event e where organization_id = ${tenant.id} and id < ${firstIdOf(before)}::uuid
        and delivered_at is not null
        and not exists (select from outbox_retry r where r.organization_id = e.organization_id and r.event_id = e.id)
      order by id limit ${sql.lit(FORGOTTEN_AT_ONCE)} for update skip locked
    ), receipts as (
      delete from outbox_receipt r using old where r.organization_id = ${tenant.id} and r.event_id = old.id
    ), events as (
      delete from outbox_event e using old where e.organization_id = ${tenant.id} and e.id = old.id returning e.id
    )
    select count(*)::int events from events`.execute(house.databases.of(tenant.id))
  return rows[0]!.events
}

/** The smallest UUIDv7 of a millisecond. */
function firstIdOf(millisecond: number): string {
  const hex = Math.max(0, Math.trunc(millisecond)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`
}
