import { sql } from 'kysely'
import type { Transaction } from '../../../platform/database/database.ts'
import type { Channel } from '../contract/words.ts'
import { PUSH_CHANNELS } from './rules/channel-right.ts'
import type { MessageRow } from './store.ts'

/** Takes due messages of WeChat and WeCom, earliest first; what another sender holds is passed over. */
export async function takeDuePush(
  tx: Transaction,
  organizationId: string,
  now: Date,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from message
    where organization_id = ${organizationId} and state in ('planned', 'claimed', 'deferred') and next_at <= ${now}
      and channel in (${sql.join(PUSH_CHANNELS.map((channel) => sql.lit(channel)))})
    order by next_at limit ${limit} for update skip locked`.execute(tx)
  return rows
}

/** Puts the first due one off as it is. */
export async function putOffFirstPush(tx: Transaction, organizationId: string, now: Date, until: Date): Promise<void> {
  const [first] = await takeDuePush(tx, organizationId, now, 1)
  if (!first) return
  await tx
    .updateTable('message')
    .set({ next_at: until, reason: 'fault' })
    .where('organization_id', '=', organizationId)
    .where('id', '=', first.id)
    .execute()
}

/** Sets a message that nobody holds on another step of its ladder; it is looked at again at once, and rendered anew. */
export async function setWay(
  tx: Transaction,
  organizationId: string,
  to: { id: string; channel: Channel; rung: number; nextAt: Date },
): Promise<void> {
  await tx
    .updateTable('message')
    .set({
      channel: to.channel,
      rung: to.rung,
      state: 'planned',
      reason: null,
      next_at: to.nextAt,
      attempts: 0,
      content_sealed: null,
      to_masked: null,
      claimed_by: null,
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', to.id)
    .execute()
}
