import { sql, type Selectable } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { Channel, SuppressionReason } from '../contract/words.ts'
import type { MessageSuppressionTable } from './table.ts'
import './table.ts'

export type SuppressionRow = Selectable<MessageSuppressionTable>

export interface NewSuppression {
  channel: Channel
  index: Buffer
  masked: string
  reason: SuppressionReason
  source: SuppressionRow['source']
  note?: string
  messageId?: string | null
  until: Date | null
}

/**
 * Adds addresses; one that stands already keeps its reason, unless its time is over or the new one lasts longer.
 * @returns the ids of what was added or renewed
 */
export async function suppressAddresses(ctx: WriteContext, addresses: readonly NewSuppression[]): Promise<string[]> {
  if (addresses.length === 0) return []
  const byKey = new Map(addresses.map((one) => [`${one.channel} ${one.index.toString('hex')}`, one]))
  const list = [...byKey.values()]
  const now = ctx.clock.now()
  const { rows } = await sql<{ id: string }>`
    insert into message_suppression as s (organization_id, id, channel, address_index, address_masked, reason, source, note, message_id, since, until, by_id, by_name)
    select ${ctx.organizationId}::uuid, n.*, ${ctx.actor.id}::uuid, ${ctx.actor.name}
    from unnest(${list.map(() => ctx.ids.next())}::uuid[], ${list.map((a) => a.channel)}::text[], ${list.map((a) => a.index)}::bytea[], ${list.map((a) => a.masked)}::text[],
      ${list.map((a) => a.reason)}::text[], ${list.map((a) => a.source)}::text[], ${list.map((a) => a.note ?? '')}::text[], ${list.map((a) => a.messageId ?? null)}::uuid[],
      ${list.map(() => now)}::timestamptz[], ${list.map((a) => a.until)}::timestamptz[]) n
    on conflict (organization_id, channel, address_index) where lifted_at is null do update
    set reason = excluded.reason, source = excluded.source, note = excluded.note, message_id = excluded.message_id, since = excluded.since, until = excluded.until,
      by_id = excluded.by_id, by_name = excluded.by_name
    where s.until <= ${now} or (s.until is not null and excluded.until is null)
    returning s.id`.execute(ctx.tx)
  return rows.map(({ id }) => id)
}

/** Which of these addresses get nothing at this instant: by hex of their index. */
export async function findSuppressed(
  db: Db,
  organizationId: string,
  channel: Channel,
  indexes: readonly Buffer[],
  now: Date,
): Promise<Map<string, Pick<SuppressionRow, 'reason' | 'since' | 'until'>>> {
  if (indexes.length === 0) return new Map()
  const { rows } = await sql<Pick<SuppressionRow, 'address_index' | 'reason' | 'since' | 'until'>>`
    select address_index, reason, since, until from message_suppression
    where organization_id = ${organizationId} and channel = ${channel} and address_index = any(${[...indexes]}::bytea[])
      and lifted_at is null and (until is null or until > ${now})`.execute(db)
  return new Map(rows.map(({ address_index, ...row }) => [address_index.toString('hex'), row]))
}

export interface SuppressionFilter {
  channel?: Channel | undefined
  reason?: SuppressionReason | undefined
  state: 'standing' | 'all'
  index?: Buffer | undefined
}

/** One page, newest first; `after` is the last id of the page before. */
export async function findSuppressions(
  db: Db,
  organizationId: string,
  filter: SuppressionFilter,
  page: { after?: string | undefined; limit: number; now: Date },
): Promise<SuppressionRow[]> {
  let query = db.selectFrom('message_suppression').selectAll().where('organization_id', '=', organizationId)
  if (filter.channel) query = query.where('channel', '=', filter.channel)
  if (filter.reason) query = query.where('reason', '=', filter.reason)
  if (filter.index) query = query.where('address_index', '=', filter.index)
  if (filter.state === 'standing')
    query = query
      .where('lifted_at', 'is', null)
      .where((eb) => eb.or([eb('until', 'is', null), eb('until', '>', page.now)]))
  if (page.after) query = query.where('id', '<', page.after)
  return query.orderBy('id', 'desc').limit(page.limit).execute()
}

export function findSuppression(db: Db, organizationId: string, id: string): Promise<SuppressionRow | undefined> {
  return db
    .selectFrom('message_suppression')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

/** @returns whether it still stood */
export async function liftById(ctx: WriteContext, id: string, because: string): Promise<boolean> {
  const { rows } = await sql`
    update message_suppression set lifted_at = ${ctx.clock.now()}, lifted_by = ${ctx.actor.id}::uuid, lifted_by_name = ${ctx.actor.name}, lifted_because = ${because}
    where organization_id = ${ctx.organizationId} and id = ${id} and lifted_at is null returning id`.execute(ctx.tx)
  return rows.length === 1
}

/** An address that did not exist is given another chance: somebody has a message of it tried again. */
export async function liftOfMessage(ctx: WriteContext, messageId: string, because: string): Promise<void> {
  await sql`
    update message_suppression set lifted_at = ${ctx.clock.now()}, lifted_by = ${ctx.actor.id}::uuid, lifted_by_name = ${ctx.actor.name}, lifted_because = ${because}
    where organization_id = ${ctx.organizationId} and message_id = ${messageId} and reason = 'bounced' and lifted_at is null`.execute(
    ctx.tx,
  )
}
