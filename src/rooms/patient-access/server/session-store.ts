import { sql } from 'kysely'
import type { Locale } from '../../../platform/contract/index.ts'
import { PREPARED, type Db, type Transaction } from '../../../platform/database/database.ts'
import '../../patient/server/table.ts'
import type { Device, EndedBecause } from '../contract/words.ts'

export interface LiveSession {
  id: string
  patientId: string
  name: string
  locale: Locale
  birthDate: string | null
  stays: boolean
  openedAt: Date
  lastSeenAt: Date
  expiresAt: Date
}

/** The session of a token that nobody has ended, of a person who lives and was not merged away. */
export async function findSession(db: Db, organizationId: string, hash: Buffer): Promise<LiveSession | undefined> {
  // Every call of a patient asks this.
  const { rows } = await sql<LiveSession>`${sql.raw(PREPARED)}
    select s.id, s.patient_id "patientId", p.name, p.locale, p.birth_date "birthDate", s.stays, s.opened_at "openedAt", s.last_seen_at "lastSeenAt", s.expires_at "expiresAt"
    from patient_session s
    join patient p on p.organization_id = s.organization_id and p.id = s.patient_id and p.state = 'active'
    where s.organization_id = ${organizationId} and s.token_hash = ${hash} and s.ended_at is null`.execute(db)
  return rows[0]
}

export async function touchSession(db: Db, organizationId: string, id: string, now: Date): Promise<void> {
  await db
    .updateTable('patient_session')
    .set({ last_seen_at: now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .execute()
}

export interface NewSession {
  id: string
  patientId: string
  wayId: string
  tokenHash: Buffer
  stays: boolean
  device: Device
  now: Date
  expiresAt: Date
}

export async function insertSession(tx: Transaction, organizationId: string, session: NewSession): Promise<void> {
  await tx
    .insertInto('patient_session')
    .values({
      organization_id: organizationId,
      id: session.id,
      patient_id: session.patientId,
      way_id: session.wayId,
      token_hash: session.tokenHash,
      stays: session.stays,
      device: session.device,
      opened_at: session.now,
      last_seen_at: session.now,
      expires_at: session.expiresAt,
      ended_at: null,
      ended_because: null,
    })
    .execute()
}

/** Sessions of a patient that nobody has ended and that are not past their end; idleness is judged by `isSessionOver`. */
export function findSessionsOf(db: Db, organizationId: string, patientId: string, now: Date) {
  return db
    .selectFrom('patient_session')
    .select(['id', 'device', 'stays', 'opened_at', 'last_seen_at', 'expires_at'])
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', patientId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .orderBy('last_seen_at', 'desc')
    .limit(50)
    .execute()
}

/** Ends sessions of a patient: one, those of a way, or all. @returns how many were live */
export async function endSessions(
  tx: Transaction,
  organizationId: string,
  which: { patientId: string; id?: string; wayId?: string },
  because: EndedBecause,
  now: Date,
): Promise<number> {
  const ended = await tx
    .updateTable('patient_session')
    .set({ ended_at: now, ended_because: because })
    .where('organization_id', '=', organizationId)
    .where('patient_id', '=', which.patientId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now)
    .$if(which.id !== undefined, (query) => query.where('id', '=', which.id!))
    .$if(which.wayId !== undefined, (query) => query.where('way_id', '=', which.wayId!))
    .executeTakeFirst()
  return Number(ended.numUpdatedRows)
}
