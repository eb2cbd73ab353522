import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { MessageState } from '../contract/words.ts'
import type { MessageRow } from './store.ts'

/** Takes due messages, earliest first, and holds them until the transaction ends; what another sender holds is passed over. */
export async function takeDue(
  tx: Transaction,
  organizationId: string,
  now: Date,
  limit: number,
): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select * from message
    where organization_id = ${organizationId} and state in ('planned', 'claimed', 'deferred') and next_at <= ${now}
    order by next_at limit ${limit} for update skip locked`.execute(tx)
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
  content: Buffer
  unsubscribeIndex: Buffer | null
  messageId: string
  locale: string
  /** The last try may have gone out: this one may be a second copy. */
  mayDouble: boolean
}

/** Marks what is about to be handed to a transport. From here on nobody knows whether it went out until it is settled. */
export async function markClaimed(
  tx: Transaction,
  organizationId: string,
  claimedBy: string,
  until: Date,
  rows: readonly Claimed[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update message m set state = 'claimed', reason = null, attempts = m.attempts + 1, claimed_by = ${claimedBy}, next_at = ${until},
      possible_doubles = m.possible_doubles + case when c.may_double then 1 else 0 end, uncertain = false,
      to_masked = c.to_masked, via_guardian = c.via_guardian, template_version = c.version, locale = c.locale,
      content_sealed = c.content, unsubscribe_index = c.unsubscribe_index, message_id = c.message_id
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.toMasked)}::text[], ${rows.map((r) => r.viaGuardian)}::boolean[],
      ${rows.map((r) => r.version)}::int[], ${rows.map((r) => r.content)}::bytea[], ${rows.map((r) => r.unsubscribeIndex)}::bytea[],
      ${rows.map((r) => r.messageId)}::text[], ${rows.map((r) => r.mayDouble)}::boolean[], ${rows.map((r) => r.locale)}::text[])
      c (id, to_masked, via_guardian, version, content, unsubscribe_index, message_id, may_double, locale)
    where m.organization_id = ${organizationId} and m.id = c.id`.execute(tx)
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
  rows: readonly { id: string; state: MessageState; reason: string; nextAt: Date | null }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update message m set state = c.state, reason = c.reason, next_at = c.next_at, claimed_by = null,
      uncertain = m.uncertain or (m.state = 'claimed')
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.state)}::text[], ${rows.map((r) => r.reason)}::text[], ${rows.map((r) => r.nextAt)}::timestamptz[])
      c (id, state, reason, next_at)
    where m.organization_id = ${organizationId} and m.id = c.id`.execute(tx)
}

export interface Settled {
  id: string
  /** The number of the try it speaks of: a sender that slept through its claim settles nothing. */
  attempt: number
  state: 'accepted' | 'deferred' | 'failed'
  reason: string | null
  reply: string
  nextAt: Date | null
  uncertain: boolean
}

/** Writes what the transport said. @returns the ids that were still this sender's to settle */
export async function settle(
  tx: Transaction,
  organizationId: string,
  now: Date,
  rows: readonly Settled[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const { rows: done } = await sql<{ id: string }>`
    update message m set state = c.state, reason = c.reason, reply = left(c.reply, 300), next_at = c.next_at, claimed_by = null, uncertain = c.uncertain,
      sent_at = case when c.state = 'accepted' then ${now}::timestamptz else m.sent_at end,
      values_sealed = case when c.state = 'accepted' then null else m.values_sealed end
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.attempt)}::int[], ${rows.map((r) => r.state)}::text[], ${rows.map((r) => r.reason)}::text[],
      ${rows.map((r) => r.reply)}::text[], ${rows.map((r) => r.nextAt)}::timestamptz[], ${rows.map((r) => r.uncertain)}::boolean[])
      c (id, attempt, state, reason, reply, next_at, uncertain)
    where m.organization_id = ${organizationId} and m.id = c.id and m.state = 'claimed' and m.attempts = c.attempt
    returning m.id`.execute(tx)
  return new Set(done.map((row) => row.id))
}

/** Remembers that an address does not exist. */
export async function markBadAddress(
  tx: Transaction,
  organizationId: string,
  index: Buffer,
  messageId: string,
  now: Date,
): Promise<void> {
  await tx
    .insertInto('message_address')
    .values({
      organization_id: organizationId,
      address_index: index,
      channel: 'email',
      reason: 'address-unknown',
      message_id: messageId,
      since: now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** How many mails went out since an instant: what is left of the organization's rate. */
export async function countMailed(db: Db, organizationId: string, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int count from message where organization_id = ${organizationId} and channel = 'email' and sent_at > ${since}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
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
