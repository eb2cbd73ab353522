import { hashToken, newToken, organizationOfToken } from '../../../platform/auth/token.ts'
import type { Tenant, WriteContext } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { Caller } from '../../../platform/http/server.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import type { Device } from '../contract/words.ts'
import { wasGuardians } from '../../patient/server/index.ts'
import { isSessionOver, sessionEndsAt } from './rules.ts'
import { findSession, insertSession, touchSession, type LiveSession } from './session-store.ts'

/** How often the time of last use is written; also the most by which "idle" is off. */
const TOUCH_MS = 60_000

/** Whose a patient's cookie is; undefined when it proves nothing. */
export async function authenticatePatient(
  house: House,
  request: { cookie: string; locale?: Locale },
): Promise<Caller | undefined> {
  const found = await liveSession(house, request.cookie)
  if (!found) return undefined
  const { tenant, session } = found
  return {
    actor: {
      kind: 'patient',
      organizationId: tenant.id,
      id: session.patientId,
      name: session.name,
      roles: [],
      permissions: new Set(),
      sessionId: session.id,
    },
    tenant,
    locale: request.locale ?? session.locale,
  }
}

/** The session of a cookie, with its organization; noted as used. */
export async function liveSession(
  house: House,
  token: string,
): Promise<{ tenant: Tenant; session: LiveSession } | undefined> {
  const organizationId = organizationOfToken(token)
  const tenant = organizationId ? await house.tenant(organizationId).catch(() => undefined) : undefined
  if (!tenant) return undefined
  const db = house.databases.of(tenant.id)
  const session = await findSession(db, tenant.id, hashToken(token))
  const now = house.clock.now()
  if (!session || isSessionOver(session, now)) return undefined
  if (wasGuardians({ birthDate: session.birthDate, madeAt: session.openedAt }, now, tenant.timeZone)) return undefined
  if (now.getTime() - session.lastSeenAt.getTime() > TOUCH_MS) await touchSession(db, tenant.id, session.id, now)
  return { tenant, session }
}

/** Lets a person in who has proven to be the one the way is for. @returns the token for the cookie, and when it ends */
export async function openPatientSession(
  ctx: WriteContext,
  { patientId, wayId, stays, device }: { patientId: string; wayId: string; stays: boolean; device: Device },
): Promise<{ token: string; expiresAt: Date }> {
  const { token, hash } = newToken(ctx.organizationId)
  const now = ctx.clock.now()
  const expiresAt = sessionEndsAt(stays, now)
  await insertSession(ctx.tx, ctx.organizationId, {
    id: ctx.ids.next(),
    patientId,
    wayId,
    tokenHash: hash,
    stays,
    device,
    now,
    expiresAt,
  })
  return { token, expiresAt }
}
