import { hashToken, organizationOfToken } from '../../../platform/auth/token.ts'
import type { Actor, AuditEntry, Tenant, WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Call } from '../../../platform/context/room.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { wasGuardians } from '../../patient/server/index.ts'
import type { enterByWay, lookAtWay } from '../contract/enter.ts'
import { liveSession, openPatientSession } from './authenticate.ts'
import { cookieOf, isSecure } from './cookie.ts'
import { deviceOf, patientCookie } from './rules.ts'
import { findWayByToken, noteOpened, takeTry, telephoneOf, type FoundWay } from './way-store.ts'

/**
 * What a link does for whoever holds it. Nobody is signed in: the token finds the organization and the way, and the date
 * of birth says that it is the right person. Strangers learn nothing of anybody.
 */
export async function lookAt(house: House, token: string, call: Call): Promise<OutputOf<typeof lookAtWay>> {
  const closed = { state: 'closed' as const, organization: null, phone: null, page: null }
  const tenant = await tenantOf(house, token)
  if (!tenant) return closed
  const db = house.databases.of(tenant.id)
  const way = await findWayByToken(db, tenant.id, hashToken(token))
  if (!way) return closed
  const answer = { organization: tenant.name, phone: await telephoneOf(db, tenant.id), page: null }
  const state = stateOf(way, house.clock.now(), tenant.timeZone)
  if (state !== 'open') return { ...answer, state }
  const cookie = cookieOf(call)
  const inside = cookie ? await liveSession(house, cookie) : undefined
  if (inside?.tenant.id === tenant.id && inside.session.patientId === way.patient_id)
    return { ...answer, state: 'inside', page: way.page }
  return { ...answer, state }
}

type Entered = OutputOf<typeof enterByWay>

export async function enter(
  house: House,
  token: string,
  { birthDate, stay }: InputOf<typeof enterByWay>['body'],
  call: Call,
): Promise<Entered> {
  const answer = (result: Entered['result'], triesLeft = 0): Entered => ({ result, triesLeft, page: null })
  const tenant = await tenantOf(house, token)
  if (!tenant) return answer('closed')
  return write(house, { tenant, actor: stranger(tenant) }, async (ctx) => {
    const way = await findWayByToken(ctx.db, tenant.id, hashToken(token))
    const now = ctx.clock.now()
    const state = way ? stateOf(way, now, tenant.timeZone) : 'closed'
    if (!way || state !== 'open') return answer(state === 'locked' ? 'locked' : 'closed')
    const triesLeft = await takeTry(ctx.tx, tenant.id, way.id, now)
    // Somebody else took the last one while we looked.
    if (triesLeft === undefined) return answer('locked')
    if (birthDate !== way.birth_date) {
      if (triesLeft === 0) await note(ctx, house, way, { outcome: 'denied', detail: { locked: true } })
      return answer(triesLeft === 0 ? 'locked' : 'wrong-birth-date', triesLeft)
    }
    await noteOpened(ctx.tx, tenant.id, way.id, now)
    const device = deviceOf(String(call.headers['user-agent'] ?? ''))
    const session = await openPatientSession(ctx, { patientId: way.patient_id, wayId: way.id, stays: stay, device })
    ctx.actor.id = way.patient_id
    ctx.actor.name = way.name
    await note(ctx, house, way, { outcome: 'done', detail: { device } })
    const seconds = stay ? Math.floor((session.expiresAt.getTime() - now.getTime()) / 1000) : undefined
    call.setHeader('set-cookie', patientCookie(session.token, { isSecure: isSecure(house, call), seconds }))
    return { result: 'entered', triesLeft, page: way.page }
  })
}

async function tenantOf(house: House, token: string): Promise<Tenant | undefined> {
  const organizationId = organizationOfToken(token)
  return organizationId ? house.tenant(organizationId).catch(() => undefined) : undefined
}

/**
 * Withdrawn, run out, of a person who died or was merged away, a guardian's of before the 14th birthday, or without a date
 * to prove anything by: all the same.
 */
function stateOf(way: FoundWay, now: Date, timeZone: string): 'open' | 'locked' | 'closed' {
  if (!way.is_active || !way.birth_date || way.expires_at <= now) return 'closed'
  if (wasGuardians({ birthDate: way.birth_date, madeAt: way.made_at }, now, timeZone)) return 'closed'
  return way.state === 'withdrawn' ? 'closed' : way.state
}

function stranger(tenant: Tenant): Actor {
  return { kind: 'patient', organizationId: tenant.id, id: null, name: '', roles: [], permissions: new Set() }
}

function note(
  ctx: WriteContext,
  house: House,
  way: FoundWay,
  { outcome, detail }: Pick<AuditEntry, 'outcome' | 'detail'>,
): Promise<void> {
  const entry: AuditEntry = {
    organizationId: ctx.organizationId,
    actor: ctx.actor,
    action: 'my.enter',
    outcome,
    patientId: way.patient_id,
    subjectId: way.id,
    detail,
    requestId: null,
    address: null,
  }
  return house.recordAudit(ctx.tx, entry, ctx.clock.now(), house.ids)
}
