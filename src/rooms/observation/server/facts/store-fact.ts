import { sql } from 'kysely'
import type { Db, Transaction } from '../../../../platform/database/database.ts'
import { FACT_KINDS, type FactKind, type FactRowOf, type NewFactOf } from './kind.ts'

export type Identified<K extends FactKind> = {
  id: string
  fact: NewFactOf[K]
  source: string
  sourceId: string | null
  authorId: string | null
}

const shapeOf = (kind: FactKind) => {
  const { table, columns } = FACT_KINDS[kind]
  const names = Object.keys(columns)
  return {
    table: sql.table(table),
    names: sql.raw(names.join(', ')),
    fields: sql.raw(names.map((name) => `${name} ${columns[name]}`).join(', ')),
    selected: sql.raw(names.map((name) => `s.${name}`).join(', ')),
  }
}

/**
 * Adds facts of one kind in one statement. One whose source and source id are known already, also when it was corrected
 * or withdrawn since, is not added again: what people have said about it stands.
 * @param options.newVersion the former version has just been ended, so its key is expected to be known
 * @returns id → patient of those that were added
 */
export async function insertFacts<K extends FactKind>(
  tx: Transaction,
  organizationId: string,
  kind: K,
  facts: readonly Identified<K>[],
  recordedAt: Date,
  options: { newVersion?: boolean } = {},
): Promise<Map<string, string>> {
  if (facts.length === 0) return new Map()
  const shape = shapeOf(kind)
  const rows = facts.map(({ id, fact, source, sourceId, authorId }) => ({
    id,
    patient_id: fact.patientId,
    source,
    source_id: sourceId,
    author_id: authorId,
    ...FACT_KINDS[kind].row(fact),
  }))
  const inserted = await sql<{ id: string; patient_id: string }>`
    with sent as materialized (
      select * from json_to_recordset(${JSON.stringify(rows)}::json)
        as s (id uuid, patient_id uuid, source text, source_id text, author_id uuid, ${shape.fields})
    ), person as materialized (
      select p.id, case when p.merged_into is null then p.id else record_owner(p.organization_id, p.id) end as owner_id
      from patient p where p.organization_id = ${organizationId} and p.id in (select patient_id from sent)
      order by p.id for key share
    )
    insert into ${shape.table} (organization_id, patient_id, id, source, source_id, author_id, recorded_at, ${shape.names})
    select ${organizationId}::uuid, p.owner_id, s.id, s.source, s.source_id, s.author_id, ${recordedAt}::timestamptz, ${shape.selected}
    from sent s join person p on p.id = s.patient_id
    where ${options.newVersion ?? false} or s.source_id is null or not exists (
      select from ${shape.table} t where t.organization_id = ${organizationId} and t.patient_id = p.owner_id
        and t.source = s.source and t.source_id = s.source_id)
    on conflict do nothing returning id, patient_id`.execute(tx)
  return new Map(inserted.rows.map((row) => [row.id, row.patient_id]))
}

/** The newest version of facts by their source's key; of one that was withdrawn, the withdrawn one. */
export async function findBySource<K extends FactKind>(
  db: Db,
  organizationId: string,
  kind: K,
  keys: readonly { patientId: string; source: string; sourceId: string }[],
): Promise<(FactRowOf[K] & { asked_patient_id: string })[]> {
  if (keys.length === 0) return []
  const { rows } = await sql<FactRowOf[K] & { asked_patient_id: string }>`
    select distinct on (k.patient_id, t.source, t.source_id) t.*, k.patient_id asked_patient_id
    from unnest(${keys.map((k) => k.patientId)}::uuid[], ${keys.map((k) => k.source)}::text[], ${keys.map((k) => k.sourceId)}::text[]) k (patient_id, source, source_id)
    join ${shapeOf(kind).table} t on t.organization_id = ${organizationId} and t.patient_id = record_owner(${organizationId}, k.patient_id)
      and t.source = k.source and t.source_id = k.source_id
    order by k.patient_id, t.source, t.source_id, (t.superseded_by is null) desc, t.recorded_at desc, t.id desc`.execute(
    db,
  )
  return rows
}

/** One fact, standing or ended. */
export async function findFact(
  db: Db,
  organizationId: string,
  kind: FactKind | 'observation',
  fact: { patientId: string; id: string },
): Promise<{ source: string; source_id: string | null } | undefined> {
  const { rows } = await sql<{ source: string; source_id: string | null }>`
    select source, ${kind === 'observation' ? sql`null::text` : sql`source_id`} source_id from ${tableOf(kind)}
    where organization_id = ${organizationId} and patient_id = ${fact.patientId} and id = ${fact.id}`.execute(db)
  return rows[0]
}

const tableOf = (kind: FactKind | 'observation') =>
  sql.table(kind === 'observation' ? 'observation' : FACT_KINDS[kind].table)

export interface Ending {
  /** What stands in its place; its own id withdraws it. */
  by: string
  at: Date
  authorId: string | null
  because: string
}

/** Marks one fact as replaced or withdrawn. @returns false when it is not there or has ended already */
export async function endFact(
  tx: Transaction,
  organizationId: string,
  kind: FactKind | 'observation',
  fact: { patientId: string; id: string },
  { by, at, authorId, because }: Ending,
): Promise<boolean> {
  const result = await sql`
    update ${tableOf(kind)} set superseded_by = ${by}, superseded_at = ${at}, superseded_author_id = ${authorId}, superseded_because = ${because}
    where organization_id = ${organizationId} and patient_id = ${fact.patientId} and id = ${fact.id} and superseded_by is null`.execute(
    tx,
  )
  return result.numAffectedRows === 1n
}

/** A fact that contradicts "there is none" ends that statement. */
export async function endAbsences(
  tx: Transaction,
  organizationId: string,
  about: string,
  added: ReadonlyMap<string, string>,
  ending: Omit<Ending, 'by'>,
): Promise<void> {
  await sql`
    update absence a set superseded_by = f.id, superseded_at = ${ending.at}, superseded_author_id = ${ending.authorId}, superseded_because = ${ending.because}
    from (select distinct on (patient_id) patient_id, id
      from unnest(${[...added.values()]}::uuid[], ${[...added.keys()]}::uuid[]) f (patient_id, id) order by patient_id, id) f
    where a.organization_id = ${organizationId} and a.patient_id = f.patient_id and a.about = ${about} and a.superseded_by is null`.execute(
    tx,
  )
}
