import type { WriteContext } from '../../../platform/context/context.ts'
import { brokenConstraint } from '../../../platform/database/database.ts'
import { staffProblem } from '../contract/problems.ts'
import { roleConflict, ROLES, type Role } from '../contract/permissions.ts'
import { createInvitation } from './invitation.ts'
import { insertStaff } from './store.ts'

/** For the command line, where whoever can call it owns the machine: accounts by invitation, never with a password. */
export async function addStaffByCommand(
  ctx: WriteContext,
  { login, name, roles }: { login: string; name: string; roles: Role[] },
): Promise<{ staffId: string; token: string }> {
  if (roleConflict(roles)) throw staffProblem('RolesConflict')
  const id = ctx.ids.next<string>()
  const now = ctx.clock.now()
  await insertStaff(ctx.tx, {
    organizationId: ctx.organizationId,
    id,
    login,
    name,
    state: 'invited',
    passwordHash: null,
    roles,
    now,
  }).catch((error: unknown) => {
    throw brokenConstraint(error) === 'staff_login_taken' ? staffProblem('LoginTaken') : error
  })
  return { staffId: id, token: (await createInvitation(ctx, id, 'invite')).token }
}

/** A link to set a new password. The account keeps its roles; it is unlocked when the password is set. */
export async function resetStaffByCommand(
  ctx: WriteContext,
  login: string,
): Promise<{ staffId: string; token: string }> {
  const staff = await ctx.tx
    .selectFrom('staff')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('login', '=', login)
    .where('state', '<>', 'disabled')
    .executeTakeFirst()
  if (!staff) throw staffProblem('AccountNotOpen')
  return { staffId: staff.id, token: (await createInvitation(ctx, staff.id, 'reset')).token }
}

export const ROLE_NAMES = Object.keys(ROLES) as Role[]
