import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { RecordingClass } from '../contract/words.ts'
import './table.ts'

export interface Erased {
  id: string
  patient_id: string
}

/**
 * Takes the keys and pieces of what was kept long enough, some at a time; the line of each stays, and says by which rule.
 * Held ones stay whole, and so does what is just being spoken.
 */
export async function eraseOver(
  tx: Transaction,
  organizationId: string,
  { of, before, rule, now, limit }: { of: RecordingClass; before: Date; rule: string; now: Date; limit: number },
): Promise<Erased[]> {
  const { rows } = await sql<Erased>`
    update recording set state = 'deleted', sealed_key = null, deleted_at = ${now}, deleted_because = 'retention', deleted_rule = ${rule}
    where organization_id = ${organizationId} and id in (
      select id from recording where organization_id = ${organizationId} and class = ${of} and begun_at < ${before}
        and sealed_key is not null and held_at is null and state <> 'recording'
      order by begun_at limit ${limit} for update skip locked)
    returning id, patient_id`.execute(tx)
  await dropContent(
    tx,
    organizationId,
    rows.map(({ id }) => id),
  )
  return rows
}

/** What of a recording tells what was said. */
export async function dropContent(tx: Transaction, organizationId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  for (const table of ['recording_piece', 'recording_mark', 'recording_transcript', 'recording_transcription'] as const)
    await tx
      .deleteFrom(table)
      .where('organization_id', '=', organizationId)
      .where('recording_id', 'in', [...ids])
      .execute()
}

/** Recordings without a key whose sealed bytes still lie about. */
export async function findFilesLeft(db: Db, organizationId: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from recording where organization_id = ${organizationId} and sealed_key is null and sealed_bytes > 0
      and file_removed_at is null order by id limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

export async function noteRemoved(db: Db, organizationId: string, id: string, now: Date): Promise<void> {
  await db
    .updateTable('recording')
    .set({ file_removed_at: now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}
