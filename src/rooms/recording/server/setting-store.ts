import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../organization/server/table.ts'
import type { ClassChanges } from './rules/retention.ts'
import type { RecordingLineTable, RecordingSettingTable } from './table.ts'

export type SettingRow = Selectable<RecordingSettingTable> & { classes: ClassChanges }
export type LineRow = Selectable<RecordingLineTable>

export async function findSetting(db: Db, organizationId: string): Promise<SettingRow | undefined> {
  const row = await db
    .selectFrom('recording_setting')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .executeTakeFirst()
  return row as SettingRow | undefined
}

/** @returns false when somebody else was quicker */
export async function keepSetting(
  tx: Transaction,
  row: Omit<SettingRow, 'revision'>,
  revision: number,
): Promise<boolean> {
  const { organization_id, enabled, transcribe, classes, changed_at, changed_by, changed_by_name } = row
  const { numAffectedRows } =
    revision === 0
      ? await sql`
          insert into recording_setting (organization_id, enabled, transcribe, classes, revision, changed_at, changed_by, changed_by_name)
          values (${organization_id}, ${enabled}, ${transcribe}, ${JSON.stringify(classes)}::jsonb, 1, ${changed_at}, ${changed_by}, ${changed_by_name})
          on conflict do nothing`.execute(tx)
      : await sql`
          update recording_setting set enabled = ${enabled}, transcribe = ${transcribe}, classes = ${JSON.stringify(classes)}::jsonb, revision = revision + 1,
            changed_at = ${changed_at}, changed_by = ${changed_by}, changed_by_name = ${changed_by_name}
          where organization_id = ${organization_id} and revision = ${revision}`.execute(tx)
  return Number(numAffectedRows ?? 0) > 0
}

/** The line that counts. */
export function findLine(db: Db, organizationId: string): Promise<LineRow | undefined> {
  return db
    .selectFrom('recording_line')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** @returns false when there is such a version already */
export async function insertLine(tx: Transaction, row: LineRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('recording_line')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}
