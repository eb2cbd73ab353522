import { sql } from 'kysely'
import { PREPARED, type Db, type Transaction } from '../../../platform/database/database.ts'
import type { MessageState } from '../contract/words.ts'
import type { MessageRow } from './store.ts'

/** Takes due messages, but for those of WeChat and WeCom (push-store.ts), earliest first, and holds them until the transaction ends; what another sender holds is passed over. */
export async function takeDue(
  tx: Transaction,
  organizationId: string,
  now: Date,
  limit: number,
): Promise<MessageRow[]> {
  // Not kept as a plan: one of all columns would fail for whoever is at work while a new version adds one.
  const { rows } = await sql<MessageRow>`
    select * from message
    where organization_id = ${organizationId}::uuid and state in ('planned', 'claimed', 'deferred') and next_at <= ${now}::timestamptz
      and channel not in ('wechat-template', 'wechat-notice', 'wechat-chat', 'mini-notice', 'wecom-mass')
    order by next_at limit ${limit}::int for update skip locked`.execute(tx)
  return rows
}

/** Puts the first due message off as it is. @returns its id */
export async function putOffFirst(
  tx: Transaction,
  organizationId: string,
  now: Date,
  until: Date,
): Promise<string | undefined> {
  const [first] = await takeDue(tx, organizationId, now, 1)
  if (!first) return undefined
  await tx
    .updateTable('message')
    .set({ next_at: until, reason: 'fault' })
    .where('organization_id', '=', organizationId)
    .where('id', '=', first.id)
    .execute()
  return first.id
}

export interface Claimed {
  id: string
  toMasked: string
  viaGuardian: boolean
  version: number
  /** Null: it goes out as it is kept from an earlier try. */
  content: Buffer | null
  unsubscribeIndex: Buffer | null
  messageId: string
  locale: string
  /** The last try may have gone out: this one may be a second copy. */
  mayDouble: boolean
  countsReading: boolean
}

/**
 * Marks what is about to be handed to a transport. From here on nobody knows whether it went out until it is settled. The
 * words go to the database in one piece, in bytes: as a list they would be written out in hexadecimal twice.
 */
export async function markClaimed(
  tx: Transaction,
  organizationId: string,
  claimedBy: string,
  until: Date,
  rows: readonly Claimed[],
): Promise<void> {
  if (rows.length === 0) return
  const sizes = rows.map(({ content }) => content?.length ?? 0)
  let end = 0
  const places = sizes.map((size) => (end += size) - size + 1)
  const words = Buffer.concat(rows.map(({ content }) => content ?? Buffer.alloc(0)))
  await sql`${sql.raw(PREPARED)}
    update message m set state = 'claimed', reason = null, attempts = m.attempts + 1, claimed_by = ${claimedBy}, next_at = ${until}::timestamptz,
      possible_doubles = m.possible_doubles + case when c.may_double then 1 else 0 end, uncertain = false,
      to_masked = c.to_masked, via_guardian = c.via_guardian, template_version = c.version, locale = c.locale,
      content_sealed = case when c.size > 0 then substring(${words}::bytea from c.place for c.size) else m.content_sealed end,
      unsubscribe_index = c.unsubscribe_index, message_id = c.message_id, counts_reading = m.counts_reading or c.counts_reading
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.toMasked)}::text[], ${rows.map((r) => r.viaGuardian)}::boolean[],
      ${rows.map((r) => r.version)}::int[], ${places}::int[], ${sizes}::int[], ${rows.map((r) => r.unsubscribeIndex)}::bytea[],
      ${rows.map((r) => r.messageId)}::text[], ${rows.map((r) => r.mayDouble)}::boolean[], ${rows.map((r) => r.locale)}::text[],
      ${rows.map((r) => r.countsReading)}::boolean[])
      c (id, to_masked, via_guardian, version, place, size, unsubscribe_index, message_id, may_double, locale, counts_reading)
    where m.organization_id = ${organizationId}::uuid and m.id = c.id`.execute(tx)
}

/** A message that stays in the house is delivered by being written. */
export async function markDelivered(
  tx: Transaction,
  organizationId: string,
  now: Date,
  rows: readonly { id: string; content: Buffer; version: number }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update message m set state = 'accepted', reason = null, next_at = null, sent_at = ${now}, content_sealed = c.content, template_version = c.version, values_sealed = null
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.content)}::bytea[], ${rows.map((r) => r.version)}::int[]) c (id, content, version)
    where m.organization_id = ${organizationId} and m.id = c.id`.execute(tx)
}

/** Ends messages, or has them wait. */
export async function markHeld(
  tx: Transaction,
  organizationId: string,
  rows: readonly { id: string; state: MessageState; reason: string; nextAt: Date | null; content: Buffer | null }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update message m set state = c.state, reason = c.reason, next_at = c.next_at, claimed_by = null,
      uncertain = m.uncertain or (m.state = 'claimed'), content_sealed = coalesce(m.content_sealed, c.content)
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.state)}::text[], ${rows.map((r) => r.reason)}::text[], ${rows.map((r) => r.nextAt)}::timestamptz[],
      ${rows.map((r) => r.content)}::bytea[])
      c (id, state, reason, next_at, content)
    where m.organization_id = ${organizationId} and m.id = c.id`.execute(tx)
}

export interface LedgerState {
  due: number
  lateSeconds: number
  possibleDoubles: number
}

/** How the sender keeps up, for /metrics. */
export async function ledgerState(db: Db, organizationId: string, now: Date): Promise<LedgerState> {
  const { rows } = await sql<{ due: number; earliest: Date | null; doubles: number }>`
    select
      (select count(*) from (select from message where organization_id = ${organizationId} and state in ('planned', 'claimed', 'deferred') and next_at <= ${now} limit 10000) d)::int due,
      (select min(next_at) from message where organization_id = ${organizationId} and state in ('planned', 'claimed', 'deferred')) earliest,
      (select coalesce(sum(possible_doubles), 0) from message where organization_id = ${organizationId} and possible_doubles > 0)::int doubles`.execute(
    db,
  )
  const { due = 0, earliest = null, doubles = 0 } = rows[0] ?? {}
  return {
    due,
    lateSeconds: earliest && earliest < now ? (now.getTime() - earliest.getTime()) / 1000 : 0,
    possibleDoubles: doubles,
  }
}
