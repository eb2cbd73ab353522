import type { ReadContext } from '../../../platform/context/context.ts'
import { rolesOfStaff } from './directory.ts'
import { DEMO_PASSWORD } from './found.ts'
import './table.ts'

/** What the sign-in page may tell of a demonstration; nothing at all of a real house. */
export async function demoAccounts({ db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>, isDemo: boolean) {
  if (!isDemo) return { password: null, accounts: [] }
  const accounts = await db
    .selectFrom('staff as p')
    .select(['p.login', 'p.name'])
    .select(rolesOfStaff.as('roles'))
    .where('p.organization_id', '=', organizationId)
    .where('p.state', '=', 'active')
    .where('p.password_expires', '=', false)
    .orderBy('p.created_at')
    .orderBy('p.id')
    .limit(50)
    .execute()
  return { password: DEMO_PASSWORD, accounts }
}
