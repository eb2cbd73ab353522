import { timingSafeEqual } from 'node:crypto'
import { hashToken, newPhoneCode, newToken } from '../../../platform/auth/token.ts'
import { readContext, write, type House } from '../../../platform/context/house.ts'
import type { Actor, AuditEntry, ReadContext, Tenant, WriteContext } from '../../../platform/context/context.ts'
import type { Call } from '../../../platform/context/room.ts'
import type { InputOf, OutputOf } from '../../../platform/contract/index.ts'
import { CODE_MINUTES, CODE_TRIES, secondsToWait } from '../../card/server/index.ts'
import { sendMessage } from '../../message/server/index.ts'
import { deviceOf, isSecure, isSessionOver, sessionEndsAt, telephoneOf } from '../../patient-access/server/index.ts'
import { codeTemplateOf, sendPhoneCode, smsAccountOf } from '../../sms/server/index.ts'
import type * as contract from '../contract/entrance.ts'
import type { RelativeId } from '../contract/words.ts'
import { momentIn, proxyOf, tenantOf } from './authenticate.ts'
import { proxyCookie, proxyCookieOf } from './cookie.ts'
import { agreedOf } from './family.ts'
import { stateOf } from './rules.ts'
import {
  codesSent,
  countTry,
  findSession,
  holdPhone,
  insertCode,
  insertSession,
  lockLastCode,
  markUsed,
} from './session-store.ts'
import { findByToken, updateRelative, type KnownRelative } from './store.ts'

const DAY_MS = 86_400_000
type Looked = OutputOf<typeof contract.lookAtInvitation>
type Asked = OutputOf<typeof contract.askForCode>
type Entered = OutputOf<typeof contract.enterByCode>

/** What a relative's link shows to whoever holds it: whose house it is and which phone gets the code, nothing of the patient. */
export async function lookAt(house: House, token: string, call: Call): Promise<Looked> {
  const closed = { state: 'closed' as const, organization: null, phone: null, phoneMasked: null, ready: false }
  const tenant = await tenantOf(house, token)
  if (!tenant) return { ...closed, relativeId: null }
  const ctx = readContext(house, { tenant, actor: stranger(tenant) })
  const row = await findByToken(ctx.db, tenant.id, hashToken(token))
  const known = { organization: tenant.name, phone: await telephoneOf(ctx.db, tenant.id) }
  if (!row || !isOpen(house, tenant, row)) return { ...closed, ...known, relativeId: null }
  const inside = row.confirmed_at !== null && (await holdsPhone(ctx, row, call))
  return {
    ...known,
    state: inside ? 'inside' : 'open',
    phoneMasked: row.phone_masked,
    ready: (await codeTemplateOf(ctx)) !== undefined,
    relativeId: inside ? (row.id as RelativeId) : null,
  }
}

async function holdsPhone(ctx: ReadContext, row: KnownRelative, call: Call): Promise<boolean> {
  const cookie = proxyCookieOf(call)
  const session = cookie && (await findSession(ctx.db, ctx.organizationId, hashToken(cookie)))
  if (!session || !session.phone_index.equals(row.phone_index)) return false
  const { stays, last_seen_at: lastSeenAt, expires_at: expiresAt } = session
  return !isSessionOver({ stays, lastSeenAt, expiresAt }, ctx.clock.now())
}

/** The code is committed before it leaves: the phone may have it before the provider has answered. */
export async function sendCode(house: House, token: string): Promise<Asked> {
  const answer = (result: Asked['result'], seconds = 0): Asked => ({ result, seconds, demoCode: null })
  const tenant = await tenantOf(house, token)
  if (!tenant) return answer('closed')
  const made = await write(house, { tenant, actor: stranger(tenant) }, async (ctx) => {
    const row = await findByToken(ctx.tx, tenant.id, hashToken(token))
    if (!row || !isOpen(house, tenant, row)) return answer('closed')
    if (!(await codeTemplateOf(ctx))) return answer('no-way')
    await holdPhone(ctx.tx, row.phone_index)
    const now = ctx.clock.now()
    const wait = secondsToWait(
      await codesSent(ctx.tx, tenant.id, row.phone_index, new Date(now.getTime() - DAY_MS)),
      now,
    )
    if (wait > 0) return answer('wait', wait)
    const code = newPhoneCode()
    const id = ctx.ids.next<string>()
    await insertCode(ctx.tx, {
      organization_id: tenant.id,
      id,
      relative_id: row.id,
      phone_index: row.phone_index,
      hash: codeHash(ctx, row.id, code),
      created_at: now,
      expires_at: new Date(now.getTime() + CODE_MINUTES * 60_000),
    })
    actAs(ctx, house, tenant, row)
    await note(ctx, house, row, 'my.family-code', 'done')
    const isDemo = (await smsAccountOf(ctx))?.standIn === true
    return { id, code, to: ctx.sealer.open(tenant.id, row.phone_sealed), isDemo }
  })
  if ('result' in made) return made
  const sent = await sendPhoneCode(house, tenant, made)
  if (!sent || sent.kind === 'refused' || sent.kind === 'undelivered') return answer('no-way')
  return { ...answer('sent', 60), demoCode: made.isDemo ? made.code : null }
}

