import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { OPENINGS, TRIES } from '../contract/file-link.ts'
import type { FileLinkTable } from './table.ts'
import './table.ts'

export type FileLinkRow = Selectable<FileLinkTable>

export async function insertLink(tx: Transaction, row: Insertable<FileLinkTable>): Promise<void> {
  await tx.insertInto('file_link').values(row).execute()
}

export function findLinks(db: Db, organizationId: string, patientId: string): Promise<FileLinkRow[]> {
  return db
    .selectFrom('file_link')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
}

export function findLink(db: Db, organizationId: string, id: string): Promise<FileLinkRow | undefined> {
  return db
    .selectFrom('file_link')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export function findByToken(db: Db, organizationId: string, hash: Buffer): Promise<FileLinkRow | undefined> {
  return db
    .selectFrom('file_link')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('token_hash', '=', hash)
    .executeTakeFirst()
}

/** @returns whether it was still open; of many tries at once no more than there are left count */
export async function noteWrong(tx: Transaction, { organization_id, id }: FileLinkRow): Promise<boolean> {
  const { rows } = await sql`
    update file_link set wrong = wrong + 1
    where organization_id = ${organization_id} and id = ${id} and wrong < ${TRIES} and revoked_at is null returning id`.execute(
    tx,
  )
  return rows.length === 1
}

/** @returns whether it was open until now */
export async function noteOpening(tx: Transaction, { organization_id, id }: FileLinkRow, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update file_link set openings = openings + 1, last_opened_at = ${now}
    where organization_id = ${organization_id} and id = ${id} and wrong < ${TRIES} and openings < ${OPENINGS}
      and revoked_at is null and expires_at > ${now} returning id`.execute(tx)
  return rows.length === 1
}

/** @returns whether it was not revoked before */
export async function revoke(
  tx: Transaction,
  organizationId: string,
  id: string,
  by: { id: string | null; name: string; at: Date },
): Promise<boolean> {
  const { rows } = await sql`
    update file_link set revoked_at = ${by.at}, revoked_by = ${by.id}::uuid, revoked_by_name = ${by.name}
    where organization_id = ${organizationId} and id = ${id} and revoked_at is null returning id`.execute(tx)
  return rows.length === 1
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

export async function moveMerged(tx: Transaction, organizationId: string, { fromId, intoId, mergeId }: Merge) {
  await sql`
    update file_link set patient_id = ${intoId}, former_patient_id = ${fromId}, merge_id = ${mergeId}
    where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
}

export async function moveBack(tx: Transaction, organizationId: string, { fromId, mergeId }: Merge) {
  await sql`
    update file_link set patient_id = ${fromId}, former_patient_id = null, merge_id = null
    where organization_id = ${organizationId} and merge_id = ${mergeId} and former_patient_id = ${fromId}`.execute(tx)
}
