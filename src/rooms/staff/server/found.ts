import { hashPassword } from '../../../platform/auth/password.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { insertDepartment, insertOrganization, insertSite, type DemoLoad } from '../../organization/server/index.ts'
import demo from '../content/demo-accounts.json' with { type: 'json' }
import type { Role } from '../contract/permissions.ts'
import { createInvitation } from './invitation.ts'
import { bindManager, insertStaff } from './store.ts'

/** The password of every demonstration account. */
export const DEMO_PASSWORD = 'Peiban-2026'

export interface FoundedAccount {
  id: string
  login: string
  name: string
  roles: Role[]
}

export interface FoundedOrganization {
  tenant: Tenant
  /** By login. */
  accounts: Record<string, FoundedAccount>
}

export interface Founding {
  slug: string
  name: string
  nameEn?: string
  timeZone?: string
  password?: string
  /** Which members a demonstration is still to be given: kept with it, so that a load can be taken up again. */
  demoLoad?: DemoLoad
}

/**
 * Founds an organization for demonstrations: a site, departments, and one account or two for each role, all with the
 * same password, which does not expire. Never for a house that sees real patients.
 */
export async function createOrganizationWithAccounts(house: House, founding: Founding): Promise<FoundedOrganization> {
  const passwordHash = await hashPassword(founding.password ?? DEMO_PASSWORD)
  return found(house, { ...founding, demo: true }, async (ctx) => {
    const departments = await furnish(ctx)
    const accounts: Record<string, FoundedAccount> = {}
    for (const { login, name, title, roles, department } of demo.accounts) {
      const id = ctx.ids.next()
      accounts[login] = { id, login, name, roles: roles as Role[] }
      await insertStaff(ctx.tx, {
        organizationId: ctx.organizationId,
        id,
        login,
        name,
        title,
        departmentId: departments[department] ?? null,
        state: 'active',
        passwordHash,
        passwordExpires: false,
        roles,
        now: ctx.clock.now(),
      })
    }
    for (const [physician, manager] of demo.bindings)
      await bindManager(ctx.tx, ctx.organizationId, accounts[physician!]!.id, accounts[manager!]!.id, ctx.clock.now())
    await appointLeads(ctx, departments, accounts)
    return accounts
  })
}

async function furnish(ctx: WriteContext): Promise<Record<string, string>> {
  const siteId = ctx.ids.next()
  await insertSite(ctx.tx, ctx.organizationId, siteId, demo.site, ctx.clock.now())
  const departments: Record<string, string> = {}
  for (const { name } of demo.departments) {
    const id = ctx.ids.next()
    await insertDepartment(ctx.tx, ctx.organizationId, id, { name, siteId, leadId: null }, ctx.clock.now())
    departments[name] = id
  }
  return departments
}

async function appointLeads(ctx: WriteContext, departments: Record<string, string>, accounts: Record<string, FoundedAccount>): Promise<void> {
  for (const { name, lead } of demo.departments)
    await ctx.tx
      .updateTable('department')
      .set({ lead_id: accounts[lead]!.id })
      .where('organization_id', '=', ctx.organizationId)
      .where('id', '=', departments[name]!)
      .execute()
}

export interface FoundedAdministrator extends FoundedAccount {
  /** Goes behind `/invitation#`; shown once, since only its hash is kept. */
  invitationToken: string
}

/** The first accounts of a real house: its three administrators, each by invitation. */
const FIRST_ACCOUNTS = [
  { login: 'xitong', role: 'system-administrator' },
  { login: 'anquan', role: 'security-administrator' },
  { login: 'shenji', role: 'audit-administrator' },
] as const

/** Founds an organization for real use: only the three administrators, each with a link to set a first password. */
export async function createOrganizationWithAdministrators(
  house: House,
  founding: Founding & { administratorNames: Record<(typeof FIRST_ACCOUNTS)[number]['role'], string> },
): Promise<{ tenant: Tenant; administrators: FoundedAdministrator[] }> {
  const { tenant, accounts } = await found(house, founding, async (ctx) => {
    const administrators: Record<string, FoundedAdministrator> = {}
    for (const { login, role } of FIRST_ACCOUNTS) {
      const id = ctx.ids.next()
      const name = founding.administratorNames[role]
      await insertStaff(ctx.tx, {
        organizationId: ctx.organizationId, id, login, name, state: 'invited', passwordHash: null, roles: [role], now: ctx.clock.now(),
      })
      const { token } = await createInvitation(ctx, id, 'invite')
      administrators[login] = { id, login, name, roles: [role], invitationToken: token }
    }
    return administrators
  })
  return { tenant, administrators: Object.values(accounts) }
}

async function found<T>(
  house: House,
  founding: Founding & { demo?: boolean },
  populate: (ctx: WriteContext) => Promise<T>,
): Promise<{ tenant: Tenant; accounts: T }> {
  const { slug, name, nameEn, timeZone, demo: isDemo, demoLoad } = founding
  const id = house.ids.next()
  const draft: Tenant = { id, name, timeZone: timeZone ?? 'Asia/Shanghai', locale: 'zh-CN' }
  const actor = systemActor(id, 'found')
  const result = await write(house, { tenant: draft, actor }, async (ctx) => {
    const now = ctx.clock.now()
    const tenant = await insertOrganization(ctx.tx, {
      id, slug, name, now, ...(nameEn ? { nameEn } : {}), ...(timeZone ? { timeZone } : {}), ...(isDemo ? { demo: true } : {}),
      ...(demoLoad ? { demoLoad } : {}),
    })
    const accounts = await populate(ctx)
    const entry = { organizationId: id, actor, action: 'organization.found', outcome: 'done', patientId: null, subjectId: id } as const
    await house.recordAudit(ctx.tx, { ...entry, detail: { slug, demo: isDemo ?? false }, requestId: null, address: null }, now, house.ids)
    return { tenant, accounts }
  })
  house.forgetTenants()
  return result
}
