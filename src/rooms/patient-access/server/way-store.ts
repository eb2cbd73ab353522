import { sql, type Selectable } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import '../../message/server/table.ts'
import '../../organization/server/table.ts'
import '../../patient/server/table.ts'
import type { SentBy } from '../contract/words.ts'
import { TRIES } from './rules.ts'
import type { PatientWayTable } from './table.ts'

export type WayRow = Selectable<PatientWayTable>

export interface NewWay {
  id: string
  patientId: string
  tokenHash: Buffer
  page: string
  sentBy: SentBy
  at: Date
  by: { id: string | null; name: string }
  expiresAt: Date
}

export async function insertWay(tx: Transaction, organizationId: string, way: NewWay): Promise<void> {
  await tx
    .insertInto('patient_way')
    .values({
      organization_id: organizationId,
      id: way.id,
      patient_id: way.patientId,
      token_hash: way.tokenHash,
      page: way.page,
      sent_by: way.sentBy,
      made_at: way.at,
      made_by: way.by.id,
      made_by_name: way.by.name,
      expires_at: way.expiresAt,
      opened_at: null,
    })
    .execute()
}

/** The way of a token with what decides about its person; whatever its state. */
export type FoundWay = WayRow & { birth_date: string | null; name: string; is_active: boolean }

export async function findWayByToken(db: Db, organizationId: string, hash: Buffer): Promise<FoundWay | undefined> {
  const { rows } = await sql<FoundWay>`
    select w.*, p.birth_date, p.name, p.state = 'active' is_active from patient_way w
    join patient p on p.organization_id = w.organization_id and p.id = w.patient_id
    where w.organization_id = ${organizationId} and w.token_hash = ${hash}`.execute(db)
  return rows[0]
}

/**
 * Takes one of the tries a way has, before the date is looked at: of many at once each waits for the one before, and not
 * one more than five is looked at. @returns how many are left after this one; undefined when there is none to take
 */
export async function takeTry(
  tx: Transaction,
  organizationId: string,
  id: string,
  now: Date,
): Promise<number | undefined> {
  const { rows } = await sql<{ tries: number }>`
    update patient_way set tries = tries + 1, state = case when tries + 1 >= ${TRIES} then 'locked' else state end
    where organization_id = ${organizationId} and id = ${id} and state = 'open' and expires_at > ${now} and tries < ${TRIES}
    returning tries`.execute(tx)
  return rows[0] && TRIES - rows[0].tries
}

/** The date was right: the tries are given back, in the transaction that took one. */
export async function noteOpened(tx: Transaction, organizationId: string, id: string, now: Date): Promise<void> {
  await tx
    .updateTable('patient_way')
    .set({ state: 'open', tries: 0, opened_at: now, opens: sql`opens + 1` })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .execute()
}

export type ListedWay = WayRow & { mail_state: string | null; mail_reason: string | null }

/** The ways of a patient, newest first, each with the mail it went out by. */
export async function findWaysOf(db: Db, organizationId: string, patientId: string): Promise<ListedWay[]> {
  const { rows } = await sql<ListedWay>`
    select w.*, m.state mail_state, m.reason mail_reason from patient_way w
    left join message m on w.sent_by = 'mail' and m.organization_id = w.organization_id and m.patient_id = w.patient_id
      and m.touch = 'patient-way:' || w.id and m.channel = 'email'
    where w.organization_id = ${organizationId} and w.patient_id = ${patientId}
    order by w.made_at desc, w.id desc limit 50`.execute(db)
  return rows
}

/** Closes ways: one, or all of a patient. @returns how many were not closed yet */
export async function withdrawWays(
  tx: Transaction,
  organizationId: string,
  which: { patientId: string; id?: string },
): Promise<number> {
  const changed = await tx
    .updateTable('patient_way')
    .set({ state: 'withdrawn' })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', which.patientId)
    .$if(which.id !== undefined, (query) => query.where('id', '=', which.id!))
    .where('state', '!=', 'withdrawn')
    .executeTakeFirst()
  return Number(changed.numUpdatedRows)
}

/** Takes away what ran out long ago; the audit log remembers who came in. */
export async function forgetOld(db: Db, organizationId: string, before: Date): Promise<void> {
  await sql`delete from patient_session where organization_id = ${organizationId} and expires_at < ${before}`.execute(
    db,
  )
  await sql`
    delete from patient_way w where organization_id = ${organizationId} and expires_at < ${before} and not exists (
      select from patient_session s where s.organization_id = w.organization_id and s.way_id = w.id)`.execute(db)
}

/** The number people may call; null where the organization has given none. */
export async function telephoneOf(db: Db, organizationId: string): Promise<string | null> {
  const row = await db.selectFrom('organization').select('phone').where('id', '=', organizationId).executeTakeFirst()
  return row?.phone || null
}

interface Merge {
  fromId: string
  intoId: string
  mergeId: string
}

/** Links that are out in letters lead to whom the person was merged into. */
export async function moveMerged(
  tx: Transaction,
  organizationId: string,
  { fromId, intoId, mergeId }: Merge,
): Promise<void> {
  await sql`
    update patient_way set patient_id = ${intoId},
      moved = moved || jsonb_build_array(jsonb_build_object('merge', ${mergeId}::text, 'from', ${fromId}::text))
    where organization_id = ${organizationId} and patient_id = ${fromId}`.execute(tx)
}

/** Takes a merge back: what it brought goes home, what came since stays. */
export async function moveBack(tx: Transaction, organizationId: string, { intoId, mergeId }: Merge): Promise<void> {
  await sql`
    update patient_way set patient_id = (moved -> -1 ->> 'from')::uuid, moved = moved - -1
    where organization_id = ${organizationId} and patient_id = ${intoId} and moved -> -1 ->> 'merge' = ${mergeId}::text`.execute(
    tx,
  )
}
