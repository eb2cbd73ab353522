import { sql } from 'kysely'
import type { House } from '../../../platform/context/house.ts'
import type { Tenant } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import './block-table.ts'
import './table.ts'

/** Longer than a transaction that sends may take to be seen; noting twice changes nothing. */
const OVERLAP = '15 minutes'
/** Where nothing has been noted yet, so far back; older than this says "long ago" anyway. */
const FIRST = '400 days'

/**
 * Notes when each template last went out. Asking the ledger itself would walk through millions of rows for a template
 * that is rarely sent; an index by template would cost every message. So what has gone since the last look is taken up:
 * by the index of mails, by that of the other ways, and in the message centre by ids, which begin with their moment.
 */
export async function noteTemplateUse(house: House, tenant: Tenant): Promise<void> {
  await sql`
    with since as (
      select greatest(coalesce(max(last_sent_at), '-infinity'), ${house.clock.now()}::timestamptz - ${FIRST}::interval) - ${OVERLAP}::interval as moment
      from message_template_use where organization_id = ${tenant.id}
    ), gone as (
      select template, sent_at from message, since where organization_id = ${tenant.id} and channel = 'email' and sent_at is not null and sent_at > since.moment
      union all
      select template, sent_at from message, since where organization_id = ${tenant.id} and channel not in ('email', 'in-app') and sent_at is not null and sent_at > since.moment
      union all
      select template, sent_at from message, since where organization_id = ${tenant.id} and channel = 'in-app' and sent_at is not null
        and id > (lpad(to_hex((extract(epoch from since.moment) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
    )
    insert into message_template_use as u (organization_id, code, last_sent_at)
    select ${tenant.id}, template, max(sent_at) from gone group by template
    on conflict (organization_id, code) do update set last_sent_at = excluded.last_sent_at where u.last_sent_at < excluded.last_sent_at`.execute(
    house.databases.of(tenant.id),
  )
}

export async function lastSent(db: Db, organizationId: string): Promise<Map<string, Date>> {
  const rows = await db
    .selectFrom('message_template_use')
    .select(['code', 'last_sent_at'])
    .where('organization_id', '=', organizationId)
    .execute()
  return new Map(rows.map((row) => [row.code, row.last_sent_at]))
}
