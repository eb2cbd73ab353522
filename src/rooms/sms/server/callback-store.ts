import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { SmsClass, SmsProviderName } from '../../../platform/sms/provider.ts'
import type { CallbackKind } from '../contract/words.ts'
import type { SmsCallbackTable, SmsUnplacedTable } from './table.ts'
import './table.ts'

export type CallbackRow = Selectable<SmsCallbackTable>
export type UnplacedRow = Selectable<SmsUnplacedTable>

export async function insertCallback(
  tx: Transaction,
  organizationId: string,
  row: { id: string; provider: SmsProviderName; kind: CallbackKind; sealed: Buffer; now: Date },
): Promise<void> {
  const { id, provider, kind, sealed, now } = row
  await tx
    .insertInto('sms_callback')
    .values({ organization_id: organizationId, id, provider, kind, sealed, received_at: now, next_at: now })
    .execute()
}

/** The next callback to be read; what another worker reads is passed over. */
export async function takeCallback(
  tx: Transaction,
  organizationId: string,
  now: Date,
): Promise<CallbackRow | undefined> {
  const { rows } = await sql<CallbackRow>`
    select * from sms_callback where organization_id = ${organizationId} and next_at <= ${now}
    order by next_at, id limit 1 for update skip locked`.execute(tx)
  return rows[0]
}

export async function setCallback(
  tx: Transaction,
  organizationId: string,
  id: string,
  nextAt: Date | null,
): Promise<void> {
  await tx
    .updateTable('sms_callback')
    .set((eb) => ({ next_at: nextAt, tries: eb('tries', '+', 1) }))
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

export interface Placing {
  provider: SmsProviderName
  id: string | null
  providerId: string | null
  toIndex: Buffer
  delivered: boolean
  class: SmsClass | null
  code: string
  words: string
  segments: number | null
}

/**
 * Writes a receipt to its message: by our id where the provider sends it along, else by its own number, else, when
 * exactly one message to this phone is open, to that one. What a message already says is not written again: receipts come
 * more than once.
 * @returns the message, and whether this told something new; undefined when it belongs to none
 */
export async function placeReceipt(
  tx: Transaction,
  organizationId: string,
  receipt: Placing,
  now: Date,
): Promise<{ id: string; fresh: boolean } | undefined> {
  const { rows } = await sql<{ id: string; state: string }>`
    with known as (
      select id, state, handed_at from sms_sending
      where organization_id = ${organizationId} and provider = ${receipt.provider} and to_index = ${receipt.toIndex}
        and (id::text = ${receipt.id ?? ''} or provider_id = ${receipt.providerId ?? ''})),
    open as (
      select id, state, handed_at from sms_sending
      where organization_id = ${organizationId} and provider = ${receipt.provider} and to_index = ${receipt.toIndex}
        and state in ('sending', 'in-doubt') and provider_id is null and handed_at > ${now}::timestamptz - interval '72 hours')
    select id, state from known
    union all
    select id, state from open where ${receipt.id === null} and not exists (select from known) and (select count(*) from open) = 1
    limit 1`.execute(tx)
  const [found] = rows
  if (!found) return undefined
  const state = receipt.delivered ? ('delivered' as const) : ('undelivered' as const)
  const { rows: changed } = await sql<{ id: string }>`
    update sms_sending set state = ${state}, class = ${receipt.class}, code = ${receipt.code.slice(0, 60)},
      reply = left(${receipt.words}, 300), provider_id = coalesce(${receipt.providerId}::text, provider_id), lease_until = null,
      segments = coalesce(${receipt.segments}::int, segments), settled_at = ${now}
    where organization_id = ${organizationId} and id = ${found.id}::uuid and state not in ('delivered', ${state}) returning id`.execute(
    tx,
  )
  return { id: found.id, fresh: changed.length > 0 }
}

export async function insertUnplaced(
  tx: Transaction,
  organizationId: string,
  row: Omit<UnplacedRow, 'organization_id' | 'placed_at'>,
): Promise<void> {
  await tx
    .insertInto('sms_unplaced')
    .values({ organization_id: organizationId, ...row, placed_at: null })
    .execute()
}

/** Of the last days, by the oldest: a receipt may come before the answer to the request it belongs to. */
export function findUnplaced(
  db: Db,
  organizationId: string,
  options: { kind?: CallbackKind; why?: string; since: Date; limit: number; newestFirst?: boolean },
): Promise<UnplacedRow[]> {
  let query = db
    .selectFrom('sms_unplaced')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('placed_at', 'is', null)
    .where('received_at', '>=', options.since)
  if (options.kind) query = query.where('kind', '=', options.kind)
  if (options.why) query = query.where('why', '=', options.why)
  return query
    .orderBy('received_at', options.newestFirst ? 'desc' : 'asc')
    .orderBy('id')
    .limit(options.limit)
    .execute()
}

export async function markPlaced(tx: Transaction, organizationId: string, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('sms_unplaced')
    .set({ placed_at: now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

/** @returns whether it was new */
export async function insertReply(
  tx: Transaction,
  row: {
    organization_id: string
    id: string
    callback_id: string
    reply_key: string
    from_index: Buffer
    sealed: Buffer
    stops: boolean
    said_at: Date
    received_at: Date
  },
): Promise<boolean> {
  const added = await tx
    .insertInto('sms_reply')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organization_id', 'reply_key']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return added !== undefined
}
