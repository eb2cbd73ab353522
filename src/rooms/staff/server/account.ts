import { verifyPassword } from '../../../platform/auth/password.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Call } from '../../../platform/context/room.ts'
import type { Locale, Problem } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { settingsDocument, type SecurityPolicy } from '../../organization/contract/settings.ts'
import { staffProblem } from '../contract/problems.ts'
import type { SignInStep } from '../contract/sign-in.ts'
import { findAccount, findLock, takeAttempt } from './account-store.ts'
import { choosePassword } from './password-choice.ts'
import { owedStep, passwordExpiresAt, sessionCookie, wantsSecondFactor } from './rules.ts'
import { findSessionById, findSessionsOf, revokeSessions, type SessionRow } from './session-store.ts'
import { isSecure, lockedProblem } from './sign-in.ts'

export interface Standing {
  session: SessionRow
  policy: SecurityPolicy
  owes: SignInStep | null
}

/** The caller's own session, the policy over it, and what it still owes. */
export async function standingOf(ctx: ReadContext): Promise<Standing> {
  const session = ctx.actor.sessionId ? await findSessionById(ctx.db, ctx.organizationId, ctx.actor.sessionId) : undefined
  if (!session) throw platformProblem('NotSignedIn')
  const policy = settingsDocument.parse(session.settings).security
  return { session, policy, owes: owedStep(session, policy, ctx.clock.now()) }
}

export async function showMe(ctx: ReadContext) {
  const { session, policy } = await standingOf(ctx)
  const isSet = session.totpConfirmedAt !== null
  return {
    id: session.staffId as never,
    name: session.name,
    login: session.login,
    roles: [...ctx.actor.roles],
    permissions: [...ctx.actor.permissions],
    locale: ctx.locale,
    organization: { id: ctx.tenant.id, name: ctx.tenant.name, timeZone: ctx.tenant.timeZone },
    secondFactor: { isSet, isAdvised: !isSet && wantsSecondFactor(session.roles, policy) },
    passwordExpiresAt: passwordExpiresAt(session, policy)?.toISOString() ?? null,
    passwordLengthMin: policy.passwordLengthMin,
  }
}

export async function showStep(ctx: ReadContext) {
  const { session, policy, owes } = await standingOf(ctx)
  return { owes, name: session.name, login: session.login, passwordLengthMin: policy.passwordLengthMin }
}

/** The old password is a guess like any other: it is counted, and too many lock the account. */
export async function changeOwnPassword(
  ctx: WriteContext,
  { current, next }: { current: string; next: string },
): Promise<{ owes: SignInStep | null } | Problem> {
  const { session, policy, owes } = await standingOf(ctx)
  if (owes === 'second-factor') throw platformProblem('SignInUnfinished', { step: owes })
  const now = ctx.clock.now()
  const guess = await takeAttempt(ctx.tx, ctx.organizationId, { staffId: session.staffId }, policy, now)
  if (!guess) throw await stillLocked(ctx, session.staffId)
  if (!guess.passwordHash || !(await verifyPassword(current, guess.passwordHash)))
    return refusedAfterCounting(ctx, session.staffId, staffProblem('PasswordWrong', {}, 'body.current'))
  const account = await findAccount(ctx.db, ctx.organizationId, session.staffId)
  await choosePassword(ctx, account, next, policy, 'body.next')
  await revokeSessions(ctx.tx, ctx.organizationId, session.staffId, 'password-changed', now, { except: session.id })
  return { owes: owedStep({ ...session, passwordSetAt: now }, policy, now) }
}

export async function stillLocked(ctx: WriteContext, staffId: string): Promise<Problem> {
  const now = ctx.clock.now()
  const until = await findLock(ctx.tx, ctx.organizationId, { staffId }, now)
  return until ? lockedProblem(until, now) : platformProblem('NotSignedIn')
}

/** A wrong guess that is counted; the one that locks the account also ends the session it was made in. */
export async function refusedAfterCounting(ctx: WriteContext, staffId: string, refusal: Problem): Promise<Problem> {
  const now = ctx.clock.now()
  const until = await findLock(ctx.tx, ctx.organizationId, { staffId }, now)
  if (!until) return refusal
  await revokeSessions(ctx.tx, ctx.organizationId, staffId, 'revoked', now, { only: ctx.actor.sessionId! })
  return lockedProblem(until, now)
}

export async function listOwnSessions(ctx: ReadContext) {
  const { session, policy } = await standingOf(ctx)
  const now = ctx.clock.now()
  const idleSince = new Date(now.getTime() - policy.idleMinutes * 60_000)
  const rows = await findSessionsOf(ctx.db, ctx.organizationId, session.staffId, now, idleSince)
  const sessions = rows.map((row) => ({
    ...row,
    id: row.id as never,
    isCurrent: row.id === session.id,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
  }))
  return { sessions }
}

export async function endOwnSession(ctx: WriteContext, sessionId: string) {
  const ended = await revokeSessions(ctx.tx, ctx.organizationId, ctx.actor.id!, 'revoked', ctx.clock.now(), { only: sessionId })
  if (ended === 0) throw platformProblem('NotFound')
  return {}
}

export async function endOtherSessions(ctx: WriteContext) {
  const except = ctx.actor.sessionId
  const revoked = await revokeSessions(ctx.tx, ctx.organizationId, ctx.actor.id!, 'revoked', ctx.clock.now(), { except })
  ctx.audit.detail = { revoked }
  return { revoked }
}

export async function leave(ctx: WriteContext, call: Call) {
  await revokeSessions(ctx.tx, ctx.organizationId, ctx.actor.id!, 'signed-out', ctx.clock.now(), { only: ctx.actor.sessionId! })
  call.setHeader('set-cookie', sessionCookie('', isSecure(call)))
  return {}
}

export async function chooseLocale(ctx: WriteContext, locale: Locale) {
  await ctx.tx
    .updateTable('staff')
    .set({ locale })
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', ctx.actor.id!)
    .execute()
  return {}
}

