import type { Db, Transaction } from '../../../platform/database/database.ts'
import './table.ts'

/** A usable key of a machine. */
export function findApiKey(db: Db, organizationId: string, tokenHash: Buffer, now: Date) {
  return db
    .selectFrom('api_key')
    .select(['id', 'name', 'permissions', 'last_used_at as lastUsedAt'])
    .where('organization_id', '=', organizationId)
    .where('token_hash', '=', tokenHash)
    .where('revoked_at', 'is', null)
    .where((eb) => eb.or([eb('expires_at', 'is', null), eb('expires_at', '>', now)]))
    .executeTakeFirst()
}

export async function touchApiKey(db: Db, organizationId: string, id: string, now: Date): Promise<void> {
  await db.updateTable('api_key').set({ last_used_at: now }).where('organization_id', '=', organizationId).where('id', '=', id).execute()
}

export function findApiKeys(db: Db, organizationId: string) {
  return db
    .selectFrom('api_key')
    .select([
      'id',
      'name',
      'permissions',
      'created_at as createdAt',
      'last_used_at as lastUsedAt',
      'expires_at as expiresAt',
      'revoked_at as revokedAt',
    ])
    .where('organization_id', '=', organizationId)
    .orderBy('created_at', 'desc')
    .limit(500)
    .execute()
}

export interface NewApiKey {
  organizationId: string
  id: string
  name: string
  tokenHash: Buffer
  permissions: string[]
  createdBy: string | null
  now: Date
  expiresAt: Date | null
}

export async function insertApiKey(tx: Transaction, key: NewApiKey): Promise<void> {
  await tx
    .insertInto('api_key')
    .values({
      organization_id: key.organizationId,
      id: key.id,
      name: key.name,
      token_hash: key.tokenHash,
      permissions: key.permissions,
      created_by: key.createdBy,
      created_at: key.now,
      last_used_at: null,
      expires_at: key.expiresAt,
      revoked_at: null,
    })
    .execute()
}

/** @returns false when there is no live key of this id */
export async function revokeKey(tx: Transaction, organizationId: string, id: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('api_key')
    .set({ revoked_at: now })
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
