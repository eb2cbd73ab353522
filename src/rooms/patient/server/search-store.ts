import { sql, type Expression, type RawBuilder, type SqlBool } from 'kysely'
import { PREPARED, type Db, type Transaction } from '../../../platform/database/database.ts'
import type { Actor } from '../../../platform/context/context.ts'
import { seesAll, visibleById, visibleParts } from './scope.ts'
import { afterPrefix, type SearchQuery } from './search-query.ts'
import './table.ts'

/** So many hits are looked through for those one may see, whoever asks. */
const HITS_MAX = 3000
/** Up to so many people of one's own are looked up one by one under the words. */
const OWN_FEW = 2000
/** Up to so many are kept in a hash while the hits are read to their end. */
const OWN_MAX = 20_000
/** A person may stand under several words that begin alike; so many hits more are read than people are wanted. */
const WORDS_MORE = 4

/** Adds words for people; those that stand already are left alone. */
export async function insertWords(
  tx: Transaction,
  organizationId: string,
  words: readonly { patientId: string; word: string }[],
): Promise<void> {
  if (words.length === 0) return
  await sql`
    insert into patient_search (organization_id, word, patient_id)
    select ${organizationId}::uuid, word, patient_id
    from unnest(${words.map((w) => w.word)}::text[], ${words.map((w) => w.patientId)}::uuid[]) w (word, patient_id)
    on conflict do nothing`.execute(tx)
}

export async function wordsOf(db: Db, organizationId: string, patientId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('patient_search')
    .select('word')
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .execute()
  return rows.map((row) => row.word)
}

export async function deleteWords(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  words?: readonly string[],
): Promise<void> {
  let query = tx
    .deleteFrom('patient_search')
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
  if (words) query = query.where('word', 'in', [...words, ''])
  await query.execute()
}

/**
 * Ids of people under the words of a query, exact hits first. Words and prefixes are ranges of the primary key and end at
 * a limit, so 王 costs as little among a million as 王小明. Whoever sees only their own is answered from the first hits
 * when these hold enough of theirs, which they do from one in a hundred on; else their own are few among the hits, and
 * how many they are decides what leads.
 */
export async function searchIds(
  db: Db,
  organizationId: string,
  actor: Actor,
  query: SearchQuery,
  limit: number,
  now: Date,
): Promise<string[]> {
  const wanted = limit + WORDS_MORE
  const found = await hitsOf(db, organizationId, actor, query, wanted, now)
  const people = ranked(found, limit)
  if (people.length === limit || found.length < wanted) return people
  return ranked(await hitsOf(db, organizationId, actor, query, limit * 4, now), limit)
}

/** @returns at most `wanted` hits, or some more; fewer only when there are no more */
async function hitsOf(
  db: Db,
  organizationId: string,
  actor: Actor,
  query: SearchQuery,
  wanted: number,
  now: Date,
): Promise<Hit[]> {
  if (seesAll(actor)) return (await sql<Hit>`${PREPARED_SQL} ${hits(organizationId, query, wanted)}`.execute(db)).rows
  const parts = visibleParts(actor, organizationId, now)
  if (parts.length === 0) return []
  const visible = visibleById(actor, organizationId, sql`hit.patient_id`, now)
  const first = await amongFirstHits(db, organizationId, query, visible, wanted)
  if (first.length >= wanted || (await areFew(db, organizationId, query))) return first
  const own = sql`(${sql.join(
    parts.map(
      (part) =>
        sql`(select id from patient where organization_id = ${organizationId} and ${part} limit ${OWN_MAX + 1})`,
    ),
    sql` union `,
  )})`
  const count = await countOf(db, own)
  if (count > OWN_MAX) return hitsVisible(db, organizationId, query, visible, wanted)
  if (count > OWN_FEW) return hitsAmong(db, organizationId, query, own, wanted)
  return wordsAmong(db, organizationId, query, own, wanted)
}

const PREPARED_SQL = sql.raw(PREPARED)

type Hit = { patient_id: string; rank: number; word: string }

function ranked(hitRows: readonly Hit[], limit: number): string[] {
  const sorted = hitRows.toSorted(
    (a, b) => a.rank - b.rank || (a.word < b.word ? -1 : a.word > b.word ? 1 : a.patient_id < b.patient_id ? -1 : 1),
  )
  return [...new Set(sorted.map((hit) => hit.patient_id))].slice(0, limit)
}

type Condition = ReturnType<typeof sql<SqlBool>>

/** The ranges of a query, exact words before longer ones. */
function ranges({ exact, prefixes }: SearchQuery, word = sql.ref('word')): { rank: number; condition: Condition }[] {
  return [
    ...exact.map((one) => ({ rank: 0, condition: sql<SqlBool>`${word} = ${one}` })),
    ...prefixes.map((prefix) => ({
      rank: 1,
      condition: sql<SqlBool>`${word} > ${prefix} and ${word} < ${afterPrefix(prefix)}`,
    })),
  ]
}

