import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Call } from '../../../platform/context/room.ts'
import type { InputOf, Problem } from '../../../platform/contract/index.ts'
import { brokenConstraint } from '../../../platform/database/database.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { changeRoles, changeStaff, createStaff, listStaff } from '../contract/administration.ts'
import { permissionsOf, roleConflict, type Role } from '../contract/permissions.ts'
import { staffProblem } from '../contract/problems.ts'
import { clearAttempts, dropSecret } from './account-store.ts'
import { COUNT_MAX, countAccounts, findAccounts, lockAccounts, replaceRoles, setOpen, updatePerson } from './administration-store.ts'
import { cancelInvitations, createInvitation } from './invitation.ts'
import { mailInvitation } from './invitation-mail.ts'
import { revokeSessions } from './session-store.ts'
import { insertStaff } from './store.ts'

const REFUSALS: Record<string, () => Problem> = {
  staff_login_taken: () => staffProblem('LoginTaken', {}, 'body.login'),
  staff_department: () => staffProblem('DepartmentUnknown', {}, 'body.departmentId'),
}

async function explained<T>(run: Promise<T>): Promise<T> {
  try {
    return await run
  } catch (error) {
    throw REFUSALS[brokenConstraint(error) ?? '']?.() ?? error
  }
}

export async function listAccounts(ctx: ReadContext, { cursor, limit, ...filter }: InputOf<typeof listStaff>['query']) {
  const found = await findAccounts(ctx.db, ctx.organizationId, filter, { cursor, limit: limit + 1 })
  const total = await countAccounts(ctx.db, ctx.organizationId, filter)
  const rows = found.slice(0, limit).map((row) => viewOf(ctx, row))
  return { rows, next: found.length > limit ? rows.at(-1)!.login : null, total: total > COUNT_MAX ? null : total }
}

export async function showAccount(ctx: ReadContext, staffId: string) {
  const [row] = await findAccounts(ctx.db, ctx.organizationId, { id: staffId }, { limit: 1 })
  if (!row) throw platformProblem('NotFound')
  return viewOf(ctx, row)
}

type AccountRow = Awaited<ReturnType<typeof findAccounts>>[number]

function viewOf(ctx: ReadContext, { totpConfirmedAt, lockedUntil, lastSeenAt, ...row }: AccountRow) {
  return {
    ...row,
    id: row.id as never,
    lockedUntil: lockedUntil && lockedUntil > ctx.clock.now() ? lockedUntil.toISOString() : null,
    lastSeenAt: lastSeenAt?.toISOString() ?? null,
    secondFactor: totpConfirmedAt !== null,
  }
}

function refuseConflict(roles: readonly Role[]): void {
  const administrator = roleConflict(roles)
  if (administrator) throw staffProblem('RolesConflict', { role: administrator }, 'body.roles')
}

/**
 * Locks the person acted upon together with the one who acts, and looks again whether that one may: of two
 * administrators who disable each other at the same moment, only the first does.
 */
async function lockTarget(ctx: WriteContext, staffId: string) {
  const accounts = await lockAccounts(ctx.tx, ctx.organizationId, [staffId, ctx.actor.id!])
  const actor = accounts.find((account) => account.id === ctx.actor.id)
  if (actor?.state !== 'active' || !permissionsOf(actor.roles).has('staff.administer'))
    throw platformProblem('NotPermitted', { permission: 'staff.administer' })
  const target = accounts.find((account) => account.id === staffId)
  if (!target) throw platformProblem('NotFound')
  return target
}

/** Nobody administers their own account: what changes rights needs a second person. */
async function lockOther(ctx: WriteContext, staffId: string) {
  if (staffId === ctx.actor.id) throw staffProblem('NotOnOneself')
  return lockTarget(ctx, staffId)
}

