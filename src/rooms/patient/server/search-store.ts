import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Actor } from '../../../platform/context/context.ts'
import { seesAll, visibleIds, visibleTo } from './scope.ts'
import { afterPrefix, type SearchQuery } from './search-query.ts'
import './table.ts'

/** Up to so many people of one's own are looked through one by one; beyond, the words lead (measured: 1 ms a thousand). */
const OWN_MAX = 5000

/** Adds words for people; those that stand already are left alone. */
export async function insertWords(tx: Transaction, organizationId: string, words: readonly { patientId: string; word: string }[]): Promise<void> {
  if (words.length === 0) return
  await sql`
    insert into patient_search (organization_id, word, patient_id)
    select ${organizationId}::uuid, word, patient_id
    from unnest(${words.map((w) => w.word)}::text[], ${words.map((w) => w.patientId)}::uuid[]) w (word, patient_id)
    on conflict do nothing`.execute(tx)
}

export async function wordsOf(db: Db, organizationId: string, patientId: string): Promise<string[]> {
  const rows = await db.selectFrom('patient_search').select('word').where('organization_id', '=', organizationId).where('patient_id', '=', patientId).execute()
  return rows.map((row) => row.word)
}

export async function deleteWords(tx: Transaction, organizationId: string, patientId: string, words?: readonly string[]): Promise<void> {
  let query = tx.deleteFrom('patient_search').where('organization_id', '=', organizationId).where('patient_id', '=', patientId)
  if (words) query = query.where('word', 'in', [...words, ''])
  await query.execute()
}

/**
 * Ids of people under the words of a query, exact hits first. Prefixes are ranges of the primary key and stop at the
 * limit, so 王 costs as little among a million as 王小明. Whoever sees only their own is served from their own list,
 * as long as that is short: otherwise a common name would be read to its end to find three of theirs.
 */
export async function searchIds(db: Db, organizationId: string, actor: Actor, query: SearchQuery, limit: number, now: Date): Promise<string[]> {
  if (seesAll(actor)) return ranked(await hits(db, organizationId, query, limit * 4), limit)
  const own = visibleIds(actor, organizationId, now)
  if (!own) return []
  const ids = (await sql<{ id: string }>`select id from (${own}) own limit ${OWN_MAX + 1}`.execute(db)).rows.map((row) => row.id)
  if (ids.length <= OWN_MAX) return ranked(await hitsAmong(db, organizationId, query, ids, limit * 4), limit)
  return ranked(await hitsVisible(db, organizationId, query, actor, limit * 4, now), limit)
}

type Hit = { patient_id: string; rank: number; word: string }

function ranked(hitRows: Hit[], limit: number): string[] {
  const sorted = hitRows.toSorted((a, b) => a.rank - b.rank || (a.word < b.word ? -1 : a.word > b.word ? 1 : a.patient_id < b.patient_id ? -1 : 1))
  return [...new Set(sorted.map((hit) => hit.patient_id))].slice(0, limit)
}

async function hits(db: Db, organizationId: string, { exact, prefixes }: SearchQuery, limit: number): Promise<Hit[]> {
  const parts = [
    ...exact.map((word) => sql`(select patient_id, 0 as rank, word from patient_search
      where organization_id = ${organizationId} and word = ${word} order by patient_id limit ${limit})`),
    ...prefixes.map((prefix) => sql`(select patient_id, 1 as rank, word from patient_search
      where organization_id = ${organizationId} and word > ${prefix} and word < ${afterPrefix(prefix)}
      order by word, patient_id limit ${limit})`),
  ]
  return (await sql<Hit>`${sql.join(parts, sql` union all `)}`.execute(db)).rows
}

async function hitsAmong(db: Db, organizationId: string, query: SearchQuery, ids: readonly string[], limit: number): Promise<Hit[]> {
  const among = (condition: ReturnType<typeof sql>, rank: number) => sql`(select s.patient_id, ${sql.lit(rank)} as rank, s.word
    from unnest(${ids}::uuid[]) own (id)
    cross join lateral (select patient_id, word from patient_search where organization_id = ${organizationId} and patient_id = own.id and ${condition} offset 0) s
    limit ${limit})`
  const parts = [
    ...query.exact.map((word) => among(sql`word = ${word}`, 0)),
    ...query.prefixes.map((prefix) => among(sql`word > ${prefix} and word < ${afterPrefix(prefix)}`, 1)),
  ]
  return (await sql<Hit>`${sql.join(parts, sql` union all `)}`.execute(db)).rows
}

async function hitsVisible(db: Db, organizationId: string, query: SearchQuery, actor: Actor, limit: number, now: Date): Promise<Hit[]> {
  const scope = visibleTo(actor, 'p', now)
  const part = (condition: ReturnType<typeof sql>, rank: number) => sql`(select s.patient_id, ${sql.lit(rank)} as rank, s.word
    from patient_search s join patient p on p.organization_id = s.organization_id and p.id = s.patient_id
    where s.organization_id = ${organizationId} and ${condition} and ${scope} order by s.word, s.patient_id limit ${limit})`
  const parts = [
    ...query.exact.map((word) => part(sql`s.word = ${word}`, 0)),
    ...query.prefixes.map((prefix) => part(sql`s.word > ${prefix} and s.word < ${afterPrefix(prefix)}`, 1)),
  ]
  return (await sql<Hit>`${sql.join(parts, sql` union all `)}`.execute(db)).rows
}
