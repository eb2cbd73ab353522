import { sql, type SqlBool } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { findWhere, SAME_CALL, type NamedRecordingRow, type RecordingRow } from './store.ts'
import './table.ts'

export interface Whose {
  patientId: string
  staffId: string | null
}

const of = ({ patientId, staffId }: Whose) => sql<SqlBool>`r.patient_id = ${patientId} and r.staff_id = ${staffId}`
/** Something is to be heard of it, once it is over. */
const HEARD = sql<SqlBool>`r.sealed_key is not null and r.pieces > 0`

/** What is kept of a call, in the order in which it was spoken. */
export function findPieces(db: Db, organizationId: string, whose: Whose, callId: string): Promise<NamedRecordingRow[]> {
  return findWhere(
    db,
    organizationId,
    sql<SqlBool>`${of(whose)} and (r.call_id = ${callId} or r.id = ${callId}) and ${HEARD}`,
  )
}

/** The call that was cut off last, about one thing, of which something was heard since a moment; its id. */
export async function findCutOff(
  db: Db,
  organizationId: string,
  whose: Whose,
  { subjectId, since }: { subjectId: string; since: Date },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    select coalesce(r.call_id, r.id) id from recording r where r.organization_id = ${organizationId} and ${of(whose)}
      and r.subject_id = ${subjectId} and r.state in ('recording', 'interrupted') and ${HEARD} and r.last_piece_at >= ${since}
    order by r.begun_at desc, r.id desc limit 1`.execute(db)
  return rows[0]?.id
}

/** The first recording of a call that nobody had named bears its name from the second on. */
export async function nameCall(tx: Transaction, organizationId: string, whose: Whose, callId: string): Promise<void> {
  await sql`update recording r set call_id = r.id
    where r.organization_id = ${organizationId} and r.id = ${callId} and r.call_id is null and ${of(whose)}`.execute(tx)
}

/** A recording of somebody with the other pieces of its call, all locked in the order of their ids. */
export async function lockCall(
  tx: Transaction,
  organizationId: string,
  id: string,
  staffId: string | null,
): Promise<RecordingRow[]> {
  const { rows } = await sql<RecordingRow>`
    select o.* from recording r join recording o on o.organization_id = r.organization_id and (o.id = r.id or ${SAME_CALL})
    where r.organization_id = ${organizationId} and r.id = ${id} and r.staff_id = ${staffId} order by o.id for update of o`.execute(
    tx,
  )
  return rows
}
