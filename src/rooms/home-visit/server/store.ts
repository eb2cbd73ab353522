import { sql, type Expression, type Insertable, type Selectable, type SqlBool } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../patient/server/table.ts'
import './table.ts'
import type { HomeVisitTable, HomeVisitVersionTable } from './table.ts'

export type VisitRow = Selectable<HomeVisitTable>
export type VersionRow = Selectable<HomeVisitVersionTable>

/** A visit with the name of its person and what stands of it. */
export interface NamedVisitRow extends VisitRow {
  patient_name: string
  outcome: VersionRow['outcome']
  left_at: Date
  findings: Record<string, 'good' | 'attention'>
  seen: string
  photos: number
}

const NAMED = sql`
  select v.*, p.name patient_name, w.outcome, w.left_at, w.findings, w.seen,
    (select count(*)::int from home_visit_photo f where f.organization_id = v.organization_id and f.visit_id = v.id and f.deleted_at is null) photos
  from home_visit v join patient p on p.organization_id = v.organization_id and p.id = v.patient_id
  join home_visit_version w on w.organization_id = v.organization_id and w.visit_id = v.id and w.version = v.version`

export interface Wanted {
  /** A condition on `p`, the person, and `v`, the visit. */
  scope: Expression<SqlBool>
  patientId?: string
  followUpId?: string | undefined
  after?: { at: string; id: string } | undefined
  limit: number
}

/** Newest first. */
export async function findVisits(db: Db, organizationId: string, wanted: Wanted): Promise<NamedVisitRow[]> {
  const { scope, patientId, followUpId, after, limit } = wanted
  const conditions = [
    scope,
    ...(patientId ? [sql<SqlBool>`v.patient_id = ${patientId}`] : []),
    ...(followUpId ? [sql<SqlBool>`v.follow_up_id = ${followUpId}`] : []),
    ...(after ? [sql<SqlBool>`(v.arrived_at, v.id) < (${after.at}::timestamptz, ${after.id}::uuid)`] : []),
  ]
  const { rows } = await sql<NamedVisitRow>`
    ${NAMED} where v.organization_id = ${organizationId} and ${sql.join(conditions, sql` and `)}
    order by v.arrived_at desc, v.id desc limit ${limit}`.execute(db)
  return rows
}

export async function findVisit(
  db: Db,
  organizationId: string,
  id: string,
  scope: Expression<SqlBool>,
): Promise<NamedVisitRow | undefined> {
  const { rows } = await sql<NamedVisitRow>`
    ${NAMED} where v.organization_id = ${organizationId} and v.id = ${id} and ${scope}`.execute(db)
  return rows[0]
}

/** Locks a visit: whoever corrects it, adds photos or takes them away stands in line here. */
export async function lockVisit(tx: Transaction, organizationId: string, id: string): Promise<VisitRow | undefined> {
  const { rows } = await sql<VisitRow>`
    select * from home_visit where organization_id = ${organizationId} and id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function lockByKey(tx: Transaction, organizationId: string, key: string): Promise<VisitRow | undefined> {
  const { rows } = await sql<VisitRow>`
    select * from home_visit where organization_id = ${organizationId} and key = ${key} for update`.execute(tx)
  return rows[0]
}

/** @returns false where this key has made a visit already */
export async function insertVisit(tx: Transaction, row: Insertable<HomeVisitTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('home_visit')
    .values(row)
    .onConflict((oc) => oc.columns(['organization_id', 'key']).doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}

/** Adds a version, which stands from now on; the visit is locked. */
export async function addVersion(tx: Transaction, row: Insertable<HomeVisitVersionTable>): Promise<void> {
  await tx.insertInto('home_visit_version').values(row).execute()
  await tx
    .updateTable('home_visit')
    .set({ version: row.version, arrived_at: row.arrived_at })
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.visit_id)
    .execute()
}

export async function changeVisit(
  tx: Transaction,
  organizationId: string,
  id: string,
  change: Partial<Pick<VisitRow, 'state' | 'error_because' | 'task_done'>>,
): Promise<void> {
  await tx
    .updateTable('home_visit')
    .set(change)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

/** Newest first. */
export function findVersions(db: Db, organizationId: string, visitId: string): Promise<VersionRow[]> {
  return db
    .selectFrom('home_visit_version')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('visit_id', '=', visitId)
    .orderBy('version', 'desc')
    .execute()
}

/** Where somebody was visited last, and when. */
export async function findKnownPlace(
  db: Db,
  organizationId: string,
  patientId: string,
): Promise<{ address_sealed: Buffer; arrived_at: Date } | undefined> {
  const { rows } = await sql<{ address_sealed: Buffer; arrived_at: Date }>`
    select w.address_sealed, v.arrived_at from home_visit v
    join home_visit_version w on w.organization_id = v.organization_id and w.visit_id = v.id and w.version = v.version
    where v.organization_id = ${organizationId} and v.patient_id = ${patientId} and v.state = 'stands'
    order by v.arrived_at desc, v.id desc limit 1`.execute(db)
  return rows[0]
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Visits follow a merge of two files. */
export async function moveMerged(tx: Transaction, organizationId: string, merge: Merge): Promise<void> {
  const { fromId, intoId, mergeId } = merge
  await sql`
    update home_visit set patient_id = ${intoId},
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
    where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
}

/** Takes a merge back: what it brought goes home, what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update home_visit set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
    where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    tx,
  )
}
