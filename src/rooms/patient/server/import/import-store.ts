import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../../platform/database/database.ts'
import type { ImportField, ImportMapping, RowReason } from '../../contract/import.ts'
import type { PatientImportRefusalTable, PatientImportTable } from '../table.ts'

export type ImportRow = Selectable<PatientImportTable>
export type RefusalRow = Selectable<PatientImportRefusalTable>

export async function insertImport(
  tx: Transaction,
  row: Pick<
    ImportRow,
    | 'organization_id'
    | 'id'
    | 'file_name'
    | 'format'
    | 'encoding'
    | 'delimiter'
    | 'size_bytes'
    | 'parts'
    | 'header_row'
    | 'created_by'
    | 'created_by_name'
    | 'created_at'
  > & {
    columns: readonly string[]
    mapping: ImportMapping
  },
): Promise<void> {
  await tx
    .insertInto('patient_import')
    .values({
      ...row,
      columns: JSON.stringify(row.columns),
      mapping: JSON.stringify(row.mapping),
      failure: null,
      started_at: null,
      finished_at: null,
    })
    .execute()
}

export function findImport(db: Db, organizationId: string, importId: string): Promise<ImportRow | undefined> {
  return db
    .selectFrom('patient_import')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', importId)
    .executeTakeFirst()
}

export function findImports(
  db: Db,
  organizationId: string,
  before: string | undefined,
  limit: number,
): Promise<ImportRow[]> {
  let query = db.selectFrom('patient_import').selectAll().where('organization_id', '=', organizationId)
  if (before) query = query.where('id', '<', before)
  return query.orderBy('id', 'desc').limit(limit).execute()
}

/** Moves an import on from one of these states. @returns false when it was in none of them */
export async function moveImport(
  tx: Transaction,
  organizationId: string,
  importId: string,
  from: readonly ImportRow['state'][],
  to: Partial<Pick<ImportRow, 'state' | 'started_at' | 'finished_at' | 'failure'>> & { mapping?: ImportMapping },
): Promise<boolean> {
  const { mapping, ...rest } = to
  const result = await tx
    .updateTable('patient_import')
    .set({ ...rest, ...(mapping ? { mapping: JSON.stringify(mapping) } : {}) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', importId)
    .where('state', 'in', [...from])
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface BatchCounts {
  rows: number
  added: number
  found: number
  refused: number
  proposed: number
}

/**
 * Counts a batch in, if the import still stands where the batch began.
 * @returns false when another worker was here or somebody stopped it: the batch must then not stay
 */
export async function countBatch(
  tx: Transaction,
  organizationId: string,
  importId: string,
  begunAt: number,
  counts: BatchCounts,
): Promise<boolean> {
  const result = await tx
    .updateTable('patient_import')
    .set({
      rows_read: sql`rows_read + ${counts.rows}`,
      added: sql`added + ${counts.added}`,
      found: sql`found + ${counts.found}`,
      refused: sql`refused + ${counts.refused}`,
      proposed: sql`proposed + ${counts.proposed}`,
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', importId)
    .where('state', '=', 'running')
    .where('rows_read', '=', begunAt)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Which of these rows have added somebody before; by hexadecimal index. */
export async function findRowsSeen(db: Db, organizationId: string, indexes: readonly Buffer[]): Promise<Set<string>> {
  if (indexes.length === 0) return new Set()
  const rows = await db
    .selectFrom('patient_import_row')
    .select('row_index')
    .where('organization_id', '=', organizationId)
    .where('row_index', '=', sql<Buffer>`any(${indexes}::bytea[])`)
    .execute()
  return new Set(rows.map((row) => row.row_index.toString('hex')))
}

export async function insertRowsSeen(
  tx: Transaction,
  organizationId: string,
  rows: readonly { index: Buffer; patientId: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('patient_import_row')
    .values(
      rows.map(({ index, patientId }) => ({
        organization_id: organizationId,
        row_index: index,
        patient_id: patientId,
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}

export async function insertRefusals(
  tx: Transaction,
  organizationId: string,
  importId: string,
  rows: readonly { number: number; sealed: Buffer; reasons: readonly RowReason[] }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx
    .insertInto('patient_import_refusal')
    .values(
      rows.map(({ number, sealed, reasons }) => ({
        organization_id: organizationId,
        import_id: importId,
        row_number: number,
        sealed,
        reasons: JSON.stringify(reasons),
      })),
    )
    .onConflict((c) => c.doNothing())
    .execute()
}

/** Refused rows behind a row number, in their order. */
export function findRefusals(
  db: Db,
  organizationId: string,
  importId: string,
  after: number,
  limit: number,
): Promise<RefusalRow[]> {
  return db
    .selectFrom('patient_import_refusal')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('import_id', '=', importId)
    .where('row_number', '>', after)
    .orderBy('row_number')
    .limit(limit)
    .execute()
}

export async function saveMapping(
  tx: Transaction,
  organizationId: string,
  name: string,
  columns: Record<string, ImportField>,
  by: string | null,
  at: Date,
): Promise<void> {
  const values = { columns: JSON.stringify(columns), updated_by: by, updated_at: at }
  await tx
    .insertInto('patient_import_mapping')
    .values({ organization_id: organizationId, name, ...values })
    .onConflict((c) => c.columns(['organization_id', 'name']).doUpdateSet(values))
    .execute()
}

export async function findMappings(
  db: Db,
  organizationId: string,
): Promise<{ name: string; columns: Record<string, ImportField> }[]> {
  const rows = await db
    .selectFrom('patient_import_mapping')
    .select(['name', 'columns'])
    .where('organization_id', '=', organizationId)
    .orderBy('updated_at', 'desc')
    .limit(50)
    .execute()
  return rows as { name: string; columns: Record<string, ImportField> }[]
}
