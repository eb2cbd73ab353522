import { organizationOfToken } from '../../../platform/auth/token.ts'
import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Call } from '../../../platform/context/room.ts'
import { settingsOf } from '../../organization/server/index.ts'
import { staffProblem } from '../contract/problems.ts'
import { findAccount } from './account-store.ts'
import { findInvited, useInvitation } from './invitation.ts'
import { choosePassword } from './password-choice.ts'
import { owedStep } from './rules.ts'
import { revokeSessions } from './session-store.ts'
import { log, startSession } from './sign-in.ts'

async function tenantOf(house: House, token: string): Promise<Tenant> {
  const organizationId = organizationOfToken(token)
  const tenant = organizationId ? await house.tenant(organizationId).catch(() => undefined) : undefined
  if (!tenant) throw staffProblem('InvitationSpent')
  return tenant
}

/** Whom a link greets. */
export async function greetInvited(house: House, token: string) {
  const tenant = await tenantOf(house, token)
  const db = house.databases.of(tenant.id)
  const invited = await findInvited(db, tenant.id, token, house.clock.now())
  if (!invited) throw staffProblem('InvitationSpent')
  const { security } = await settingsOf({ db, organizationId: tenant.id })
  const { name, login, purpose } = invited
  return { name, login, purpose, organization: tenant.name, passwordLengthMin: security.passwordLengthMin }
}

/** Sets a password through a link: the link is spent, other sessions end, this browser is signed in. */
export async function acceptInvitation(house: House, { token, password }: { token: string; password: string }, call: Call) {
  const tenant = await tenantOf(house, token)
  return write(house, { tenant, actor: systemActor(tenant.id, 'invitation') }, async (ctx) => {
    const now = ctx.clock.now()
    const invited = await findInvited(ctx.db, tenant.id, token, now)
    if (!invited || !(await useInvitation(ctx.tx, tenant.id, token, now))) throw staffProblem('InvitationSpent')
    const { security } = await settingsOf(ctx)
    const account = await findAccount(ctx.db, tenant.id, invited.id)
    await choosePassword(ctx, account, password, security, 'body.password')
    await revokeSessions(ctx.tx, tenant.id, invited.id, 'password-changed', now)
    await startSession(ctx, invited.id, call)
    const owes = owedStep({ ...account, passwordSetAt: now, secondFactorAt: null }, security, now)
    const { id: staffId, name, purpose } = invited
    await log(house, tenant, call, { staffId, name, roles: account.roles, outcome: 'done', action: `invitation.${purpose}`, owes }, ctx)
    return { owes }
  })
}
