import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Readers } from '../contract/words.ts'
import type { MoodEntryTable } from './table.ts'

export type EntryRow = Selectable<MoodEntryTable>

/** The own entries from a day on, newest first. */
export function findOwn(db: Db, organizationId: string, patientId: string, from: string): Promise<EntryRow[]> {
  return db
    .selectFrom('mood_entry')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('on_day', '>=', from)
    .orderBy('on_day', 'desc')
    .orderBy('id', 'desc')
    .execute()
}

/** What was shared with these readers, newest first; whole days, so that the next page begins on another. */
export async function findShared(
  db: Db,
  organizationId: string,
  patientId: string,
  { sharedWith, before, limit }: { sharedWith: readonly Readers[]; before?: string | undefined; limit: number },
): Promise<EntryRow[]> {
  if (sharedWith.length === 0) return []
  const { rows } = await sql<EntryRow>`
    select * from mood_entry where organization_id = ${organizationId} and patient_id = ${patientId}
      and readers = any(${sharedWith}::text[]) and on_day < coalesce(${before ?? null}::date, 'infinity')
    order by on_day desc fetch first (${limit}::int) rows with ties`.execute(db)
  return rows.toSorted((a, b) => (`${a.on_day} ${a.id}` < `${b.on_day} ${b.id}` ? 1 : -1))
}

export type NewEntryRow = Omit<EntryRow, 'revision' | 'moved'>

/** @returns the row that stands: this one, or the one that was sent before under the same key */
export async function insertEntry(tx: Transaction, row: NewEntryRow): Promise<{ row: EntryRow; isNew: boolean }> {
  const added = await tx
    .insertInto('mood_entry')
    .values(row)
    .onConflict((c) => c.columns(['organization_id', 'patient_id', 'client_key']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (added) return { row: added, isNew: true }
  const standing = await tx
    .selectFrom('mood_entry')
    .selectAll()
    .where('organization_id', '=', row.organization_id)
    .where('patient_id', '=', row.patient_id)
    .where('client_key', '=', row.client_key)
    .executeTakeFirstOrThrow()
  return { row: standing, isNew: false }
}

interface OwnKey {
  organizationId: string
  patientId: string
  id: string
}

const own = ({ organizationId, patientId, id }: OwnKey) =>
  sql<boolean>`organization_id = ${organizationId} and patient_id = ${patientId} and id = ${id}`

export function findEntry(db: Db, key: OwnKey): Promise<EntryRow | undefined> {
  return db.selectFrom('mood_entry').selectAll().where(own(key)).executeTakeFirst()
}

/** @returns undefined when it has another revision by now, or is gone */
export function updateEntry(
  tx: Transaction,
  key: OwnKey,
  revision: number,
  values: Pick<EntryRow, 'mood' | 'sleep_hours' | 'note_sealed' | 'readers' | 'changed_at'>,
): Promise<EntryRow | undefined> {
  return tx
    .updateTable('mood_entry')
    .set({ ...values, revision: revision + 1 })
    .where(own(key))
    .where('revision', '=', revision)
    .returningAll()
    .executeTakeFirst()
}

export async function deleteEntry(tx: Transaction, key: OwnKey): Promise<boolean> {
  const gone = await tx.deleteFrom('mood_entry').where(own(key)).executeTakeFirst()
  return gone.numDeletedRows > 0n
}

/** @returns how many had other readers before */
export async function shareAll(
  tx: Transaction,
  organizationId: string,
  patientId: string,
  readers: Readers,
  at: Date,
): Promise<number> {
  const changed = await tx
    .updateTable('mood_entry')
    .set((eb) => ({ readers, changed_at: at, revision: eb('revision', '+', 1) }))
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('readers', '!=', readers)
    .executeTakeFirst()
  return Number(changed.numUpdatedRows)
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

export async function moveMerged(tx: Transaction, organizationId: string, merge: Merge): Promise<void> {
  const { fromId, intoId, mergeId } = merge
  await sql`update mood_entry set patient_id = ${intoId},
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
    where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
}

/** Takes a merge back: what it brought goes home, what was written since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  await sql`update mood_entry set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
    where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    tx,
  )
}
