import { sql } from 'kysely'
import { PREPARED, type Transaction } from '../../../platform/database/database.ts'
import type { MessageState } from '../contract/words.ts'
import type { StopAsked } from './rules/stop.ts'
import './table.ts'

/** What became of a message that was claimed. */
export interface Settled {
  id: string
  /** The number of the try it speaks of: a sender that slept through its claim settles nothing. */
  attempt: number
  /** `planned`: as if it had not been taken up. */
  state: 'accepted' | 'deferred' | 'failed' | 'planned'
  reason: string | null
  reply: string
  nextAt: Date | null
  uncertain: boolean
  /** It was surely not handed over, and nobody was to blame: such a try does not bring it nearer to being given up. */
  isFree?: boolean
  /** More than this message stands still for what came back. */
  stop?: StopAsked
}

/**
 * Writes what the transport said. What was withdrawn meanwhile and has not gone out ends here.
 * @returns what was still this sender's to settle, by id, with the state it has now
 */
export async function settle(
  tx: Transaction,
  organizationId: string,
  now: Date,
  rows: readonly Settled[],
): Promise<Map<string, { state: MessageState; reason: string | null }>> {
  if (rows.length === 0) return new Map()
  const { rows: done } = await sql<{ id: string; state: MessageState; reason: string | null }>`${sql.raw(PREPARED)}
    update message m set state = case when c.is_withdrawn then 'cancelled' else c.state end,
      reason = case when c.is_withdrawn then c.withdrawal else c.reason end,
      next_at = case when c.is_withdrawn then null else c.next_at end,
      reply = left(c.reply, 300), claimed_by = null, uncertain = c.uncertain,
      attempts = case when c.is_free then m.attempts - 1 else m.attempts end,
      sent_at = case when c.state = 'accepted' then ${now}::timestamptz else m.sent_at end,
      values_sealed = case when c.state = 'accepted' then null else m.values_sealed end
    from (
      select o.id, o.attempts, o.withdrawal, s.state, s.reason, s.reply, s.next_at, s.uncertain, s.is_free,
        o.withdrawal is not null and s.state in ('planned', 'deferred') is_withdrawn
      from unnest(${rows.map((r) => r.id)}::uuid[], ${rows.map((r) => r.attempt)}::int[], ${rows.map((r) => r.state)}::text[],
        ${rows.map((r) => r.reason)}::text[], ${rows.map((r) => r.reply)}::text[], ${rows.map((r) => r.nextAt)}::timestamptz[],
        ${rows.map((r) => r.uncertain)}::boolean[], ${rows.map((r) => r.isFree === true)}::boolean[])
        s (id, attempt, state, reason, reply, next_at, uncertain, is_free)
      join message o on o.organization_id = ${organizationId}::uuid and o.id = s.id and o.state = 'claimed' and o.attempts = s.attempt
      order by o.id for update of o) c
    where m.organization_id = ${organizationId}::uuid and m.id = c.id
    returning m.id, m.state, m.reason`.execute(tx)
  return new Map(done.map(({ id, ...row }) => [id, row]))
}
