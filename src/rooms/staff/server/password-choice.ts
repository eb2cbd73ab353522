import { hashPassword, verifyPassword } from '../../../platform/auth/password.ts'
import type { WriteContext } from '../../../platform/context/context.ts'
import type { SecurityPolicy } from '../../organization/contract/settings.ts'
import { staffProblem } from '../contract/problems.ts'
import { storePassword } from './account-store.ts'
import { isStrongPassword, PASSWORD_HISTORY } from './rules.ts'

export interface PasswordOwner {
  id: string
  login: string
  passwordHash: string | null
  passwordPast: string[]
}

/**
 * Gives a person a new password, if it may be used.
 * @param path the input field a refusal points to
 */
export async function choosePassword(ctx: WriteContext, owner: PasswordOwner, password: string, policy: SecurityPolicy, path: string): Promise<void> {
  if (!isStrongPassword(password, owner.login, policy)) throw staffProblem('PasswordTooWeak', { length: policy.passwordLengthMin }, path)
  const former = [...(owner.passwordHash ? [owner.passwordHash] : []), ...owner.passwordPast].slice(0, PASSWORD_HISTORY)
  const repeats = await Promise.all(former.map((hash) => verifyPassword(password, hash)))
  if (repeats.includes(true)) throw staffProblem('PasswordUsedBefore', { count: PASSWORD_HISTORY }, path)
  await storePassword(ctx.tx, ctx.organizationId, owner.id, await hashPassword(password), ctx.clock.now())
}
