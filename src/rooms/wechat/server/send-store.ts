import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { SendingState, WeChatChannel } from '../contract/words.ts'
import type { WeChatSendingTable } from './table.ts'
import './table.ts'

export type SendingRow = Selectable<WeChatSendingTable>

/** Rows of these ids, held until the transaction ends. */
export async function lockSendings(
  tx: Transaction,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, SendingRow>> {
  const { rows } = await sql<SendingRow>`
    select * from wechat_sending where organization_id = ${organizationId} and id = any(${[...ids]}::uuid[])
    order by id for update`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

export function findSendings(db: Db, organizationId: string, ids: readonly string[]): Promise<SendingRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('wechat_sending')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', 'in', [...ids])
    .execute()
}

export interface NewSending {
  id: string
  accountId: string
  channel: WeChatChannel
  addressSealed: Buffer
  /** Null: the try before had done nothing, so its ten minutes begin anew. */
  firstTryAt: Date | null
  inDoubt: boolean
}

/** Marks messages as on their way until `leaseUntil`. @returns those that are ours, with the number of the try */
export async function takeUp(
  tx: Transaction,
  organizationId: string,
  rows: readonly NewSending[],
  now: Date,
  leaseUntil: Date,
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map()
  const { rows: taken } = await sql<{ id: string; attempt: number }>`
    insert into wechat_sending as s (organization_id, id, account_id, channel, state, address_sealed, first_try_at, handed_at, lease_until, was_in_doubt)
    select ${organizationId}::uuid, n.id, n.account_id, n.channel, 'sending', n.address, coalesce(n.first_try_at, ${now}::timestamptz), ${now}::timestamptz, ${leaseUntil}::timestamptz, n.in_doubt
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.accountId)}::uuid[], ${rows.map((r) => r.channel)}::text[],
      ${rows.map((r) => r.addressSealed)}::bytea[], ${rows.map((r) => r.firstTryAt)}::timestamptz[], ${rows.map((r) => r.inDoubt)}::boolean[])
      n (id, account_id, channel, address, first_try_at, in_doubt)
    order by n.id
    on conflict (organization_id, id) do update set state = 'sending', attempt = s.attempt + 1, account_id = excluded.account_id,
      channel = excluded.channel, address_sealed = excluded.address_sealed, first_try_at = excluded.first_try_at, handed_at = excluded.handed_at,
      lease_until = excluded.lease_until, was_in_doubt = s.was_in_doubt or excluded.was_in_doubt, refusal = null, code = null, reply = null,
      provider_id = null, mass_id = null, settled_at = null
    where s.state in ('refused', 'sending', 'in-doubt')
    returning id, attempt`.execute(tx)
  return new Map(taken.map(({ id, attempt }) => [id, attempt]))
}

export interface SendingOutcome {
  id: string
  attempt: number
  state: Exclude<SendingState, 'sending' | 'withdrawn'>
  providerId: string | null
  massId: string | null
  refusal: string | null
  code: string | null
  reply: string
}

/** Writes what came of requests; a report may have been quicker, and what it said stands. */
export async function recordOutcomes(
  tx: Transaction,
  organizationId: string,
  outcomes: readonly SendingOutcome[],
): Promise<void> {
  if (outcomes.length === 0) return
  await sql`
    update wechat_sending s set state = o.state, provider_id = coalesce(o.provider_id, s.provider_id), mass_id = o.mass_id, refusal = o.refusal,
      code = o.code, reply = left(o.reply, 200), lease_until = null, was_in_doubt = s.was_in_doubt or o.state = 'in-doubt'
    from unnest(${outcomes.map((o) => o.id)}::uuid[], ${outcomes.map((o) => o.attempt)}::int[], ${outcomes.map((o) => o.state)}::text[],
      ${outcomes.map((o) => o.providerId)}::text[], ${outcomes.map((o) => o.massId)}::uuid[], ${outcomes.map((o) => o.refusal)}::text[],
      ${outcomes.map((o) => o.code)}::text[], ${outcomes.map((o) => o.reply)}::text[])
      o (id, attempt, state, provider_id, mass_id, refusal, code, reply)
    where s.organization_id = ${organizationId} and s.id = o.id and s.attempt = o.attempt and s.state in ('sending', 'in-doubt')`.execute(
    tx,
  )
}

/** Writes a report to its message. @returns its id when that says something new */
export async function placeReport(
  tx: Transaction,
  organizationId: string,
  accountId: string,
  { messageId, refusal }: { messageId: string; refusal: string | null },
  now: Date,
): Promise<string | undefined> {
  if (!messageId) return undefined
  const { rows } = await sql<{ id: string }>`
    update wechat_sending set state = ${refusal ? 'undelivered' : 'delivered'}, refusal = ${refusal}, settled_at = ${now}, lease_until = null
    where organization_id = ${organizationId} and account_id = ${accountId} and provider_id = ${messageId}
      and state not in ('delivered', ${refusal ? 'undelivered' : 'delivered'}) returning id`.execute(tx)
  return rows[0]?.id
}
