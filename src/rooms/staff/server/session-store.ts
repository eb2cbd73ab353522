import { sql } from 'kysely'
import type { Locale } from '../../../platform/contract/index.ts'
import { PREPARED, type Db, type Transaction } from '../../../platform/database/database.ts'
import { rolesOfStaff } from './directory.ts'
import './table.ts'

export interface SessionRow {
  id: string
  staffId: string
  name: string
  login: string
  locale: Locale
  createdAt: Date
  lastSeenAt: Date
  secondFactorAt: Date | null
  totpConfirmedAt: Date | null
  passwordSetAt: Date | null
  passwordExpires: boolean
  roles: string[]
  /** The organization's settings document, which holds the policy. */
  settings: unknown
}

const LIVE = sql`
  select s.id, s.staff_id "staffId", p.name, p.login, p.locale, s.created_at "createdAt", s.last_seen_at "lastSeenAt",
    s.second_factor_at "secondFactorAt", p.totp_confirmed_at "totpConfirmedAt", p.password_set_at "passwordSetAt",
    p.password_expires "passwordExpires", o.settings, ${rolesOfStaff} roles
  from session s
  join staff p on p.organization_id = s.organization_id and p.id = s.staff_id and p.state = 'active'
  join organization o on o.id = s.organization_id
  where s.revoked_at is null`

/** The session of a token: not revoked, of active staff. Whether it has run out is decided by `isSessionOver`. */
export async function findSession(db: Db, organizationId: string, tokenHash: Buffer, now: Date): Promise<SessionRow | undefined> {
  // Every request asks this: planning it would take longer than answering it.
  const { rows } = await sql<SessionRow>`${sql.raw(PREPARED)} ${LIVE}
    and s.organization_id = ${organizationId} and s.token_hash = ${tokenHash} and s.expires_at > ${now}`.execute(db)
  return rows[0]
}

/** The same by its id, for the person it belongs to. */
export async function findSessionById(db: Db, organizationId: string, sessionId: string): Promise<SessionRow | undefined> {
  const { rows } = await sql<SessionRow>`${LIVE} and s.organization_id = ${organizationId} and s.id = ${sessionId}`.execute(db)
  return rows[0]
}

/** @returns the live sessions of a person, newest use first */
export function findSessionsOf(db: Db, organizationId: string, staffId: string, now: Date, idleSince: Date) {
  return db
    .selectFrom('session')
    .select(['id', 'created_at as createdAt', 'last_seen_at as lastSeenAt', 'address', 'user_agent as userAgent'])
    .where('organization_id', '=', organizationId)
    .where('staff_id', '=', staffId)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .where('last_seen_at', '>', idleSince)
    .orderBy('last_seen_at', 'desc')
    .limit(100)
    .execute()
}

export async function touchSession(db: Db, organizationId: string, tokenHash: Buffer, now: Date): Promise<void> {
  await db
    .updateTable('session')
    .set({ last_seen_at: now })
    .where('organization_id', '=', organizationId)
    .where('token_hash', '=', tokenHash)
    .execute()
}

export interface NewSession {
  organizationId: string
  id: string
  tokenHash: Buffer
  staffId: string
  now: Date
  expiresAt: Date
  secondFactor: boolean
  address: string
  userAgent: string
}

export async function insertSession(tx: Transaction, session: NewSession): Promise<void> {
  await tx
    .insertInto('session')
    .values({
      organization_id: session.organizationId,
      id: session.id,
      token_hash: session.tokenHash,
      staff_id: session.staffId,
      created_at: session.now,
      last_seen_at: session.now,
      expires_at: session.expiresAt,
      second_factor_at: session.secondFactor ? session.now : null,
      address: session.address,
      user_agent: session.userAgent.slice(0, 300),
      revoked_at: null,
      revoked_because: null,
    })
    .execute()
}

/** Says that a session has shown its second factor, or (null) that it has to show one again. */
export async function markSecondFactor(tx: Transaction, organizationId: string, sessionId: string, at: Date | null): Promise<void> {
  await tx
    .updateTable('session')
    .set({ second_factor_at: at })
    .where('organization_id', '=', organizationId)
    .where('id', '=', sessionId)
    .execute()
}

export type RevokedBecause = 'signed-out' | 'revoked' | 'password-changed' | 'roles-changed' | 'disabled' | 'second-factor-reset' | 'by-administrator'

/** Ends sessions of a person: one (`only`), all, or all but one (`except`). @returns how many were live */
export async function revokeSessions(
  tx: Transaction,
  organizationId: string,
  staffId: string,
  because: RevokedBecause,
  now: Date,
  which: { only?: string; except?: string | undefined } = {},
): Promise<number> {
  const result = await tx
    .updateTable('session')
    .set({ revoked_at: now, revoked_because: because })
    .where('organization_id', '=', organizationId)
    .where('staff_id', '=', staffId)
    .where('revoked_at', 'is', null)
    .$if(which.only !== undefined, (query) => query.where('id', '=', which.only!))
    .$if(which.except !== undefined, (query) => query.where('id', '!=', which.except!))
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Takes away sessions that ended long ago; the audit log remembers the signing in. */
export async function forgetOldSessions(db: Db, organizationId: string, before: Date): Promise<void> {
  await sql`delete from session where organization_id = ${organizationId} and expires_at < ${before}`.execute(db)
}
