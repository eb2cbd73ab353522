import { dateIn } from '../../../platform/clock.ts'
import { hashToken, organizationOfToken } from '../../../platform/auth/token.ts'
import type { Proxy, Tenant } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import type { Caller } from '../../../platform/http/server.ts'
import { isSessionOver } from '../../patient-access/server/index.ts'
import { agreedOf } from './family.ts'
import { stateOf, type Moment } from './rules.ts'
import { touch } from './session-store.ts'
import { findProxy, type KnownRelative } from './store.ts'

/** How often the time of last use is written. */
const TOUCH_MS = 60_000

/** In whose name a relative's cookie acts; undefined when it proves nothing, or the patient does not let them in any more. */
export async function authenticateProxy(
  house: House,
  { cookie, for: relativeId, locale }: { cookie: string; for: string; locale?: Locale },
): Promise<Caller | undefined> {
  const tenant = await tenantOf(house, cookie)
  if (!tenant) return undefined
  const db = house.databases.of(tenant.id)
  const row = await findProxy(db, tenant.id, { tokenHash: hashToken(cookie), relativeId })
  const moment = momentIn(house, tenant)
  if (!row?.patient_active || stateOf(agreedOf(row), moment) !== 'active') return undefined
  const { stays, session_seen_at: lastSeenAt, session_expires_at: expiresAt } = row
  if (isSessionOver({ stays, lastSeenAt, expiresAt }, moment.now)) return undefined
  const seen = Math.min(lastSeenAt.getTime(), row.last_seen_at?.getTime() ?? 0)
  if (moment.now.getTime() - seen > TOUCH_MS)
    await touch(db, tenant.id, { sessionId: row.session_id, relativeId: row.id, now: moment.now })
  const proxy = proxyOf(house, tenant, row)
  return {
    actor: {
      kind: 'patient',
      organizationId: tenant.id,
      id: row.patient_id,
      name: proxy.name,
      roles: [],
      permissions: new Set(),
      sessionId: row.session_id,
      proxy,
    },
    tenant,
    locale: locale ?? tenant.locale,
  }
}

/** As the log and everybody else names them: 王芳（子女）. */
export function proxyOf(house: House, tenant: Tenant, row: KnownRelative): Proxy {
  const relation = house.translate(tenant.locale, 'family', `my.relation.${row.relation}`)
  return {
    id: row.id,
    name: house.translate(tenant.locale, 'family', 'my.nameWith', { name: row.name, relation }),
    scopes: row.scopes,
  }
}

export function momentIn({ clock }: House, { timeZone }: Tenant): Moment {
  const now = clock.now()
  return { now, today: dateIn(now, timeZone), timeZone }
}

export async function tenantOf(house: House, token: string): Promise<Tenant | undefined> {
  const organizationId = organizationOfToken(token)
  return organizationId ? house.tenant(organizationId).catch(() => undefined) : undefined
}
