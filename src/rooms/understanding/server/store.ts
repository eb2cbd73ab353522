import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Act } from '../contract/words.ts'
import type { UnderstandingActTable, UnderstandingEntryTable } from './table.ts'
import './table.ts'

export type EntryRow = Selectable<UnderstandingEntryTable>
export type ActRow = Selectable<UnderstandingActTable>

const SHOWN = 200

/** All that was ever written of a person, newest first. */
export function findEntries(db: Db, organizationId: string, patientId: string): Promise<EntryRow[]> {
  return db
    .selectFrom('understanding_entry')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .orderBy('id', 'desc')
    .limit(SHOWN)
    .execute()
}

export type ActLine = ActRow & Pick<EntryRow, 'kind'>

/** What was done with them, newest first. */
export async function findActs(db: Db, organizationId: string, patientId: string): Promise<ActLine[]> {
  const { rows } = await sql<ActLine>`
    select a.*, e.kind from understanding_act a
    join understanding_entry e on e.organization_id = a.organization_id and e.id = a.entry_id
    where a.organization_id = ${organizationId} and e.patient_id = ${patientId} order by a.id desc limit ${SHOWN}`.execute(
    db,
  )
  return rows
}

export async function insertEntry(
  tx: Transaction,
  row: Omit<
    EntryRow,
    'ended_at' | 'ended_by_name' | 'ended_by_patient' | 'ended_because' | 'corrected' | 'merge_id' | 'home_id'
  >,
): Promise<void> {
  await tx
    .insertInto('understanding_entry')
    .values({ ...row, ended_at: null, ended_by_name: null, merge_id: null, home_id: null })
    .execute()
}

export interface Ending {
  byPatient: boolean
  byName: string
  because: string
  corrected: boolean
  at: Date
}

/** Ends an entry that stands. @returns it, or undefined when somebody else was quicker */
export function closeEntry(
  tx: Transaction,
  { organizationId, patientId, id }: { organizationId: string; patientId: string; id: string },
  { byPatient, byName, because, corrected, at }: Ending,
): Promise<EntryRow | undefined> {
  return tx
    .updateTable('understanding_entry')
    .set({ ended_at: at, ended_by_name: byName, ended_by_patient: byPatient, ended_because: because, corrected })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

/** Lets an ended entry stand again: what was corrected does not, and what one has ended the other does not restore. */
export function reopenEntry(
  tx: Transaction,
  { organizationId, patientId, id }: { organizationId: string; patientId: string; id: string },
  byPatient: boolean,
): Promise<EntryRow | undefined> {
  return tx
    .updateTable('understanding_entry')
    .set({ ended_at: null, ended_by_name: null, ended_by_patient: false, ended_because: '' })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('id', '=', id)
    .where('ended_at', 'is not', null)
    .where('corrected', '=', false)
    .where('ended_by_patient', '=', byPatient)
    .returningAll()
    .executeTakeFirst()
}

export async function insertAct(tx: Transaction, row: Omit<ActRow, 'act'> & { act: Act }): Promise<void> {
  await tx.insertInto('understanding_act').values(row).execute()
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** What was said by one file is said by the one that is left. */
export async function moveMerged(
  tx: Transaction,
  organizationId: string,
  { fromId, intoId, mergeId }: Merge,
): Promise<void> {
  await sql`update understanding_entry set patient_id = ${intoId}, merge_id = ${mergeId}, home_id = ${fromId}
    where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
}

/** And goes home again; what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  await sql`update understanding_entry set patient_id = home_id, merge_id = null, home_id = null
    where organization_id = ${organizationId} and patient_id = ${intoId} and merge_id = ${mergeId}`.execute(tx)
}
