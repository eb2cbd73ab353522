import { sql, type RawBuilder } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import { PREPARED } from '../../../platform/database/database.ts'
import type { Reason } from '../contract/words.ts'
import { insertEvents, type MessageRow } from './store.ts'
import './table.ts'

/**
 * Withdraws what has not gone out. What waits ends here; what a sender holds is marked, and the sender, which asks four
 * times a second, leaves it where it is unless its content has gone on the line.
 */
export async function withdrawWhere(ctx: WriteContext, condition: RawBuilder<unknown>, reason: Reason): Promise<void> {
  const { rows } = await sql<{ id: string; state: MessageRow['state'] }>`
    update message m set withdrawal = case when m.state = 'claimed' then ${reason}::text end,
      state = case when m.state = 'claimed' then m.state else 'cancelled' end,
      reason = case when m.state = 'claimed' then m.reason else ${reason}::text end,
      next_at = case when m.state = 'claimed' then m.next_at end
    where m.organization_id = ${ctx.organizationId} and ${condition} and m.state in ('planned', 'deferred', 'claimed')
    returning m.id, m.state`.execute(ctx.tx)
  await insertEvents(
    ctx,
    rows.flatMap(({ id, state }) =>
      state === 'cancelled' ? [{ messageId: id, kind: 'cancelled' as const, detail: { reason } }] : [],
    ),
  )
}

/** What was withdrawn while a sender held it that is over: it comes due again, and ends. @returns the rows that go on */
export async function endWithdrawn(ctx: WriteContext, rows: readonly MessageRow[]): Promise<MessageRow[]> {
  const over = rows.filter(({ withdrawal }) => withdrawal !== null)
  if (over.length > 0) {
    await sql`
      update message m set state = 'cancelled', reason = m.withdrawal, next_at = null, claimed_by = null, uncertain = m.uncertain or (m.state = 'claimed')
      where m.organization_id = ${ctx.organizationId} and m.id = any(${over.map(({ id }) => id)}::uuid[])`.execute(
      ctx.tx,
    )
    await insertEvents(
      ctx,
      over.map(({ id, withdrawal }) => ({ messageId: id, kind: 'cancelled', detail: { reason: withdrawal } })),
    )
  }
  return rows.filter(({ withdrawal }) => withdrawal === null)
}

/** Of messages that a sender holds those that are not to go any more: withdrawn, opted out, died, merged meanwhile. */
export async function findRecalled(db: Db, organizationId: string, ids: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`${sql.raw(PREPARED)}
    select m.id from unnest(${[...ids]}::uuid[]) k (id)
    join message m on m.organization_id = ${organizationId}::uuid and m.id = k.id
    join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
    where m.withdrawal is not null or p.state <> 'active'
      or exists (select from message_preference o where o.organization_id = m.organization_id and o.patient_id = m.patient_id
        and o.purpose = m.purpose and o.channel = m.channel and o.opted_out_at is not null
        and not exists (select from message_topic_wish w where w.organization_id = m.organization_id and w.patient_id = m.patient_id
          and w.topic = m.topic and w.channel = m.channel and w.opted_out_at is null and w.changed_at > o.changed_at))
      or not m.urgent and exists (select from message_topic_wish w where w.organization_id = m.organization_id and w.patient_id = m.patient_id
        and w.topic = m.topic and w.channel = m.channel and w.opted_out_at is not null)`.execute(db)
  return rows.map(({ id }) => id)
}
