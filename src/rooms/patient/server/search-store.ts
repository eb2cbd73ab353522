import { sql, type Expression, type SqlBool } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Actor } from '../../../platform/context/context.ts'
import { seesAll, visibleParts, visibleTo } from './scope.ts'
import { afterPrefix, type SearchQuery } from './search-query.ts'
import './table.ts'

/** Up to so many people of one's own are looked through one by one; beyond, the words lead. */
const OWN_MAX = 5000
/** Up to so many hits are looked through for those one may see, whoever asks. */
const HITS_MAX = 2000

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
 * a limit, so 王 costs as little among a million as 王小明. Whoever sees only their own is answered from the hits, as
 * long as these are few; a common name goes through their own people instead, since otherwise it would be read to its
 * end to find three of theirs. Only an own list too long for that is filtered hit by hit, and it fills quickly.
 */
export async function searchIds(
  db: Db,
  organizationId: string,
  actor: Actor,
  query: SearchQuery,
  limit: number,
  now: Date,
): Promise<string[]> {
  if (seesAll(actor)) return ranked((await sql<Hit>`${hits(organizationId, query, limit * 4)}`.execute(db)).rows, limit)
  const parts = visibleParts(actor, organizationId, now)
  if (parts.length === 0) return []
  const few = await amongFewHits(db, organizationId, query, visibleTo(actor, 'p', now), limit * 4)
  if (few) return ranked(few, limit)
  const ids = await ownIds(db, organizationId, parts)
  if (!ids) return ranked(await hitsVisible(db, organizationId, query, visibleTo(actor, 'p', now), limit * 4), limit)
  const whole = await amongFewHits(
    db,
    organizationId,
    { ...query, prefixes: [] },
    visibleTo(actor, 'p', now),
    limit * 4,
  )
  return ranked([...(whole ?? []), ...(await beginningsAmong(db, organizationId, query, ids, limit * 4))], limit)
}

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

/** The visible ones of all hits; undefined when there are too many to look at each. */
async function amongFewHits(
  db: Db,
  organizationId: string,
  query: SearchQuery,
  scope: Expression<SqlBool>,
  limit: number,
): Promise<Hit[] | undefined> {
  const { rows } = await sql<Partial<Hit> & { seen: number }>`
    with hit as materialized (${hits(organizationId, query, HITS_MAX + 1)}), seen as (select count(*)::int as seen from hit)
    select seen.seen, h.patient_id, h.rank, h.word from seen left join lateral (
      select hit.* from hit join patient p on p.organization_id = ${organizationId} and p.id = hit.patient_id
      where seen.seen <= ${HITS_MAX} and ${scope} order by hit.rank, hit.word limit ${limit}) h on true`.execute(db)
  return rows[0]!.seen > HITS_MAX
    ? undefined
    : rows.filter((row): row is Hit & { seen: number } => row.patient_id !== null)
}

/** The ids of one's own people; undefined when they are too many to go through. */
async function ownIds(
  db: Db,
  organizationId: string,
  parts: readonly Expression<SqlBool>[],
): Promise<string[] | undefined> {
  const one = (scope: Expression<SqlBool>) =>
    sql`(select id from patient where organization_id = ${organizationId} and ${scope} limit ${OWN_MAX + 1})`
  const { rows } = await sql<{
    id: string
  }>`select id from (${sql.join(parts.map(one), sql` union `)}) own limit ${OWN_MAX + 1}`.execute(db)
  return rows.length > OWN_MAX ? undefined : rows.map((row) => row.id)
}

/** Anybody of one's own under the prefixes; ends as soon as there are enough, since any of so many is as good. */
async function beginningsAmong(
  db: Db,
  organizationId: string,
  { prefixes }: SearchQuery,
  ids: readonly string[],
  limit: number,
): Promise<Hit[]> {
  if (prefixes.length === 0) return []
  const parts = prefixes.map(
    (prefix) => sql`(select s.patient_id, 1 as rank, s.word
    from unnest(${ids}::uuid[]) own (id)
    cross join lateral (select patient_id, word from patient_search
      where organization_id = ${organizationId} and patient_id = own.id and word >= ${prefix} and word < ${afterPrefix(prefix)} offset 0) s
    limit ${limit})`,
  )
  return (await sql<Hit>`${sql.join(parts, sql` union all `)}`.execute(db)).rows
}

async function hitsVisible(
  db: Db,
  organizationId: string,
  query: SearchQuery,
  scope: Expression<SqlBool>,
  limit: number,
): Promise<Hit[]> {
  const parts = ranges(query, sql.ref('s.word')).map(
    ({ rank, condition }) => sql`(select s.patient_id, ${sql.lit(rank)} as rank, s.word
    from patient_search s join patient p on p.organization_id = s.organization_id and p.id = s.patient_id
    where s.organization_id = ${organizationId} and ${condition} and ${scope} order by s.word, s.patient_id limit ${limit})`,
  )
  return (await sql<Hit>`${sql.join(parts, sql` union all `)}`.execute(db)).rows
}
