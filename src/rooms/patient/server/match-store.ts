import { sql } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'
import './table.ts'

/** What is compared when persons are matched; `merged` rows are led on to the row they went into. */
export interface KnownPerson {
  id: string
  name: string
  birth_date: string | null
  paper_index: Buffer | null
  phone_index: Buffer | null
  guardian_phone_index: Buffer | null
  record_number: string | null
  state: 'active' | 'deceased' | 'merged'
  merged_into: string | null
}

/** Everybody who has one of these papers, record numbers or phones: one query for many persons. */
export async function findKnown(
  db: Db,
  organizationId: string,
  by: { papers?: readonly Buffer[]; recordNumbers?: readonly string[]; phones?: readonly Buffer[] },
): Promise<KnownPerson[]> {
  const among = (condition: ReturnType<typeof sql>) => sql`
    select id, name, birth_date, paper_index, phone_index, guardian_phone_index, record_number, state, merged_into
    from patient where organization_id = ${organizationId} and ${condition}`
  // The indexes are partial; each condition names what its index leaves out.
  const parts = [
    ...(by.papers?.length
      ? ["<> 'merged'", "= 'merged'"].map((state) =>
          among(sql`paper_index = any(${by.papers}::bytea[]) and paper_index is not null and state ${sql.raw(state)}`),
        )
      : []),
    ...(by.recordNumbers?.length
      ? [among(sql`record_number = any(${by.recordNumbers}::text[]) and record_number is not null`)]
      : []),
    ...(by.phones?.length
      ? ['phone_index', 'guardian_phone_index'].map((column) =>
          among(sql`${sql.ref(column)} = any(${by.phones}::bytea[]) and ${sql.ref(column)} is not null`),
        )
      : []),
  ]
  if (parts.length === 0) return []
  // `union` would have to compare rows with bytea; the few that come twice are told apart here.
  const { rows } = await sql<KnownPerson>`${sql.join(parts, sql` union all `)} limit 20000`.execute(db)
  return [...new Map(rows.map((row) => [row.id, row])).values()]
}

/** Where merged rows went, through chains of merges. */
export async function findSurvivors(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<(KnownPerson & { asked: string })[]> {
  if (ids.length === 0) return []
  const { rows } = await sql<KnownPerson & { asked: string }>`
    with recursive chain (asked, id, steps) as (
      select id, merged_into, 1 from patient where organization_id = ${organizationId} and id = any(${ids}::uuid[]) and state = 'merged'
      union all
      select c.asked, p.merged_into, c.steps + 1 from chain c
      join patient p on p.organization_id = ${organizationId} and p.id = c.id and p.state = 'merged' where c.steps < 20)
    select c.asked, p.id, p.name, p.birth_date, p.paper_index, p.phone_index, p.guardian_phone_index, p.record_number, p.state, p.merged_into
    from chain c join patient p on p.organization_id = ${organizationId} and p.id = c.id
    where p.state <> 'merged'`.execute(db)
  return rows
}
