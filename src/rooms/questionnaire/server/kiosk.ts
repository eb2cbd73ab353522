import { hashToken, newPhoneCode, newToken, organizationOfToken } from '../../../platform/auth/token.ts'
import { systemActor, type ReadContext, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { OutputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { settingsOf, webAddressOf } from '../../organization/server/index.ts'
import { requireVisible } from '../../patient/server/index.ts'
import type * as contract from '../contract/kiosks.ts'
import { questionnaireProblem } from '../contract/problems.ts'
import { findInvitation, telephoneOf } from './invitation-store.ts'
import { deleteKeys, insertKeys, takeCode } from './key-store.ts'
import * as kiosks from './kiosk-store.ts'
import { standingOf } from './rules/invitation.ts'
import { codeUntil, kioskStanding, KIOSK_TRIES, sessionUntil } from './rules/kiosk.ts'

/** The address that a tablet is opened with; it is shown once. */
export async function setUp(ctx: WriteContext, name: string): Promise<OutputOf<typeof contract.setUpKiosk>> {
  const { token, hash } = newToken(ctx.organizationId)
  const id = ctx.ids.next()
  await kiosks.insertKiosk(ctx.tx, ctx.organizationId, { id, name, hash, at: ctx.clock.now(), by: ctx.actor })
  ctx.audit.subjectId = id
  const { general } = await settingsOf(ctx)
  return { id: id as never, link: `${webAddressOf(general, ctx.publicUrl)}/kiosk/${token}` }
}

export async function listAll(ctx: ReadContext): Promise<OutputOf<typeof contract.listKiosks>> {
  const rows = await kiosks.findKiosks(ctx.db, ctx.organizationId)
  return {
    rows: rows.map((row) => ({
      id: row.id as never,
      name: row.name,
      madeAt: row.made_at.toISOString(),
      madeBy: row.made_by_name,
    })),
  }
}

export async function end(ctx: WriteContext, id: string): Promise<{ ended: boolean }> {
  return { ended: await kiosks.endKiosk(ctx.tx, ctx.organizationId, id, ctx.clock.now()) }
}

/** Codes are few; one that is taken is drawn again. */
const DRAWS = 5

/**
 * A code of a few minutes that opens a link on a tablet of the house. The former code of the link is good no more.
 * @throws Problem NotFound, InvitationClosed
 */
export async function codeFor(
  ctx: WriteContext,
  invitationId: string,
): Promise<OutputOf<typeof contract.codeForKiosk>> {
  const row = await findInvitation(ctx.db, ctx.organizationId, invitationId)
  if (!row) throw platformProblem('NotFound')
  if (row.patient_id) {
    await requireVisible(ctx, row.patient_id)
    ctx.audit.patientId = row.patient_id
  }
  const now = ctx.clock.now()
  const { state, closes_at: closesAt, quota, answers } = row
  if (!row.is_asked || standingOf({ state, closesAt, quota, answers }, now) !== 'open')
    throw questionnaireProblem('InvitationClosed')
  await deleteKeys(ctx.tx, ctx.organizationId, invitationId, 'code')
  const until = codeUntil(now)
  for (let draw = 0; draw < DRAWS; draw++) {
    const code = newPhoneCode()
    const key = { hash: codeHash(ctx.organizationId, code), invitationId, kind: 'code' as const, until }
    if (await insertKeys(ctx.tx, ctx.organizationId, [key], ctx.clock.now()))
      return { code, until: until.toISOString() }
  }
  throw questionnaireProblem('CodesExhausted')
}

/** Of the organization as well, so that one table of hashes does not tell the codes of all. */
const codeHash = (organizationId: string, code: string) => hashToken(`${organizationId} kiosk ${code}`)

const UNKNOWN = { state: 'unknown' as const, organization: null, phone: null }

export async function lookAtKiosk(house: House, token: string): Promise<OutputOf<typeof contract.lookAtKiosk>> {
  const tenant = await tenantOf(house, token)
  if (!tenant) return UNKNOWN
  const db = house.databases.of(tenant.id)
  const row = await kiosks.findKioskByToken(db, tenant.id, hashToken(token))
  if (!row) return UNKNOWN
  const phone = await telephoneOf(db, tenant.id)
  return { state: kioskStanding(row, house.clock.now()), organization: tenant.name, phone }
}

/** A right code gives the tablet a key to that one link, for as long as filling in may take. */
export async function openKiosk(
  house: House,
  token: string,
  code: string,
): Promise<OutputOf<typeof contract.openKiosk>> {
  const tenant = await tenantOf(house, token)
  const refused = (result: 'unknown' | 'resting' | 'ended') => ({ result, triesLeft: 0, token: null })
  if (!tenant) return refused('unknown')
  return write(house, { tenant, actor: systemActor(tenant.id, 'questionnaire/kiosk') }, async (ctx) => {
    const now = ctx.clock.now()
    const kiosk = await kiosks.lockKiosk(ctx.tx, tenant.id, hashToken(token))
    if (!kiosk) return refused('unknown')
    const standing = kioskStanding(kiosk, now)
    if (standing !== 'ready') return refused(standing)
    const invitationId = await takeCode(ctx.tx, tenant.id, codeHash(tenant.id, code), now)
    if (!invitationId) return wrongCode(ctx, kiosk, now)
    await kiosks.noteKioskTries(ctx.tx, tenant.id, kiosk.id, 0, null)
    const key = newToken(tenant.id)
    await insertKeys(
      ctx.tx,
      tenant.id,
      [{ hash: key.hash, invitationId, kind: 'kiosk', until: sessionUntil(now) }],
      now,
    )
    return { result: 'open' as const, triesLeft: KIOSK_TRIES, token: key.token }
  })
}

async function wrongCode(ctx: WriteContext, kiosk: kiosks.KioskRow, now: Date) {
  // Tries of long ago are forgotten: `kioskStanding` has said that the tablet is ready again.
  const isSame = kiosk.tries > 0 && kiosk.tries < KIOSK_TRIES
  const tries = isSame ? kiosk.tries + 1 : 1
  await kiosks.noteKioskTries(ctx.tx, ctx.organizationId, kiosk.id, tries, now)
  return { result: 'wrong-code' as const, triesLeft: Math.max(0, KIOSK_TRIES - tries), token: null }
}

async function tenantOf(house: House, token: string): Promise<Tenant | undefined> {
  const organizationId = organizationOfToken(token)
  return organizationId ? house.tenant(organizationId).catch(() => undefined) : undefined
}
