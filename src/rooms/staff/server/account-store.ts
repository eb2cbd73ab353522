import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { SecurityPolicy } from '../../organization/contract/settings.ts'
import { rolesOfStaff } from './directory.ts'
import { PASSWORD_HISTORY } from './rules.ts'
import './table.ts'

export interface Guess {
  staffId: string
  name: string
  state: 'invited' | 'active' | 'disabled'
  passwordHash: string | null
}

/** By login before somebody is known, by id afterwards. */
export type Whose = { login: string } | { staffId: string }

/**
 * Counts a guess before it is looked at, in one statement: of many at once exactly as many get through as the policy
 * allows. The last one locks the account; a right guess gives back (`giveBackAttempt`) or clears (`clearAttempts`).
 * @returns undefined when the account is locked or there is none
 */
export async function takeAttempt(
  db: Db | Transaction,
  organizationId: string,
  whose: Whose,
  policy: SecurityPolicy,
  now: Date,
): Promise<Guess | undefined> {
  const lockMs = policy.lockMinutes * 60_000
  const windowStart = new Date(now.getTime() - lockMs)
  const isFresh = sql`(locked_until is not null or failed_since is null or failed_since <= ${windowStart})`
  const count = sql`(case when ${isFresh} then 1 else failed_count + 1 end)`
  const result = await sql<Guess>`
    update staff set
      failed_count = ${count},
      failed_since = case when ${isFresh} then ${now} else failed_since end,
      locked_until = case when ${count} >= ${policy.failuresMax} then ${new Date(now.getTime() + lockMs)}::timestamptz end
    where organization_id = ${organizationId} and ${condition(whose)} and (locked_until is null or locked_until <= ${now})
    returning id as "staffId", name, state, password_hash as "passwordHash"`.execute(db)
  return result.rows[0]
}

function condition(whose: Whose) {
  return 'login' in whose ? sql`login = ${whose.login}` : sql`id = ${whose.staffId}`
}

/** Until when an account is locked; undefined when it is not, or there is none. */
export async function findLock(db: Db | Transaction, organizationId: string, whose: Whose, now: Date): Promise<Date | undefined> {
  const result = await sql<{ locked_until: Date }>`
    select locked_until from staff
    where organization_id = ${organizationId} and ${condition(whose)} and locked_until > ${now}`.execute(db)
  return result.rows[0]?.locked_until
}

/** A right first step: its guess no longer counts, earlier wrong ones still do, until the second step is right too. */
export async function giveBackAttempt(tx: Transaction, organizationId: string, staffId: string): Promise<void> {
  await tx
    .updateTable('staff')
    .set({ failed_count: sql`greatest(failed_count - 1, 0)`, locked_until: null })
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .execute()
}

/** @returns false when there is no such account */
export async function clearAttempts(tx: Transaction, organizationId: string, staffId: string): Promise<boolean> {
  const result = await tx
    .updateTable('staff')
    .set({ failed_count: 0, failed_since: null, locked_until: null })
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

export interface Account {
  id: string
  login: string
  name: string
  passwordHash: string | null
  passwordPast: string[]
  passwordSetAt: Date | null
  passwordExpires: boolean
  totpSealed: Buffer | null
  totpConfirmedAt: Date | null
  roles: string[]
}

export function findAccount(db: Db, organizationId: string, staffId: string): Promise<Account> {
  return db
    .selectFrom('staff as p')
    .select([
      'p.id',
      'p.login',
      'p.name',
      'p.password_hash as passwordHash',
      'p.password_past as passwordPast',
      'p.password_set_at as passwordSetAt',
      'p.password_expires as passwordExpires',
      'p.totp_sealed as totpSealed',
      'p.totp_confirmed_at as totpConfirmedAt',
    ])
    .select(rolesOfStaff.as('roles'))
    .where('p.organization_id', '=', organizationId)
    .where('p.id', '=', staffId)
    .executeTakeFirstOrThrow()
}

/** Sets a password and keeps the former one among those that may not come back. An invited account becomes active. */
export async function storePassword(tx: Transaction, organizationId: string, staffId: string, hash: string, now: Date): Promise<void> {
  await tx
    .updateTable('staff')
    .set({
      password_past: sql<string[]>`(case when password_hash is null then password_past else array_prepend(password_hash, password_past) end)[1:${sql.lit(PASSWORD_HISTORY)}]`,
      password_hash: hash,
      password_set_at: now,
      failed_count: 0,
      failed_since: null,
      locked_until: null,
      state: sql<'active'>`case when state = 'invited' then 'active' else state end`,
    })
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .execute()
}

/** Keeps a new secret that no code has confirmed yet. @returns false when one is in force already */
export async function storeSecret(tx: Transaction, organizationId: string, staffId: string, sealed: Buffer): Promise<boolean> {
  const result = await tx
    .updateTable('staff')
    .set({ totp_sealed: sealed, totp_last_step: null })
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .where('totp_confirmed_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * Spends the time step of a code, so that it works once. `confirm` also puts the secret in force.
 * @returns false when this step or a later one was spent before
 */
export async function spendStep(
  tx: Transaction,
  organizationId: string,
  staffId: string,
  step: number,
  confirm?: Date,
): Promise<boolean> {
  const result = await tx
    .updateTable('staff')
    .set({ totp_last_step: step, ...(confirm ? { totp_confirmed_at: confirm } : {}) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .where((eb) => eb.or([eb('totp_last_step', 'is', null), eb('totp_last_step', '<', step)]))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** @returns false when there is no such account */
export async function dropSecret(tx: Transaction, organizationId: string, staffId: string): Promise<boolean> {
  const result = await tx
    .updateTable('staff')
    .set({ totp_sealed: null, totp_confirmed_at: null, totp_last_step: null })
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
