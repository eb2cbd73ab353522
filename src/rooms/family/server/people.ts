import { hashToken } from '../../../platform/auth/token.ts'
import { systemActor } from '../../../platform/context/context.ts'
import { readContext, write, type House } from '../../../platform/context/house.ts'
import type { Call } from '../../../platform/context/room.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { authenticatePatient, cookieOf, isSecure, isSessionOver } from '../../patient-access/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import type { Cared, readPeople } from '../contract/entrance.ts'
import type { RelativeId } from '../contract/words.ts'
import { momentIn, tenantOf } from './authenticate.ts'
import { proxyCookie, proxyCookieOf } from './cookie.ts'
import { agreedOf } from './family.ts'
import { ownAgeOn, stateOf } from './rules.ts'
import { endSession, findSession } from './session-store.ts'
import { findByPhone } from './store.ts'

/** 看谁的: whose pages this browser may open now. */
export async function people(house: House, call: Call): Promise<OutputOf<typeof readPeople>> {
  return { self: await self(house, call), others: await others(house, call) }
}

async function self(house: House, call: Call): Promise<{ name: string } | null> {
  const cookie = cookieOf(call)
  const caller = cookie ? await authenticatePatient(house, { cookie }) : undefined
  if (!caller?.actor.id) return null
  const ctx = readContext(house, { tenant: caller.tenant, actor: caller.actor })
  const patient = await patientSummary(ctx, caller.actor.id)
  return { name: patient?.called || caller.actor.name }
}

async function others(house: House, call: Call): Promise<Cared[]> {
  const cookie = proxyCookieOf(call)
  const tenant = cookie ? await tenantOf(house, cookie) : undefined
  if (!cookie || !tenant) return []
  const { db } = readContext(house, { tenant, actor: systemActor(tenant.id, 'family') })
  const session = await findSession(db, tenant.id, hashToken(cookie))
  const moment = momentIn(house, tenant)
  if (!session) return []
  const { stays, last_seen_at: lastSeenAt, expires_at: expiresAt } = session
  if (isSessionOver({ stays, lastSeenAt, expiresAt }, moment.now)) return []
  return (await findByPhone(db, tenant.id, session.phone_index))
    .filter((row) => stateOf(agreedOf(row), moment) === 'active')
    .map((row) => ({
      id: row.id as RelativeId,
      name: row.patient_called || row.patient_name,
      relation: row.relation,
      scopes: row.scopes,
      untilOn: row.until_on,
      ownAgeOn: ownAgeOn(agreedOf(row), moment.timeZone),
    }))
}

export async function signOut(house: House, call: Call): Promise<Record<never, never>> {
  const cookie = proxyCookieOf(call)
  const tenant = cookie ? await tenantOf(house, cookie) : undefined
  if (cookie && tenant)
    await write(house, { tenant, actor: systemActor(tenant.id, 'family') }, (ctx) =>
      endSession(ctx.tx, tenant.id, hashToken(cookie), ctx.clock.now()),
    )
  call.setHeader('set-cookie', proxyCookie('', { isSecure: isSecure(house, call), seconds: 0 }))
  return {}
}