/** Tries a code. The last code's row is locked, so tries count one by one; the first right one is the relative's yes. */
export async function enter(
  house: House,
  token: string,
  { code, stay }: InputOf<typeof contract.enterByCode>['body'],
  call: Call,
): Promise<Entered> {
  const answer = (result: Entered['result'], triesLeft = 0): Entered => ({ result, triesLeft, relativeId: null })
  const tenant = await tenantOf(house, token)
  if (!tenant) return answer('closed')
  return write(house, { tenant, actor: stranger(tenant) }, async (ctx) => {
    const row = await findByToken(ctx.tx, tenant.id, hashToken(token), { lock: true })
    if (!row || !isOpen(house, tenant, row)) return answer('closed')
    actAs(ctx, house, tenant, row)
    const last = await lockLastCode(ctx.tx, tenant.id, row.id)
    const now = ctx.clock.now()
    if (!last || last.used_at || last.expires_at <= now) return answer('no-code')
    if (last.tries >= CODE_TRIES) return answer('used-up')
    if (!timingSafeEqual(last.hash, codeHash(ctx, row.id, code))) {
      await countTry(ctx.tx, tenant.id, last.id)
      const triesLeft = CODE_TRIES - last.tries - 1
      if (triesLeft === 0) await note(ctx, house, row, 'my.family-enter', 'denied')
      return answer(triesLeft === 0 ? 'used-up' : 'wrong-code', triesLeft)
    }
    await markUsed(ctx.tx, tenant.id, last.id, now)
    if (!row.confirmed_at) await confirm(ctx, row)
    const session = await open(ctx, row, { stay, device: deviceOf(String(call.headers['user-agent'] ?? '')) })
    await note(ctx, house, row, 'my.family-enter', 'done', { first: row.confirmed_at === null })
    const seconds = stay ? Math.floor((session.expiresAt.getTime() - now.getTime()) / 1000) : undefined
    call.setHeader('set-cookie', proxyCookie(session.token, { isSecure: isSecure(house, call), seconds }))
    return { result: 'entered', triesLeft: 0, relativeId: row.id as RelativeId }
  })
}

/** The patient hears of it, whoever had written it down. */
async function confirm(ctx: WriteContext, row: KnownRelative): Promise<void> {
  const now = ctx.clock.now()
  await updateRelative(ctx.tx, ctx.organizationId, row.id, { confirmed_at: now })
  await sendMessage(ctx, {
    patientId: row.patient_id,
    template: 'family-let-in',
    touch: `relative:${row.id}`,
    values: { who: row.name },
    notAfter: new Date(now.getTime() + 7 * DAY_MS),
    source: 'family',
    sourceKey: row.id,
  })
}

async function open(
  ctx: WriteContext,
  row: KnownRelative,
  { stay, device }: { stay: boolean; device: 'phone' | 'computer' },
): Promise<{ token: string; expiresAt: Date }> {
  const { token, hash } = newToken(ctx.organizationId)
  const now = ctx.clock.now()
  const expiresAt = sessionEndsAt(stay, now)
  await insertSession(ctx.tx, {
    organization_id: ctx.organizationId,
    id: ctx.ids.next<string>(),
    phone_index: row.phone_index,
    token_hash: hash,
    stays: stay,
    device,
    opened_at: now,
    last_seen_at: now,
    expires_at: expiresAt,
    ended_at: null,
  })
  return { token, expiresAt }
}

function isOpen(house: House, tenant: Tenant, row: KnownRelative): boolean {
  const state = stateOf(agreedOf(row), momentIn(house, tenant))
  return row.patient_active && (state === 'active' || state === 'invited')
}

/** A keyed hash, so that six digits cannot be tried out against a copy of the table. */
function codeHash(ctx: Pick<ReadContext, 'sealer' | 'organizationId'>, relativeId: string, code: string): Buffer {
  return ctx.sealer.index(ctx.organizationId, 'family/code', `${relativeId}:${code}`)
}

function stranger(tenant: Tenant): Actor {
  return { kind: 'patient', organizationId: tenant.id, id: null, name: '', roles: [], permissions: new Set() }
}

function actAs(ctx: WriteContext, house: House, tenant: Tenant, row: KnownRelative): void {
  const proxy = proxyOf(house, tenant, row)
  Object.assign(ctx.actor, { id: row.patient_id, name: proxy.name, proxy })
}

function note(
  ctx: WriteContext,
  house: House,
  row: KnownRelative,
  action: string,
  outcome: AuditEntry['outcome'],
  detail: Record<string, unknown> = {},
): Promise<void> {
  const entry: AuditEntry = {
    organizationId: ctx.organizationId,
    actor: ctx.actor,
    action,
    outcome,
    patientId: row.patient_id,
    subjectId: row.id,
    detail,
    requestId: null,
    address: null,
  }
  return house.recordAudit(ctx.tx, entry, ctx.clock.now(), house.ids)
}
