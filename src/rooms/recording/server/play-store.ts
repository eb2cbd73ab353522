import { sql, type Expression, type Insertable, type Selectable, type SqlBool } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../patient/server/table.ts'
import type { RecordingRow } from './store.ts'
import type { RecordingPlayTable } from './table.ts'

export type PlayRow = Selectable<RecordingPlayTable>

export async function insertPlay(tx: Transaction, row: Insertable<RecordingPlayTable>): Promise<void> {
  await tx.insertInto('recording_play').values(row).execute()
  await sql`update recording set plays = plays + 1
    where organization_id = ${row.organization_id} and id = ${row.recording_id}`.execute(tx)
}

/** So many of the newest are shown: the rest stands in the log. */
const MOST = 200

export function findPlays(db: Db, organizationId: string, recordingId: string): Promise<PlayRow[]> {
  return db
    .selectFrom('recording_play')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('recording_id', '=', recordingId)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
}

export interface OpenPlay extends RecordingRow {
  listener: string
  heard_at: Date
}

/** A recording that this listener has opened and may still listen to. */
export async function findOpenPlay(
  db: Db,
  organizationId: string,
  which: { recordingId: string; playId: string; staffId: string | null; now: Date; scope: Expression<SqlBool> },
): Promise<OpenPlay | undefined> {
  const { rows } = await sql<OpenPlay>`
    select r.*, y.staff_name listener, y.at heard_at from recording_play y
    join recording r on r.organization_id = y.organization_id and r.id = y.recording_id
    join patient p on p.organization_id = r.organization_id and p.id = r.patient_id
    where y.organization_id = ${organizationId} and y.id = ${which.playId} and y.recording_id = ${which.recordingId}
      and y.staff_id = ${which.staffId} and y.expires_at > ${which.now} and ${which.scope}`.execute(db)
  return rows[0]
}