function hits(organizationId: string, query: SearchQuery, limit: number) {
  const parts = ranges(query).map(
    ({ rank, condition }) => sql`(select patient_id, ${sql.lit(rank)} as rank, word from patient_search
    where organization_id = ${organizationId} and ${condition} order by word, patient_id limit ${limit})`,
  )
  return sql`${sql.join(parts, sql` union all `)}`
}

/** The visible ones among the first hits of each range, in their order; reading ends as soon as there are enough. */
async function amongFirstHits(
  db: Db,
  organizationId: string,
  query: SearchQuery,
  visible: Expression<SqlBool>,
  limit: number,
): Promise<Hit[]> {
  const parts = ranges(query).map(
    ({ rank, condition }) => sql`(select hit.* from (
      select patient_id, ${sql.lit(rank)} as rank, word from patient_search
      where organization_id = ${organizationId} and ${condition} order by word, patient_id limit ${sql.lit(HITS_MAX)}) hit
      where ${visible}
      limit ${sql.lit(limit)})`,
  )
  return (
    await sql<Hit>`${PREPARED_SQL} select * from (${sql.join(parts, sql` union all `)}) found limit ${sql.lit(limit)}`.execute(
      db,
    )
  ).rows
}

/** Whether there are no more hits than were looked through. */
async function areFew(db: Db, organizationId: string, query: SearchQuery): Promise<boolean> {
  const counts = ranges(query).map(
    ({ condition }) => sql`(select count(*) from (select from patient_search
      where organization_id = ${organizationId} and ${condition} limit ${sql.lit(HITS_MAX + 1)}) hit)`,
  )
  const { rows } = await sql<{ most: number }>`${PREPARED_SQL}
    select greatest(${sql.join(counts)})::int most`.execute(db)
  return rows[0]!.most <= HITS_MAX
}

async function countOf(db: Db, own: RawBuilder<unknown>): Promise<number> {
  const { rows } = await sql<{
    n: number
  }>`select count(*)::int n from (select from ${own} own limit ${OWN_MAX + 1}) o`.execute(db)
  return rows[0]!.n
}

/** What the parts find, each of which may ask `own` for one's own people. */
async function hitsWith(db: Db, own: RawBuilder<unknown>, parts: readonly RawBuilder<unknown>[]): Promise<Hit[]> {
  const people = sql`own as materialized (select id from ${own} own)`
  return (await sql<Hit>`${PREPARED_SQL} with ${people} ${sql.join(parts, sql` union all `)}`.execute(db)).rows
}

/** Few people: the words of each. Ends as soon as there are enough, since any of so many is as good. */
async function wordsAmong(
  db: Db,
  organizationId: string,
  query: SearchQuery,
  own: RawBuilder<unknown>,
  limit: number,
): Promise<Hit[]> {
  const parts = ranges(query).map(
    ({ rank, condition }) => sql`(select s.patient_id, ${sql.lit(rank)} as rank, s.word from own
    cross join lateral (select patient_id, word from patient_search
      where organization_id = ${organizationId} and patient_id = own.id and ${condition} offset 0) s
    limit ${limit})`,
  )
  return hitsWith(db, own, parts)
}

/**
 * Thousands of people: the hits in their order, each looked up in a hash. `is true` keeps the planner from making a join
 * of it, which would read and sort all hits.
 */
async function hitsAmong(
  db: Db,
  organizationId: string,
  query: SearchQuery,
  own: RawBuilder<unknown>,
  limit: number,
): Promise<Hit[]> {
  const parts = ranges(query).map(
    ({ rank, condition }) => sql`(select patient_id, ${sql.lit(rank)} as rank, word from patient_search
    where organization_id = ${organizationId} and ${condition} and (patient_id in (select id from own)) is true
    order by word, patient_id limit ${limit})`,
  )
  return hitsWith(db, own, parts)
}

/** Tens of thousands and more, though few among the first hits: the hits in their order to their end, if need be. */
async function hitsVisible(
  db: Db,
  organizationId: string,
  query: SearchQuery,
  visible: Expression<SqlBool>,
  limit: number,
): Promise<Hit[]> {
  const parts = ranges(query).map(
    ({ rank, condition }) => sql`(select hit.patient_id, ${sql.lit(rank)} as rank, hit.word from patient_search hit
    where hit.organization_id = ${organizationId} and ${condition} and ${visible} order by hit.word, hit.patient_id limit ${limit})`,
  )
  return (await sql<Hit>`${sql.join(parts, sql` union all `)}`.execute(db)).rows
}
