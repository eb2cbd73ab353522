import { sql, type RawBuilder } from 'kysely'
import type { Actor } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { visibleParts } from '../../patient/server/index.ts'
import type { Because, ReadingVerdict } from '../contract/words.ts'
import type { Counts } from './rules/figures.ts'
import type { MessageHitTable } from './table.ts'

export type HitRow = MessageHitTable

/** Hits of one mail come one after the other: each is judged together with those before it. */
export async function lockReading(
  tx: Transaction,
  organizationId: string,
  messageId: string,
): Promise<{ sent_at: Date | null } | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reading:${organizationId}:${messageId}`}, 0))`.execute(tx)
  return tx
    .selectFrom('message')
    .select('sent_at')
    .where('organization_id', '=', organizationId)
    .where('id', '=', messageId)
    .executeTakeFirst()
}

export async function findHits(db: Db, organizationId: string, messageId: string): Promise<HitRow[]> {
  return db
    .selectFrom('message_hit')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('message_id', '=', messageId)
    .orderBy('id')
    .execute()
}

export async function insertHit(tx: Transaction, row: HitRow): Promise<void> {
  await tx.insertInto('message_hit').values(row).execute()
}

export async function judgeAnew(
  tx: Transaction,
  row: HitRow,
  verdict: ReadingVerdict,
  because: Because,
): Promise<void> {
  await tx
    .updateTable('message_hit')
    .set({ verdict, because })
    .where('organization_id', '=', row.organization_id)
    .where('message_id', '=', row.message_id)
    .where('id', '=', row.id)
    .execute()
}

export async function putReading(
  tx: Transaction,
  key: { organizationId: string; messageId: string },
  says: { raw: boolean; seen: boolean; clicked: boolean; surplus: number },
  at: Date,
): Promise<void> {
  const { surplus, ...rest } = says
  await sql`
    insert into message_reading (organization_id, message_id, raw, seen, clicked, surplus, first_at, changed_at)
    values (${key.organizationId}, ${key.messageId}, ${rest.raw}, ${rest.seen}, ${rest.clicked}, ${surplus}, ${at}, ${at})
    on conflict (organization_id, message_id) do update
    set raw = excluded.raw, seen = excluded.seen, clicked = excluded.clicked,
      surplus = message_reading.surplus + excluded.surplus, changed_at = excluded.changed_at`.execute(tx)
}

/** By template, of mails taken from `from` on and before `before`. Reads an index of sent mails, so a month costs what a month holds. */
export async function countReading(db: Db, organizationId: string, from: Date, before: Date): Promise<Counts[]> {
  return (await countQuery(organizationId, from, before).execute(db)).rows
}

/** Apart, so that a test can ask for its plan. */
export function countQuery(organizationId: string, from: Date, before: Date): RawBuilder<Counts> {
  return sql<Counts>`
    select m.template, count(*)::int delivered, count(*) filter (where r.raw)::int raw, count(*) filter (where r.seen)::int seen,
      count(*) filter (where r.clicked)::int clicked
    from message m left join message_reading r on r.organization_id = m.organization_id and r.message_id = m.id
    where m.organization_id = ${organizationId} and m.channel = 'email' and m.sent_at >= ${from} and m.sent_at < ${before}
      and m.state = 'accepted' and m.counts_reading
    group by m.template order by delivered desc, m.template`
}

export type ReadingOf = 'delivered' | 'raw' | 'seen' | 'clicked'

export interface ReaderRow {
  message_id: string
  patient_id: string
  patient_name: string
  sent_at: Date
  raw: boolean
  seen: boolean
  clicked: boolean
}

/**
 * Whose mails a figure counts, of the people the actor looks after, newest first. The few hundred people of a carer are
 * found first: along the mails of a year one would pass a house full before the first of theirs.
 */
export async function findReaders(
  db: Db,
  organizationId: string,
  actor: Actor,
  filter: ReadersWanted,
  page: ReadersPage,
): Promise<ReaderRow[]> {
  return (await readersQuery(organizationId, actor, filter, page).execute(db)).rows
}

export interface ReadersWanted {
  template: string
  from: Date
  before: Date
  of: ReadingOf
}

export interface ReadersPage {
  after?: string | undefined
  limit: number
  now: Date
}

export function readersQuery(
  organizationId: string,
  actor: Actor,
  filter: ReadersWanted,
  page: ReadersPage,
): RawBuilder<ReaderRow> {
  const parts = visibleParts(actor, organizationId, page.now)
  const own = parts.map((part) => sql`select id from patient where organization_id = ${organizationId} and ${part}`)
  const whose = own.length > 0 ? sql`m.patient_id = any(array(${sql.join(own, sql` union `)}))` : sql`false`
  const only = { delivered: sql`true`, raw: sql`r.raw`, seen: sql`r.seen`, clicked: sql`r.clicked` }[filter.of]
  return sql<ReaderRow>`
    select m.id message_id, m.patient_id, p.name patient_name, m.sent_at,
      coalesce(r.raw, false) raw, coalesce(r.seen, false) seen, coalesce(r.clicked, false) clicked
    from message m
    join patient p on p.organization_id = m.organization_id and p.id = m.patient_id
    left join message_reading r on r.organization_id = m.organization_id and r.message_id = m.id
    where m.organization_id = ${organizationId} and m.channel = 'email' and m.sent_at >= ${filter.from} and m.sent_at < ${filter.before}
      and m.state = 'accepted' and m.counts_reading and m.template = ${filter.template} and ${only}
      and ${whose} ${page.after ? sql`and m.id < ${page.after}` : sql``}
    order by m.id desc limit ${page.limit}`
}

/** @returns whether it was not there yet */
export async function insertReport(
  tx: Transaction,
  organizationId: string,
  month: string,
  lines: Counts[],
  at: Date,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows: count } = await tx
    .insertInto('reading_report')
    .values({ organization_id: organizationId, month, lines: JSON.stringify(lines), made_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  return Number(count) > 0
}

export async function findReports(db: Db, organizationId: string, limit: number) {
  return db
    .selectFrom('reading_report')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('month', 'desc')
    .limit(limit)
    .execute()
}

/** What is known of how somebody reads goes when they do not want it to be known. */
export async function forgetReading(tx: Transaction, organizationId: string, patientId: string): Promise<void> {
  for (const table of ['message_hit', 'message_reading'])
    await sql`delete from ${sql.table(table)} h using message m
      where m.organization_id = ${organizationId} and m.patient_id = ${patientId}
        and h.organization_id = m.organization_id and h.message_id = m.id`.execute(tx)
}
