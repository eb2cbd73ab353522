import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Known } from '../../../platform/sent/tail.ts'
import type { GapCounts } from '../contract/stop.ts'
import type { MessageRow } from './store.ts'
import './table.ts'

/** As `markOf` (rules/sent-mark.ts) reckons them. */
const hashed = (text: ReturnType<typeof sql>) => sql`left(encode(sha256(convert_to(${text}, 'UTF8')), 'hex'), 24)`
const WAY = sql`case when m.rung is not null then 'ladder' else m.channel end`
const EXACT = hashed(sql`m.organization_id::text || '|touch|' || m.patient_id::text || '|' || m.touch || '|' || ${WAY}`)
const KIND = hashed(
  sql`m.organization_id::text || '|kind|' || m.patient_id::text || '|' || m.template || '|' || ${WAY}`,
)

/** Keeps what a data folder knows of a life that was undone; what is certain stays so. */
export async function keepMarks(tx: Transaction, organizationId: string, known: readonly Known[]): Promise<void> {
  const marks = new Map<string, { mark: string; certain: boolean; at: Date }>()
  for (const { exact, kind, certain, at } of known) {
    marks.set(exact, { mark: exact, certain: certain || (marks.get(exact)?.certain ?? false), at })
    if (!marks.get(kind)?.certain) marks.set(kind, { mark: kind, certain: false, at })
  }
  const rows = [...marks.values()].toSorted((a, b) => (a.mark < b.mark ? -1 : 1))
  for (let from = 0; from < rows.length; from += 5000) {
    const some = rows.slice(from, from + 5000)
    await sql`
      insert into message_sent_mark as s (organization_id, mark, certain, at)
      select ${organizationId}::uuid, n.mark, n.certain, n.at
      from unnest(${some.map((r) => r.mark)}::text[], ${some.map((r) => r.certain)}::boolean[], ${some.map((r) => r.at)}::timestamptz[]) n (mark, certain, at)
      order by n.mark
      on conflict (organization_id, mark) do update set certain = s.certain or excluded.certain, at = greatest(s.at, excluded.at)`.execute(
      tx,
    )
  }
}

/** What waits to leave the house, each with what is known of it. What a living sender holds is not among them. */
const waiting = (organizationId: string, now: Date) => sql`
  select m.id, e.at sent_at, case
    when e.certain then 'sent'
    when m.not_after <= ${now}::timestamptz then 'late'
    when e.mark is not null or k.mark is not null then 'maybe'
    when m.campaign is not null and m.reason = 'campaign-paused' then 'campaign'
    when m.campaign is not null or m.purpose = 'promotion' then 'promotion'
    else 'care' end class
  from message m
  left join message_sent_mark e on e.organization_id = m.organization_id and e.mark = ${EXACT}
  left join message_sent_mark k on k.organization_id = m.organization_id and k.mark = ${KIND}
  where m.organization_id = ${organizationId} and m.channel <> 'in-app'
    and (m.state in ('planned', 'deferred') or (m.state = 'claimed' and m.next_at <= ${now}::timestamptz))`

export type GapClass = keyof GapCounts

export async function countGap(db: Db, organizationId: string, now: Date): Promise<GapCounts> {
  const { rows } = await sql<{ class: GapClass; count: number }>`
    select class, count(*)::int count from (${waiting(organizationId, now)}) w group by class`.execute(db)
  const counts: GapCounts = { sent: 0, late: 0, maybe: 0, promotion: 0, campaign: 0, care: 0 }
  for (const row of rows) counts[row.class] = row.count
  return counts
}

const ENDS = {
  sent: { state: 'accepted', reason: 'sent-before-restore' },
  late: { state: 'expired', reason: 'too-late' },
  maybe: { state: 'cancelled', reason: 'maybe-sent' },
  promotion: { state: 'cancelled', reason: 'left-out' },
  care: { state: 'cancelled', reason: 'left-out' },
} as const

export type Ended = Pick<MessageRow, 'id' | 'patient_id' | 'template' | 'touch' | 'channel'>

/** Ends what of these kinds waits, with a step in the history of each. @returns the rows that were ended */
export async function endGap(ctx: WriteContext, kind: keyof typeof ENDS): Promise<Ended[]> {
  const now = ctx.clock.now()
  const { state, reason } = ENDS[kind]
  const { rows } = await sql<Ended>`
    with ended as (
      update message m set state = ${state}, reason = ${reason}, next_at = null, claimed_by = null,
        sent_at = case when ${kind} = 'sent' then coalesce(w.sent_at, ${now}::timestamptz) else m.sent_at end
      from (${waiting(ctx.organizationId, now)}) w
      where m.organization_id = ${ctx.organizationId} and m.id = w.id and w.class = ${kind}
      returning m.id, m.patient_id, m.template, m.touch, m.channel
    ), noted as (
      insert into message_event (organization_id, message_id, id, kind, detail, by_id, by_name, at)
      select ${ctx.organizationId}::uuid, id, gen_random_uuid(), ${state}, ${JSON.stringify({ reason })}::jsonb, ${ctx.actor.id}::uuid, ${ctx.actor.name}, ${now}::timestamptz
      from ended)
    select * from ended`.execute(ctx.tx)
  return rows
}

/** Whether there is anything to look for at all. */
export async function hasMarks(db: Db, organizationId: string): Promise<boolean> {
  const { rows } = await sql<{ some: boolean }>`
    select exists (select from message_sent_mark where organization_id = ${organizationId}) some`.execute(db)
  return rows[0]!.some
}

/** Of these messages those that went out in a life that was undone, with when. */
export async function findSentBefore(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, Date>> {
  const { rows } = await sql<{ id: string; at: Date }>`
    select m.id, s.at from message m join message_sent_mark s on s.organization_id = m.organization_id and s.mark = ${EXACT} and s.certain
    where m.organization_id = ${organizationId} and m.id = any(${[...ids]}::uuid[]) and m.channel <> 'in-app'`.execute(
    db,
  )
  return new Map(rows.map(({ id, at }) => [id, at]))
}

/** Longer than any message waits for its moment. */
export async function forgetMarks(db: Db, organizationId: string, before: Date): Promise<void> {
  await db
    .deleteFrom('message_sent_mark')
    .where('organization_id', '=', organizationId)
    .where('at', '<', before)
    .execute()
}
