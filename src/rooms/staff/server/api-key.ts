import { newToken } from '../../../platform/auth/token.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { createApiKey } from '../contract/api-key.ts'
import { findApiKeys, insertApiKey, revokeKey } from './api-key-store.ts'

export async function listKeys(ctx: ReadContext) {
  const rows = await findApiKeys(ctx.db, ctx.organizationId)
  const now = ctx.clock.now()
  const keys = rows.map((row) => ({
    ...row,
    state: row.revokedAt ? 'revoked' : row.expiresAt && row.expiresAt <= now ? 'expired' : 'live',
    createdAt: row.createdAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    expiresAt: row.expiresAt?.toISOString() ?? null,
    revokedAt: row.revokedAt?.toISOString() ?? null,
  }))
  return { keys: keys as never }
}

/** Makes a key and shows it once; afterwards only its hash is known. */
export async function makeKey(ctx: WriteContext, { name, permissions, validDays }: InputOf<typeof createApiKey>['body']) {
  const { token, hash } = newToken(ctx.organizationId)
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  await insertApiKey(ctx.tx, {
    organizationId: ctx.organizationId,
    id,
    name,
    tokenHash: hash,
    permissions,
    createdBy: ctx.actor.id,
    now,
    expiresAt: validDays === null ? null : new Date(now.getTime() + validDays * 86_400_000),
  })
  ctx.audit.subjectId = id
  ctx.audit.detail = { name, permissions, validDays }
  return { id, key: token }
}

export async function withdrawKey(ctx: WriteContext, apiKeyId: string) {
  if (!(await revokeKey(ctx.tx, ctx.organizationId, apiKeyId, ctx.clock.now()))) throw platformProblem('NotFound')
  return {}
}
