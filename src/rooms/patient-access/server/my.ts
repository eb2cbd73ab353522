import { dateIn } from '../../../platform/clock.ts'
import { ownPatientId, type ReadContext, type WriteContext } from '../../../platform/context/context.ts'
import type { Call } from '../../../platform/context/room.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { openingsOf, type Opening } from '../../audit/server/index.ts'
import { patientSummary } from '../../patient/server/index.ts'
import { ROLES } from '../../staff/contract/permissions.ts'
import { staffSummaries } from '../../staff/server/index.ts'
import { GUARDIAN_UNDER_YEARS } from '../../patient/contract/person.ts'
import type { readHome, whoLooked } from '../contract/my.ts'
import { isSecure } from './cookie.ts'
import { patientCookie } from './rules.ts'
import { endSessions } from './session-store.ts'
import { telephoneOf } from './way-store.ts'

/** Whose pages these are, and the people beside them. */
export async function home(ctx: ReadContext): Promise<OutputOf<typeof readHome>> {
  const patient = await patientSummary(ctx, ownPatientId(ctx))
  if (!patient) throw platformProblem('NotFound')
  const carers = [
    { role: 'doctor' as const, name: patient.doctorName },
    { role: 'manager' as const, name: patient.managerName },
    { role: 'counsellor' as const, name: patient.counsellorName },
  ]
  return {
    name: patient.called || patient.name,
    forGuardian: patient.ageYears !== null && patient.ageYears < GUARDIAN_UNDER_YEARS,
    organization: ctx.tenant.name,
    phone: await telephoneOf(ctx.db, ctx.organizationId),
    // Who looks after a person is among what they tell others themselves.
    carers: ctx.actor.proxy ? [] : carers.flatMap(({ role, name }) => (name ? [{ role, name }] : [])),
  }
}

/** So many lines of the log at a time: a doctor who reads a file leaves a dozen in a minute. */
const LINES = 300

/** Who was in the own file: people and machines of the house, and whom one has let in, by day. The own visits and what runs by itself are left out. */
export async function openings(ctx: ReadContext, before: string | undefined): Promise<OutputOf<typeof whoLooked>> {
  const found = await openingsOf(ctx, ownPatientId(ctx), { limit: LINES, ...(before ? { before } : {}) })
  const others = found.openings.filter(({ actorKind }) => ['staff', 'device', 'relative'].includes(actorKind))
  const byDay = Map.groupBy(others, (one) => `${dateIn(new Date(one.at), ctx.tenant.timeZone)} ${actorKey(one)}`)
  const staff = await staffSummaries(
    ctx,
    others.flatMap(({ actorKind, actorId }) => (actorKind === 'staff' && actorId ? [actorId] : [])),
  )
  const language = ctx.locale === 'en' ? 'en' : 'zh'
  const rows = [...byDay].map(([key, lines]) => {
    const last = lines[0]!
    const roles = staff.get(last.actorId ?? '')?.roles ?? []
    return {
      key,
      on: dateIn(new Date(last.at), ctx.tenant.timeZone),
      at: last.at,
      name: last.actorName,
      roles: roles.map((role) => ROLES[role][language]),
      isMachine: last.actorKind === 'device',
      isRelative: last.actorKind === 'relative',
      times: lines.length,
    }
  })
  return { rows, next: found.next }
}

const actorKey = ({ actorId, actorName }: Opening) => actorId ?? actorName

/** Ends the session that asks, and takes its cookie away. */
export async function signOut(ctx: WriteContext, call: Call): Promise<Record<never, never>> {
  const which = { patientId: ownPatientId(ctx), id: ctx.actor.sessionId! }
  await endSessions(ctx.tx, ctx.organizationId, which, 'signed-out', ctx.clock.now())
  call.setHeader('set-cookie', patientCookie('', { isSecure: isSecure(call.house, call), seconds: 0 }))
  return {}
}
