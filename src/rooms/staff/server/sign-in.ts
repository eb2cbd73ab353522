import { hashPassword, verifyPassword } from '../../../platform/auth/password.ts'
import type { Actor, AuditEntry, Tenant, WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Call } from '../../../platform/context/room.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { SecurityPolicy } from '../../organization/contract/settings.ts'
import { findTenantBySlug, settingsOf } from '../../organization/server/index.ts'
import { staffProblem } from '../contract/problems.ts'
import { permissionsOf } from '../contract/permissions.ts'
import type { SignInStep } from '../contract/sign-in.ts'
import { clearAttempts, findAccount, findLock, giveBackAttempt, takeAttempt, type Guess } from './account-store.ts'
import { createAttemptLimiter, type AttemptLimiter } from './attempt-limiter.ts'
import { openSession } from './authenticate.ts'
import { owedStep, sessionCookie } from './rules.ts'

const limiters = new WeakMap<House, AttemptLimiter>()

function limiterOf(house: House): AttemptLimiter {
  const limiter = limiters.get(house) ?? createAttemptLimiter()
  limiters.set(house, limiter)
  return limiter
}

/** What a password is held against when there is none, so that an unknown login takes as long as a wrong password. */
let nobodysHash: Promise<string> | undefined

/** Signs in with login and password. The answer says which step, if any, is still owed; the session is a cookie. */
export async function signInWithPassword(
  house: House,
  { organization, login, password }: { organization?: string | undefined; login: string; password: string },
  call: Call,
): Promise<{ owes: SignInStep | null }> {
  const now = house.clock.now()
  const limiter = limiterOf(house)
  const seconds = limiter.takeFrom(call.address, now)
  if (seconds !== undefined) throw platformProblem('TooManyRequests', { seconds })
  const tenant = await chosenTenant(house, organization)
  const db = house.databases.of(tenant.id)
  const policy = (await settingsOf({ db, organizationId: tenant.id })).security
  const guess = await takeAttempt(db, tenant.id, { login }, policy, now)
  if (!guess) throw await refuseUncounted(house, tenant, login, policy, call)
  nobodysHash ??= hashPassword('nobody')
  const isRight = await verifyPassword(password, guess.passwordHash ?? (await nobodysHash))
  if (!isRight || !guess.passwordHash) throw await refuseCounted(house, tenant, guess, call)
  limiter.giveBack(call.address)
  if (guess.state !== 'active') {
    await log(house, tenant, call, { staffId: guess.staffId, name: guess.name, outcome: 'denied', reason: 'disabled' })
    throw staffProblem('AccountDisabled')
  }
  return admit(house, tenant, guess, policy, call)
}

async function chosenTenant(house: House, slug: string | undefined): Promise<Tenant> {
  if (slug) {
    const tenant = await findTenantBySlug(house.databases.none, slug)
    if (!tenant) throw staffProblem('SignInRefused')
    return tenant
  }
  const [only, ...others] = await house.tenants()
  if (!only || others.length > 0) throw staffProblem('OrganizationNeeded', {}, 'body.organization')
  return only
}

/** The account is locked, or there is none: both look alike, in words, time and number of guesses. */
async function refuseUncounted(house: House, tenant: Tenant, login: string, policy: SecurityPolicy, call: Call) {
  const now = house.clock.now()
  const lockedUntil = await findLock(house.databases.of(tenant.id), tenant.id, { login }, now)
  if (lockedUntil) {
    await log(house, tenant, call, { outcome: 'refused', reason: 'locked' })
    return lockedProblem(lockedUntil, now)
  }
  const attempt = limiterOf(house).takeUnknown(`${tenant.id}/${login}`, policy, now)
  await log(house, tenant, call, { outcome: 'refused', reason: 'unknown-login' })
  if (attempt.isLocked) return lockedProblem(attempt.until, now)
  nobodysHash ??= hashPassword('nobody')
  await verifyPassword('', await nobodysHash)
  return attempt.after.lockedUntil ? lockedProblem(attempt.after.lockedUntil, now) : staffProblem('SignInRefused')
}

async function refuseCounted(house: House, tenant: Tenant, guess: Guess, call: Call) {
  const now = house.clock.now()
  const lockedUntil = await findLock(house.databases.of(tenant.id), tenant.id, { staffId: guess.staffId }, now)
  const reason = lockedUntil ? 'wrong-password-locked' : 'wrong-password'
  await log(house, tenant, call, { staffId: guess.staffId, name: guess.name, outcome: 'refused', reason })
  return lockedUntil ? lockedProblem(lockedUntil, now) : staffProblem('SignInRefused')
}

export function lockedProblem(until: Date, now: Date) {
  return staffProblem('AccountLocked', { minutes: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 60_000)) })
}

async function admit(house: House, tenant: Tenant, guess: Guess, policy: SecurityPolicy, call: Call) {
  return write(house, { tenant, actor: actorOf(tenant, guess.staffId, guess.name, []) }, async (ctx) => {
    const account = await findAccount(ctx.db, tenant.id, guess.staffId)
    const owes = owedStep({ ...account, secondFactorAt: null }, policy, ctx.clock.now())
    if (owes === 'second-factor') await giveBackAttempt(ctx.tx, tenant.id, guess.staffId)
    else await clearAttempts(ctx.tx, tenant.id, guess.staffId)
    await startSession(ctx, guess.staffId, call)
    await log(house, tenant, call, { staffId: guess.staffId, name: guess.name, roles: account.roles, outcome: 'done', owes }, ctx)
    return { owes }
  })
}

/** Opens a session and hands its cookie to the browser. */
export async function startSession(ctx: WriteContext, staffId: string, call: Call): Promise<void> {
  const userAgent = String(call.headers['user-agent'] ?? '')
  const token = await openSession(ctx, staffId, { secondFactor: false, address: call.address, userAgent })
  call.setHeader('set-cookie', sessionCookie(token, isSecure(call)))
}

/** Whether the browser speaks https, to us or to the proxy before us. */
export function isSecure(call: Call): boolean {
  return call.headers['x-forwarded-proto'] === 'https' || String(call.headers['origin'] ?? '').startsWith('https:')
}

function actorOf(tenant: Tenant, id: string | null, name: string, roles: readonly string[]): Actor {
  return { kind: id ? 'staff' : 'anonymous', organizationId: tenant.id, id, name, roles, permissions: permissionsOf(roles) }
}

interface Logged {
  staffId?: string
  name?: string
  roles?: readonly string[]
  outcome: AuditEntry['outcome']
  action?: string
  reason?: string
  owes?: SignInStep | null
}

/** The audit row of a public call. A login that was typed is not kept: people type passwords there by mistake. */
export async function log(house: House, tenant: Tenant, call: Call, logged: Logged, ctx?: WriteContext): Promise<void> {
  const { staffId = null, name = '', roles = [], outcome, action = 'sign-in', reason, owes } = logged
  const entry: AuditEntry = {
    organizationId: tenant.id,
    actor: actorOf(tenant, staffId, name, roles),
    action,
    outcome,
    patientId: null,
    subjectId: staffId,
    detail: { ...(reason ? { reason } : {}), ...(owes ? { owes } : {}) },
    requestId: null,
    address: call.address,
  }
  await house.recordAudit(ctx?.tx ?? house.databases.of(tenant.id), entry, house.clock.now(), house.ids)
}
