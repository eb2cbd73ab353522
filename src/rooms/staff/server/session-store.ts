import { sql } from 'kysely'
import type { Locale } from '../../../platform/contract/index.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'

export interface SessionRow {
  id: string
  staff_id: string
  name: string
  locale: Locale
  last_seen_at: Date
  second_factor_at: Date | null
  totp_confirmed_at: Date | null
  roles: string[]
}

/** The live session of a token: not revoked, not expired, not idle for longer than `idleSince`, of active staff. */
export function findSession(
  db: Db,
  organizationId: string,
  tokenHash: Buffer,
  now: Date,
  idleSince: Date,
): Promise<SessionRow | undefined> {
  return db
    .selectFrom('session as s')
    .innerJoin('staff as p', (join) =>
      join.onRef('p.organization_id', '=', 's.organization_id').onRef('p.id', '=', 's.staff_id'),
    )
    .select(['s.id', 's.staff_id', 'p.name', 'p.locale', 's.last_seen_at', 's.second_factor_at', 'p.totp_confirmed_at'])
    .select(
      sql<string[]>`array(select role from staff_role r where r.organization_id = p.organization_id and r.staff_id = p.id order by role)`.as('roles'),
    )
    .where('s.organization_id', '=', organizationId)
    .where('s.token_hash', '=', tokenHash)
    .where('s.revoked_at', 'is', null)
    .where('s.expires_at', '>', now)
    .where('s.last_seen_at', '>', idleSince)
    .where('p.state', '=', 'active')
    .executeTakeFirst()
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

/** A usable key of a machine. */
export function findApiKey(db: Db, organizationId: string, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom('api_key')
    .select(['id', 'name', 'permissions'])
    .where('organization_id', '=', organizationId)
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
}
