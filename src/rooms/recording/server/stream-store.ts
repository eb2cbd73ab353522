import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../staff/server/table.ts'
import './table.ts'
import type { RecordingStreamTable } from './table.ts'

export type StreamRow = Selectable<RecordingStreamTable>

export async function insertStream(
  tx: Transaction,
  organizationId: string,
  { id, recordingId }: { id: string; recordingId: string },
): Promise<void> {
  await tx
    .insertInto('recording_stream')
    .values({
      organization_id: organizationId,
      id,
      recording_id: recordingId,
      connection: null,
      seen_at: null,
      claimed_at: null,
    })
    .execute()
}

export function findStreamOf(db: Db, organizationId: string, recordingId: string): Promise<StreamRow | undefined> {
  return db
    .selectFrom('recording_stream')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('recording_id', '=', recordingId)
    .executeTakeFirst()
}

export async function hasStream(db: Db, organizationId: string, id: string): Promise<boolean> {
  const { rows } =
    await sql`select from recording_stream where organization_id = ${organizationId} and id = ${id}`.execute(db)
  return rows.length > 0
}

/** The stream that somebody has just begun and that runs; undefined where there is none. */
export async function findOpenStream(db: Db, organizationId: string, staffId: string): Promise<StreamRow | undefined> {
  const { rows } = await sql<StreamRow>`
    select s.* from recording_stream s join recording r on r.organization_id = s.organization_id and r.id = s.recording_id
    where s.organization_id = ${organizationId} and r.staff_id = ${staffId} and r.state = 'recording'
    order by r.begun_at desc limit 1`.execute(db)
  return rows[0]
}

/** The same by how somebody signs in, which is what an exchange knows; noted as handed out. */
export async function claimOpenStream(
  tx: Transaction,
  organizationId: string,
  login: string,
  now: Date,
): Promise<{ id: string; recording_id: string } | undefined> {
  const { rows } = await sql<{ id: string; recording_id: string }>`
    update recording_stream set claimed_at = ${now} where organization_id = ${organizationId} and id = (
      select s.id from recording_stream s join recording r on r.organization_id = s.organization_id and r.id = s.recording_id
      join staff m on m.organization_id = r.organization_id and m.id = r.staff_id
      where s.organization_id = ${organizationId} and m.login = ${login} and r.state = 'recording'
      order by r.begun_at desc limit 1)
    returning id, recording_id`.execute(tx)
  return rows[0]
}

/** Locks the stream: connections that come at once stand in line here. */
export async function lockStream(tx: Transaction, organizationId: string, id: string): Promise<StreamRow | undefined> {
  const { rows } = await sql<StreamRow>`
    select * from recording_stream where organization_id = ${organizationId} and id = ${id} for update`.execute(tx)
  return rows[0]
}

export async function setConnection(
  tx: Transaction,
  organizationId: string,
  id: string,
  change: { connection: string | null; seen_at: Date },
): Promise<void> {
  await tx
    .updateTable('recording_stream')
    .set(change)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

/** The number of the piece that comes next. */
export async function nextNumber(db: Db, organizationId: string, recordingId: string): Promise<number> {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(number) + 1, 0) next from recording_piece where organization_id = ${organizationId} and recording_id = ${recordingId}`.execute(
    db,
  )
  return rows[0]!.next
}
