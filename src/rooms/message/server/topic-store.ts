import { sql, type Selectable } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { Topic } from '../contract/topic.ts'
import type { Family } from '../contract/words.ts'
import type { MessageTopicWishTable, TopicWishHow } from './topic-table.ts'
import './topic-table.ts'

export interface TopicChange {
  patientId: string
  topic: Topic
  channel: Family
  optedOut: boolean
  how: TopicWishHow
  /** The mail whose link was used. */
  messageId: string | null
}

export function findTopicWishes(
  db: Db,
  organizationId: string,
  patientId: string,
): Promise<Selectable<MessageTopicWishTable>[]> {
  return db
    .selectFrom('message_topic_wish')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .execute()
}

/** Keeps what was said, with its proof. @returns whether it was not said already */
export async function putTopicWish(ctx: WriteContext, change: TopicChange): Promise<boolean> {
  const now = ctx.clock.now()
  const { patientId, topic, channel, optedOut, how, messageId } = change
  // Said again, an old wish to have it is a new one: it may stand against a refusal of the whole purpose since.
  const { rows } = await sql`
    insert into message_topic_wish as w (organization_id, patient_id, topic, channel, opted_out_at, how, by_id, by_name, message_id, changed_at)
    values (${ctx.organizationId}, ${patientId}, ${topic}, ${channel}, ${optedOut ? now : null}, ${how}, ${ctx.actor.id}, ${ctx.actor.name}, ${messageId}, ${now})
    on conflict (organization_id, patient_id, topic, channel) do update
    set opted_out_at = excluded.opted_out_at, how = excluded.how, by_id = excluded.by_id, by_name = excluded.by_name, note = '',
      message_id = excluded.message_id, changed_at = excluded.changed_at
    where (w.opted_out_at is null) <> (excluded.opted_out_at is null) or excluded.opted_out_at is null and w.changed_at < excluded.changed_at
    returning w.patient_id`.execute(ctx.tx)
  if (rows.length === 0) return false
  await ctx.tx
    .insertInto('message_topic_wish_event')
    .values({
      organization_id: ctx.organizationId,
      patient_id: patientId,
      id: ctx.ids.next(),
      topic,
      channel,
      change: optedOut ? 'out' : 'in',
      how,
      by_id: ctx.actor.id,
      by_name: ctx.actor.name,
      message_id: messageId,
      at: now,
    })
    .execute()
  return true
}
