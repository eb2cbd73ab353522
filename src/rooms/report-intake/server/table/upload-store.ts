import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../../platform/database/database.ts'
import type { TableUploadTable } from '../table.ts'
import type { RowReason } from './read-rows.ts'

export type UploadRow = Selectable<TableUploadTable>

export async function insertUpload(tx: Transaction, row: Insertable<TableUploadTable>): Promise<void> {
  await tx.insertInto('table_upload').values(row).execute()
}

export async function findUpload(db: Db, organizationId: string, id: string): Promise<UploadRow | undefined> {
  return db
    .selectFrom('table_upload')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()
}

export async function findUploads(
  db: Db,
  organizationId: string,
  before: string | undefined,
  limit: number,
): Promise<UploadRow[]> {
  let query = db.selectFrom('table_upload').selectAll().where('organization_id', '=', organizationId)
  if (before) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Moves an upload from one of these states. @returns false when it is in none of them */
export async function moveUpload(
  tx: Transaction,
  organizationId: string,
  id: string,
  from: readonly UploadRow['state'][],
  to: Partial<Insertable<TableUploadTable>>,
): Promise<boolean> {
  const result = await tx
    .updateTable('table_upload')
    .set(to)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('state', 'in', from)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Counts a step that began at `begunAt` reports. @returns false when somebody stopped it, or another worker has counted already */
export async function countStep(
  tx: Transaction,
  organizationId: string,
  id: string,
  begunAt: number,
  reports: number,
  rowsRead: number,
): Promise<boolean> {
  const result = await sql`
    update table_upload set reports = reports + ${reports}, rows_read = ${rowsRead}
    where organization_id = ${organizationId} and id = ${id} and state = 'running' and reports = ${begunAt}`.execute(tx)
  return result.numAffectedRows === 1n
}

export async function replaceRefusals(
  tx: Transaction,
  organizationId: string,
  uploadId: string,
  refused: readonly { row: number; reasons: RowReason[] }[],
): Promise<void> {
  await tx
    .deleteFrom('table_upload_refusal')
    .where('organization_id', '=', organizationId)
    .where('upload_id', '=', uploadId)
    .execute()
  for (let start = 0; start < refused.length; start += 1000)
    await tx
      .insertInto('table_upload_refusal')
      .values(
        refused.slice(start, start + 1000).map(({ row, reasons }) => ({
          organization_id: organizationId,
          upload_id: uploadId,
          row_number: row,
          reasons,
        })),
      )
      .onConflict((c) => c.doNothing())
      .execute()
}

export async function findRefusals(db: Db, organizationId: string, uploadId: string) {
  return db
    .selectFrom('table_upload_refusal')
    .select(['row_number', 'reasons'])
    .where('organization_id', '=', organizationId)
    .where('upload_id', '=', uploadId)
    .orderBy('row_number')
    .execute()
}

export async function findTableMappings(db: Db, organizationId: string) {
  return db
    .selectFrom('table_mapping')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('updated_at', 'desc')
    .execute()
}

export async function saveTableMapping(
  tx: Transaction,
  row: {
    organizationId: string
    name: string
    mapping: unknown
    headers: readonly string[]
    by: string | null
    at: Date
  },
): Promise<void> {
  const values = {
    mapping: JSON.stringify(row.mapping),
    headers: [...row.headers],
    updated_by: row.by,
    updated_at: row.at,
  }
  await tx
    .insertInto('table_mapping')
    .values({ organization_id: row.organizationId, name: row.name, ...values })
    .onConflict((c) => c.columns(['organization_id', 'name']).doUpdateSet(values))
    .execute()
}