export async function createAccount(ctx: WriteContext, body: InputOf<typeof createStaff>['body'], call: Call) {
  refuseConflict(body.roles)
  const id = ctx.ids.next()
  const { login, name, title, email, departmentId, roles } = body
  const staff = { organizationId: ctx.organizationId, id, login, name, title, email, departmentId, locale: body.locale, roles: [...new Set(roles)] }
  await explained(insertStaff(ctx.tx, { ...staff, state: 'invited', passwordHash: null, now: ctx.clock.now() }))
  ctx.audit.subjectId = id
  ctx.audit.detail = { login, roles }
  return { id: id as never, ...(await invite(ctx, { id, name, login, email, locale: body.locale }, 'invite', call)) }
}

type Invited = Parameters<typeof mailInvitation>[1]

async function invite(ctx: WriteContext, staff: Invited, purpose: 'invite' | 'reset', call: Call) {
  const { token, expiresAt } = await createInvitation(ctx, staff.id, purpose)
  const isMailed = await mailInvitation(ctx, staff, { token, expiresAt, purpose }, call)
  return { token, expiresAt: expiresAt.toISOString(), isMailed }
}

export async function issueAccountLink(ctx: WriteContext, staffId: string, call: Call) {
  const target = await lockOther(ctx, staffId)
  if (target.state === 'disabled') throw staffProblem('AccountNotOpen')
  const purpose = target.passwordHash ? 'reset' : 'invite'
  ctx.audit.detail = { purpose }
  return invite(ctx, target, purpose, call)
}

export async function reviseStaff(ctx: WriteContext, staffId: string, { version, ...person }: InputOf<typeof changeStaff>['body']) {
  const next = await explained(updatePerson(ctx.tx, ctx.organizationId, staffId, person, version))
  if (!next) throw platformProblem('ChangedMeanwhile')
  ctx.audit.detail = { departmentId: person.departmentId }
  return { version: next }
}

export async function reviseRoles(ctx: WriteContext, staffId: string, { roles, version }: InputOf<typeof changeRoles>['body']) {
  refuseConflict(roles)
  const target = await lockOther(ctx, staffId)
  const next = await replaceRoles(ctx.tx, ctx.organizationId, staffId, roles, version)
  if (!next) throw platformProblem('ChangedMeanwhile')
  const revoked = await revokeSessions(ctx.tx, ctx.organizationId, staffId, 'roles-changed', ctx.clock.now())
  ctx.audit.detail = { from: target.roles, to: [...new Set(roles)].toSorted(), revoked }
  return { version: next }
}

export async function closeAccount(ctx: WriteContext, staffId: string) {
  await lockOther(ctx, staffId)
  const now = ctx.clock.now()
  await setOpen(ctx.tx, ctx.organizationId, staffId, false, now)
  await cancelInvitations(ctx.tx, ctx.organizationId, staffId, now)
  ctx.audit.detail = { revoked: await revokeSessions(ctx.tx, ctx.organizationId, staffId, 'disabled', now) }
  return {}
}

export async function reopenAccount(ctx: WriteContext, staffId: string) {
  await lockOther(ctx, staffId)
  await setOpen(ctx.tx, ctx.organizationId, staffId, true, ctx.clock.now())
  return {}
}

export async function unlockAccount(ctx: WriteContext, staffId: string) {
  await lockOther(ctx, staffId)
  await clearAttempts(ctx.tx, ctx.organizationId, staffId)
  return {}
}

/** For a lost phone. The person signs in with the password and sets up a new authenticator. */
export async function takeSecondFactor(ctx: WriteContext, staffId: string) {
  await lockOther(ctx, staffId)
  await dropSecret(ctx.tx, ctx.organizationId, staffId)
  ctx.audit.detail = { revoked: await revokeSessions(ctx.tx, ctx.organizationId, staffId, 'second-factor-reset', ctx.clock.now()) }
  return {}
}

export async function endStaffSessions(ctx: WriteContext, staffId: string) {
  const revoked = await revokeSessions(ctx.tx, ctx.organizationId, staffId, 'by-administrator', ctx.clock.now())
  ctx.audit.detail = { revoked }
  return { revoked }
}
