import { sql } from 'kysely'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import type { Role } from '../contract/permissions.ts'
import { rolesOfStaff } from './directory.ts'
import './table.ts'

export interface StaffFilter {
  id?: string | undefined
  search?: string | undefined
  role?: Role | undefined
  state?: 'invited' | 'active' | 'disabled' | undefined
  departmentId?: string | undefined
}

/** Counting stops here: a list that long is searched, not counted. */
export const COUNT_MAX = 1000

/** Accounts by login, after `cursor`. A few thousand at most in one organization, so the search may read them all. */
export function findAccounts(db: Db, organizationId: string, filter: StaffFilter, page: { cursor?: string | undefined; limit: number }) {
  return filtered(db, organizationId, filter)
    .leftJoin('department as d', (join) => join.onRef('d.organization_id', '=', 'p.organization_id').onRef('d.id', '=', 'p.department_id'))
    .select([
      'p.id',
      'p.login',
      'p.name',
      'p.title',
      'p.email',
      'p.department_id as departmentId',
      'd.name as departmentName',
      'p.state',
      'p.locked_until as lockedUntil',
      'p.totp_confirmed_at as totpConfirmedAt',
      'p.version',
    ])
    .select(rolesOfStaff.as('roles'))
    .select(
      sql<Date | null>`(select max(s.last_seen_at) from session s
        where s.organization_id = p.organization_id and s.staff_id = p.id)`.as('lastSeenAt'),
    )
    .$if(page.cursor !== undefined, (query) => query.where('p.login', '>', page.cursor!))
    .orderBy('p.login')
    .limit(page.limit)
    .execute()
}

/** @returns how many there are, COUNT_MAX + 1 when it is more than COUNT_MAX */
export async function countAccounts(db: Db, organizationId: string, filter: StaffFilter): Promise<number> {
  const some = filtered(db, organizationId, filter).select('p.id').limit(COUNT_MAX + 1)
  const row = await db.selectFrom(some.as('some')).select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()
  return row.count
}

function filtered(db: Db, organizationId: string, { id, search, role, state, departmentId }: StaffFilter) {
  const pattern = `%${(search ?? '').replaceAll(/[\\%_]/g, '\\$&')}%`
  return db
    .selectFrom('staff as p')
    .where('p.organization_id', '=', organizationId)
    .$if(!!id, (query) => query.where('p.id', '=', id!))
    .$if(!!search, (query) => query.where((eb) => eb.or([eb('p.name', 'ilike', pattern), eb('p.login', 'ilike', pattern)])))
    .$if(!!state, (query) => query.where('p.state', '=', state!))
    .$if(!!departmentId, (query) => query.where('p.department_id', '=', departmentId!))
    .$if(!!role, (query) =>
      query.where(
        sql<boolean>`exists (select from staff_role r where r.organization_id = p.organization_id and r.staff_id = p.id and r.role = ${role})`,
      ),
    )
}

/** Active colleagues for pickers, by name. */
export function findColleagues(db: Db, organizationId: string, filter: StaffFilter, limit: number) {
  return filtered(db, organizationId, { ...filter, state: 'active' })
    .leftJoin('department as d', (join) => join.onRef('d.organization_id', '=', 'p.organization_id').onRef('d.id', '=', 'p.department_id'))
    .select(['p.id', 'p.name', 'p.title', 'p.department_id as departmentId', 'd.name as departmentName'])
    .select(rolesOfStaff.as('roles'))
    .orderBy('p.name')
    .orderBy('p.id')
    .limit(limit)
    .execute()
}

/** Locks accounts in the order of their ids, so that two administrators who act on each other wait and do not deadlock. */
export function lockAccounts(tx: Transaction, organizationId: string, staffIds: readonly string[]) {
  return tx
    .selectFrom('staff as p')
    .select(['p.id', 'p.state', 'p.email', 'p.name', 'p.login', 'p.locale', 'p.password_hash as passwordHash'])
    .select(rolesOfStaff.as('roles'))
    .where('p.organization_id', '=', organizationId)
    .where(sql<boolean>`p.id = any(${[...new Set(staffIds)]}::uuid[])`)
    .orderBy('p.id')
    .forUpdate('p')
    .execute()
}

export interface PersonFields {
  name: string
  title: string
  email: string | null
  departmentId: string | null
}

export async function updatePerson(
  tx: Transaction,
  organizationId: string,
  staffId: string,
  { name, title, email, departmentId }: PersonFields,
  version: number,
): Promise<number | undefined> {
  const row = await tx
    .updateTable('staff')
    .set({ name, title, email, department_id: departmentId, version: version + 1 })
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst()
  return row?.version
}

/** Replaces the roles. @returns the new version, undefined when somebody was quicker */
export async function replaceRoles(
  tx: Transaction,
  organizationId: string,
  staffId: string,
  roles: readonly Role[],
  version: number,
): Promise<number | undefined> {
  const row = await tx
    .updateTable('staff')
    .set({ version: version + 1 })
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst()
  if (!row) return undefined
  await tx.deleteFrom('staff_role').where('organization_id', '=', organizationId).where('staff_id', '=', staffId).execute()
  const rows = [...new Set(roles)].map((role) => ({ organization_id: organizationId, staff_id: staffId, role }))
  await tx.insertInto('staff_role').values(rows).execute()
  return row.version
}

/** Opens or closes an account. One that never had a password goes back to being invited. */
export async function setOpen(tx: Transaction, organizationId: string, staffId: string, isOpen: boolean, now: Date): Promise<void> {
  const state = isOpen ? sql<'active'>`case when password_hash is null then 'invited' else 'active' end` : ('disabled' as const)
  await tx
    .updateTable('staff')
    .set((eb) => ({ state, disabled_at: isOpen ? null : now, version: eb('version', '+', 1) }))
    .where('organization_id', '=', organizationId)
    .where('id', '=', staffId)
    .execute()
}
