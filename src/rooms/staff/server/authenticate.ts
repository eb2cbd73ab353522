import { hashToken, newToken, organizationOfToken } from '../../../platform/auth/token.ts'
import type { Tenant, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { Caller } from '../../../platform/http/server.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import { settingsDocument } from '../../organization/contract/settings.ts'
import { permissionsOf } from '../contract/permissions.ts'
import { findApiKey, touchApiKey } from './api-key-store.ts'
import { isSessionOver, owedStep } from './rules.ts'
import { findSession, insertSession, touchSession } from './session-store.ts'

/** The most a session may live; the organization's policy may be stricter, see `isSessionOver`. */
const SESSION_HOURS_MAX = 12
/** How often the time of last use is written; also the most by which "idle" is off. */
const TOUCH_SECONDS = 60

interface Proof {
  tenant: Tenant
  tokenHash: Buffer
  now: Date
  locale: Locale | undefined
}

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
  const proof = { tenant, tokenHash: hashToken(token), now: house.clock.now(), locale: request.locale }
  return request.bearer ? machine(house, proof) : person(house, proof)
}

async function machine(house: House, { tenant, tokenHash, now, locale }: Proof): Promise<Caller | undefined> {
  const db = house.databases.of(tenant.id)
  const key = await findApiKey(db, tenant.id, tokenHash, now)
  if (!key) return undefined
  if (!key.lastUsedAt || isStale(key.lastUsedAt, now)) await touchApiKey(db, tenant.id, key.id, now)
  const permissions = new Set(key.permissions)
  const actor = { kind: 'device' as const, organizationId: tenant.id, id: key.id, name: key.name, roles: [], permissions }
  return { actor, tenant, locale: locale ?? tenant.locale }
}

async function person(house: House, { tenant, tokenHash, now, locale }: Proof): Promise<Caller | undefined> {
  const db = house.databases.of(tenant.id)
  const session = await findSession(db, tenant.id, tokenHash, now)
  if (!session) return undefined
  const policy = settingsDocument.parse(session.settings).security
  if (isSessionOver(session, policy, now)) return undefined
  const owes = owedStep(session, policy, now)
  if (isStale(session.lastSeenAt, now)) await touchSession(db, tenant.id, tokenHash, now)
  return {
    actor: {
      kind: 'staff',
      organizationId: tenant.id,
      id: session.staffId,
      name: session.name,
      roles: owes ? [] : session.roles,
      permissions: owes ? new Set() : permissionsOf(session.roles),
      sessionId: session.id,
    },
    tenant,
    locale: locale ?? session.locale,
    ...(owes ? { owes } : {}),
  }
}

function isStale(seenAt: Date, now: Date): boolean {
  return now.getTime() - seenAt.getTime() > TOUCH_SECONDS * 1000
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
    expiresAt: new Date(now.getTime() + SESSION_HOURS_MAX * 3_600_000),
    ...options,
  })
  return token
}
