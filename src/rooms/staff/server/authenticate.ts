import { hashToken, newToken, organizationOfToken } from '../../../platform/auth/token.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { Caller } from '../../../platform/http/server.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { permissionsOf } from '../contract/permissions.ts'
import { findApiKey, findSession, insertSession, touchSession } from './session-store.ts'

/** Idle sessions end after 30 minutes, all after 12 hours (GB/T 22239 level 3 asks for a limit; the numbers are ours). */
export const SESSION_IDLE_MINUTES = 30
export const SESSION_HOURS = 12
/** How often the time of last use is written; also the most by which "idle" is off. */
const TOUCH_SECONDS = 60

/** Who a session cookie or a bearer key belongs to; undefined when it proves nothing. */
export async function authenticate(
  house: House,
  request: { cookie?: string; bearer?: string; locale?: Locale },
): Promise<Caller | undefined> {
  const token = request.bearer ?? request.cookie ?? ''
  const organizationId = organizationOfToken(token)
  if (!organizationId) return undefined
  const tenant = await house.tenant(organizationId).catch(() => undefined)
  if (!tenant) return undefined
  const db = house.databases.of(organizationId)
  const now = house.clock.now()
  const hash = hashToken(token)
  if (request.bearer) {
    const key = await findApiKey(db, organizationId, hash, now)
    if (!key) return undefined
    const permissions = new Set(key.permissions)
    const actor = { kind: 'device' as const, organizationId, id: key.id, name: key.name, roles: [], permissions }
    return { actor, tenant, locale: request.locale ?? tenant.locale }
  }
  const idleSince = new Date(now.getTime() - SESSION_IDLE_MINUTES * 60_000)
  const session = await findSession(db, organizationId, hash, now, idleSince)
  if (!session) return undefined
  // Whoever has set up a second factor has no rights until it is shown.
  const admitted = session.totp_confirmed_at === null || session.second_factor_at !== null
  if (now.getTime() - session.last_seen_at.getTime() > TOUCH_SECONDS * 1000) await touchSession(db, organizationId, hash, now)
  return {
    actor: {
      kind: 'staff',
      organizationId,
      id: session.staff_id,
      name: session.name,
      roles: admitted ? session.roles : [],
      permissions: admitted ? permissionsOf(session.roles) : new Set(),
      sessionId: session.id,
    },
    tenant,
    locale: request.locale ?? session.locale,
  }
}

/** Opens a session for a member of staff whose password was right. @returns the token for the cookie */
export async function openSession(
  ctx: WriteContext,
  staffId: string,
  options: { secondFactor: boolean; address: string; userAgent: string },
): Promise<string> {
  const { token, hash } = newToken(ctx.organizationId)
  const now = ctx.clock.now()
  await insertSession(ctx.tx, {
    organizationId: ctx.organizationId,
    id: ctx.ids.next(),
    tokenHash: hash,
    staffId,
    now,
    expiresAt: new Date(now.getTime() + SESSION_HOURS * 3_600_000),
    ...options,
  })
  return token
}
