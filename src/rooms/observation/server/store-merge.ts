import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { FACT_KIND_NAMES, FACT_KINDS } from './facts/kind.ts'

export interface Merge {
  id: string
  from_id: string
  into_id: string
}

/** Merges in force: the one of this id, or those that took this person away. */
export async function findMergesInForce(
  db: Db,
  organizationId: string,
  by: { mergeId: string } | { fromId: string },
): Promise<Merge[]> {
  const { rows } = await sql<Merge>`
    select id, from_id, into_id from patient_merge where organization_id = ${organizationId} and undone_at is null
      and ${'mergeId' in by ? sql`id = ${by.mergeId}` : sql`from_id = ${by.fromId}`}`.execute(db)
  return rows
}

interface MovedTable {
  kind: string
  table: string
  /** Facts that both persons have from the same source stay: they are one fact. */
  keyed: boolean
}

const MOVED: readonly MovedTable[] = [
  { kind: 'observation', table: 'observation', keyed: false },
  { kind: 'report', table: 'report', keyed: false },
  ...FACT_KIND_NAMES.map((kind) => ({ kind, table: FACT_KINDS[kind].table, keyed: true })),
]

/** Moves every fact of `from_id` and remembers which ones they were. Running again adds what has come since. */
export async function moveFacts(tx: Transaction, organizationId: string, merge: Merge, at: Date): Promise<void> {
  for (const { kind, table, keyed } of MOVED) {
    const twice = sql`exists (select from ${sql.table(table)} o where o.organization_id = t.organization_id and o.patient_id = ${merge.into_id}
      and o.superseded_by is null and t.superseded_by is null
      and ((o.source = t.source and o.source_id = t.source_id) ${kind === 'absence' ? sql`or o.about = t.about` : sql``}))`
    await sql`
      with moved as (
        update ${sql.table(table)} t set patient_id = ${merge.into_id}
        where t.organization_id = ${organizationId} and t.patient_id = ${merge.from_id} ${keyed ? sql`and not ${twice}` : sql``}
        returning t.id
      )
      insert into record_move as m (organization_id, merge_id, kind, fact_ids, moved_at)
      select ${organizationId}, ${merge.id}, ${kind}, array_agg(id), ${at} from moved having count(*) > 0
      on conflict (organization_id, merge_id, kind) do update set fact_ids = m.fact_ids || excluded.fact_ids`.execute(
      tx,
    )
  }
}

/**
 * Takes back what a merge had moved, and what has replaced it since: a correction belongs to what it corrects. What
 * came otherwise after the merge stays.
 */
export async function moveBack(tx: Transaction, organizationId: string, merge: Merge, at: Date): Promise<void> {
  for (const { kind, table } of MOVED) {
    const ofReports =
      kind === 'observation'
        ? sql`or t.report_id = any(array(${descendants(organizationId, merge, 'report', 'report')}))`
        : sql``
    await sql`
      update ${sql.table(table)} t set patient_id = ${merge.from_id}
      where t.organization_id = ${organizationId} and t.patient_id = ${merge.into_id}
        and (t.id = any(array(${descendants(organizationId, merge, kind, table)})) ${ofReports})`.execute(tx)
  }
  await sql`update record_move set undone_at = ${at} where organization_id = ${organizationId} and merge_id = ${merge.id}`.execute(
    tx,
  )
}

/** The ids a merge moved, and the ids of what superseded them, generation by generation. */
function descendants(organizationId: string, merge: Merge, kind: string, table: string) {
  return sql`with recursive moved (id) as (
      select unnest(fact_ids) from record_move where organization_id = ${organizationId} and merge_id = ${merge.id} and kind = ${kind} and undone_at is null
      union
      select n.id from moved m
      join ${sql.table(table)} o on o.organization_id = ${organizationId} and o.patient_id in (${merge.into_id}, ${merge.from_id}) and o.id = m.id
      join ${sql.table(table)} n on n.organization_id = ${organizationId} and n.patient_id = ${merge.into_id} and n.id = o.superseded_by
    ) select id from moved`
}
