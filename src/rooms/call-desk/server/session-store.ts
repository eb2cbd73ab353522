import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Subject } from '../contract/words.ts'
import type { CallSessionTable } from './table.ts'
import './table.ts'

export type SessionRow = Selectable<CallSessionTable>

/** Takes a person, unless somebody has them, or the same caller somebody else, or this request was made before. */
export async function insertSession(tx: Transaction, row: Insertable<CallSessionTable>): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto('call_session')
    .values(row)
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst()
  return Number(numInsertedOrUpdatedRows) > 0
}

/** Takes back what was taken in this very transaction, as if it had never been. */
export async function dropSession(tx: Transaction, organizationId: string, id: string): Promise<void> {
  await tx.deleteFrom('call_session').where('organization_id', '=', organizationId).where('id', '=', id).execute()
}

export function findByKey(db: Db, organizationId: string, key: string): Promise<SessionRow | undefined> {
  return db
    .selectFrom('call_session')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('key', '=', key)
    .executeTakeFirst()
}

export async function findOwn(
  db: Db,
  organizationId: string,
  id: string,
  staffId: string | null,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select * from call_session where organization_id = ${organizationId} and id = ${id} and staff_id = ${staffId}`.execute(
    db,
  )
  return rows[0]
}

/** The same, locked: whoever ends it, keeps it or gives it back stands in line here. */
export async function lockOwn(
  tx: Transaction,
  organizationId: string,
  id: string,
  staffId: string | null,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select * from call_session where organization_id = ${organizationId} and id = ${id} and staff_id = ${staffId} for update`.execute(
    tx,
  )
  return rows[0]
}

/** What somebody holds at this moment. */
export async function findActiveOf(
  db: Db,
  organizationId: string,
  staffId: string | null,
): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`
    select * from call_session where organization_id = ${organizationId} and staff_id = ${staffId} and state in ('claimed', 'talking')`.execute(
    db,
  )
  return rows[0]
}

/** Who has each of these people now, by the person's id. */
export async function findTakers(
  db: Db,
  organizationId: string,
  patientIds: readonly string[],
): Promise<Map<string, Pick<SessionRow, 'id' | 'staff_id' | 'staff_name' | 'state' | 'claimed_until'>>> {
  if (patientIds.length === 0) return new Map()
  const { rows } = await sql<SessionRow>`
    select id, patient_id, staff_id, staff_name, state, claimed_until from call_session
    where organization_id = ${organizationId} and patient_id = any(${[...patientIds]}::uuid[]) and state in ('claimed', 'talking')`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.patient_id, row]))
}

export async function changeSession(
  tx: Transaction,
  organizationId: string,
  id: string,
  change: Partial<Omit<SessionRow, 'organization_id' | 'id'>>,
): Promise<void> {
  await tx
    .updateTable('call_session')
    .set(change)
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

/** Lets go of what nothing was heard of for as long as a claim lasts. @returns how many */
export async function expireSessions(db: Db, organizationId: string, now: Date): Promise<number> {
  const { numAffectedRows } = await sql`
    update call_session set state = 'expired', ended_at = claimed_until
    where organization_id = ${organizationId} and state in ('claimed', 'talking') and claimed_until <= ${now}`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}

/** Earlier calls with a person that came to something, newest first. */
export async function findBefore(
  db: Db,
  organizationId: string,
  { patientId, notId, limit }: { patientId: string; notId: string; limit: number },
): Promise<SessionRow[]> {
  const { rows } = await sql<SessionRow>`
    select * from call_session where organization_id = ${organizationId} and patient_id = ${patientId} and id <> ${notId} and state = 'ended'
    order by claimed_at desc limit ${limit}`.execute(db)
  return rows
}

/** The last call with each of these people since a moment, by the person's id. */
export async function findLast(
  db: Db,
  organizationId: string,
  patientIds: readonly string[],
  since: Date,
): Promise<Map<string, Pick<SessionRow, 'outcome' | 'ended_at' | 'next_at' | 'subject_id'>>> {
  if (patientIds.length === 0) return new Map()
  const { rows } = await sql<SessionRow>`
    select distinct on (patient_id) patient_id, outcome, ended_at, next_at, subject_id from call_session
    where organization_id = ${organizationId} and patient_id = any(${[...new Set(patientIds)]}::uuid[]) and state = 'ended' and ended_at > ${since}
    order by patient_id, ended_at desc`.execute(db)
  return new Map(rows.map((row) => [row.patient_id, row]))
}

/** What somebody has done since a moment. */
export async function countOwn(
  db: Db,
  organizationId: string,
  staffId: string | null,
  since: Date,
): Promise<{ calls: number; reached: number; talkSeconds: number }> {
  const { rows } = await sql<{ calls: number; reached: number; talkSeconds: number }>`
    select count(*)::int calls, (count(*) filter (where outcome = 'reached'))::int reached,
      coalesce(sum(extract(epoch from talk_ended_at - talk_began_at)), 0)::int "talkSeconds"
    from call_session where organization_id = ${organizationId} and staff_id = ${staffId} and state = 'ended' and ended_at >= ${since}`.execute(
    db,
  )
  return rows[0]!
}

/** What a call was about was done after it: it counts as completed. */
export async function noteCompleted(
  tx: Transaction,
  organizationId: string,
  { kind, id }: Subject,
  since: Date,
): Promise<void> {
  await sql`update call_session set completed = true
    where organization_id = ${organizationId} and subject_kind = ${kind} and subject_id = ${id} and state = 'ended' and outcome = 'reached'
      and ended_at >= ${since}`.execute(tx)
}
