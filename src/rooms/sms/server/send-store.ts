import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { SmsClass, SmsKind, SmsProviderName } from '../../../platform/sms/provider.ts'
import type { SendingState } from '../contract/words.ts'
import type { SmsSendingTable } from './table.ts'
import './table.ts'

export type SendingRow = Selectable<SmsSendingTable>

export interface NewSending {
  id: string
  provider: SmsProviderName
  toIndex: Buffer
  toSealed: Buffer
  templateCode: string
  kind: SmsKind
  segments: number
}

/**
 * Takes messages up for sending: what is new or was refused becomes `sending` and is ours until `leaseUntil`. Of two
 * workers that ask for the same message one gets it; the other reads what the first has made of it.
 * @returns the ids that are ours, with the number of the try
 */
export async function takeUp(
  tx: Transaction,
  organizationId: string,
  rows: readonly NewSending[],
  now: Date,
  leaseUntil: Date,
): Promise<Map<string, number>> {
  if (rows.length === 0) return new Map()
  const { rows: taken } = await sql<{ id: string; attempt: number }>`
    insert into sms_sending as s (organization_id, id, provider, to_index, to_sealed, template_code, kind, segments, state, handed_at, lease_until)
    select ${organizationId}::uuid, n.id, n.provider, n.to_index, n.to_sealed, n.template_code, n.kind, n.segments, 'sending', ${now}::timestamptz, ${leaseUntil}::timestamptz
    from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.provider)}::text[], ${rows.map((r) => r.toIndex)}::bytea[],
      ${rows.map((r) => r.toSealed)}::bytea[], ${rows.map((r) => r.templateCode)}::text[], ${rows.map((r) => r.kind)}::text[], ${rows.map((r) => r.segments)}::int[])
      n (id, provider, to_index, to_sealed, template_code, kind, segments)
    order by n.id
    on conflict (organization_id, id) do update set state = 'sending', attempt = s.attempt + 1, provider = excluded.provider,
      provider_id = null, to_index = excluded.to_index, to_sealed = excluded.to_sealed, template_code = excluded.template_code,
      kind = excluded.kind, segments = excluded.segments, handed_at = excluded.handed_at, lease_until = excluded.lease_until,
      class = null, code = null, reply = null, settled_at = null
    where s.state = 'refused'
    returning id, attempt`.execute(tx)
  return new Map(taken.map(({ id, attempt }) => [id, attempt]))
}

export function findSendings(db: Db, organizationId: string, ids: readonly string[]): Promise<SendingRow[]> {
  if (ids.length === 0) return Promise.resolve([])
  return db
    .selectFrom('sms_sending')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', 'in', [...ids])
    .execute()
}

export interface SendingOutcome {
  id: string
  attempt: number
  state: Exclude<SendingState, 'sending'>
  providerId: string | null
  class: SmsClass | null
  code: string | null
  reply: string
}

/**
 * Writes what came of requests. A receipt may have been quicker than the answer to the request: what it said stands. A
 * worker that slept through its lease finds its message in doubt and may still say that it was taken or not.
 * @returns what stands afterwards, of those that were this worker's to settle
 */
export async function recordOutcomes(
  tx: Transaction,
  organizationId: string,
  outcomes: readonly SendingOutcome[],
  now: Date,
): Promise<Map<string, SendingState>> {
  if (outcomes.length === 0) return new Map()
  const { rows } = await sql<{ id: string; state: SendingState }>`
    update sms_sending s set
      state = case when s.state in ('delivered', 'undelivered') then s.state else o.state end,
      provider_id = coalesce(o.provider_id, s.provider_id),
      class = case when s.state in ('delivered', 'undelivered') then s.class else o.class end,
      code = case when s.state in ('delivered', 'undelivered') then s.code else o.code end,
      reply = left(o.reply, 300), lease_until = null,
      was_in_doubt = s.was_in_doubt or o.state = 'in-doubt',
      settled_at = case when s.state in ('delivered', 'undelivered') then s.settled_at when o.state in ('delivered', 'undelivered') then ${now}::timestamptz else null end
    from unnest(${outcomes.map((o) => o.id)}::uuid[], ${outcomes.map((o) => o.attempt)}::int[], ${outcomes.map((o) => o.state)}::text[],
      ${outcomes.map((o) => o.providerId)}::text[], ${outcomes.map((o) => o.class)}::text[], ${outcomes.map((o) => o.code)}::text[], ${outcomes.map((o) => o.reply)}::text[])
      o (id, attempt, state, provider_id, class, code, reply)
    where s.organization_id = ${organizationId} and s.id = o.id and s.attempt = o.attempt and s.state <> 'refused' and s.state <> 'accepted'
    returning s.id, s.state`.execute(tx)
  return new Map(rows.map(({ id, state }) => [id, state]))
}

/** Requests whose lease is over: the worker that sent them never said what came of it. */
export async function markLapsed(tx: Transaction, organizationId: string, now: Date): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update sms_sending set state = 'in-doubt', lease_until = null, was_in_doubt = true
    where organization_id = ${organizationId} and state = 'sending' and lease_until <= ${now} returning id`.execute(tx)
  return rows.map(({ id }) => id)
}

/** What was last handed over to a number, newest first. */
export async function findSentTo(
  db: Db,
  organizationId: string,
  toIndex: Buffer,
  since: Date,
  limit: number,
): Promise<SendingRow[]> {
  return db
    .selectFrom('sms_sending')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('to_index', '=', toIndex)
    .where('handed_at', '>=', since)
    .where('state', '<>', 'refused')
    .orderBy('handed_at', 'desc')
    .limit(limit)
    .execute()
}
