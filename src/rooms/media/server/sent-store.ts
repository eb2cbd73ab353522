import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'
import type { MediaSentTable } from './table.ts'

export type SentRow = Selectable<MediaSentTable>

/** So many of the newest are shown: the rest stands in the log. */
const MOST = 50

/** What a person was sent, newest first. */
export function findSent(db: Db, organizationId: string, patientId: string): Promise<SentRow[]> {
  return db
    .selectFrom('media_sent')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('sent_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST)
    .execute()
}

export async function insertSent(tx: Transaction, row: Insertable<MediaSentTable>): Promise<void> {
  await tx.insertInto('media_sent').values(row).execute()
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** What was sent follows a merge of two files. */
export async function moveMerged(tx: Transaction, organizationId: string, merge: Merge): Promise<void> {
  const { fromId, intoId, mergeId } = merge
  await sql`
    update media_sent set patient_id = ${intoId},
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
    where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
}

/** Takes a merge back: what it brought goes home, what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update media_sent set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
    where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    tx,
  )
}
