import { sql } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { Transaction } from '../../../platform/database/database.ts'
import type { Locale } from '../../../platform/contract/index.ts'
import type { Role } from '../contract/permissions.ts'
import './table.ts'

type Reader = Pick<ReadContext, 'db' | 'organizationId'>

export interface StaffSummary {
  id: string
  login: string
  name: string
  title: string
  email: string | null
  locale: Locale
  departmentId: string | null
  state: 'invited' | 'active' | 'disabled'
  roles: Role[]
}

export const rolesOfStaff = sql<Role[]>`array(select r.role from staff_role r
  where r.organization_id = p.organization_id and r.staff_id = p.id order by r.role)`

function summaries({ db, organizationId }: Reader) {
  return db
    .selectFrom('staff as p')
    .select(['p.id', 'p.login', 'p.name', 'p.title', 'p.email', 'p.locale', 'p.department_id as departmentId', 'p.state'])
    .select(rolesOfStaff.as('roles'))
    .where('p.organization_id', '=', organizationId)
}

/** One member of staff, whatever their state; undefined when there is none of this id. */
export function findStaff(reader: Reader, staffId: string): Promise<StaffSummary | undefined> {
  return summaries(reader).where('p.id', '=', staffId).executeTakeFirst()
}

/** The same of many, by id. */
export async function staffSummaries(reader: Reader, staffIds: readonly string[]): Promise<Map<string, StaffSummary>> {
  if (staffIds.length === 0) return new Map()
  const rows = await summaries(reader).where(sql<boolean>`p.id = any(${[...new Set(staffIds)]}::uuid[])`).execute()
  return new Map(rows.map((row) => [row.id, row]))
}

/** Names by id, for lists that name people; former staff included. */
export async function staffNames({ db, organizationId }: Reader, staffIds: readonly string[]): Promise<Map<string, string>> {
  if (staffIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('staff')
    .select(['id', 'name'])
    .where('organization_id', '=', organizationId)
    .where(sql<boolean>`id = any(${[...new Set(staffIds)]}::uuid[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Active staff who hold a role, ordered by id so that callers that lock them lock in one order. */
export function staffInRole(reader: Reader, role: Role): Promise<StaffSummary[]> {
  return summaries(reader)
    .innerJoin('staff_role as held', (join) =>
      join.onRef('held.organization_id', '=', 'p.organization_id').onRef('held.staff_id', '=', 'p.id'),
    )
    .where('held.role', '=', role)
    .where('p.state', '=', 'active')
    .orderBy('p.id')
    .execute()
}

export interface BoundManager {
  id: string
  name: string
  /** When this manager last got a patient of this physician; null before the first. Breaks ties of load. */
  lastAssignedAt: Date | null
}

/** The active service managers bound to a physician, longest without a new patient first, then by id. */
export function managersOf({ db, organizationId }: Reader, physicianId: string): Promise<BoundManager[]> {
  return db
    .selectFrom('physician_manager as b')
    .innerJoin('staff as p', (join) => join.onRef('p.organization_id', '=', 'b.organization_id').onRef('p.id', '=', 'b.manager_id'))
    .innerJoin('staff_role as r', (join) =>
      join.onRef('r.organization_id', '=', 'p.organization_id').onRef('r.staff_id', '=', 'p.id').on('r.role', '=', 'service-manager'),
    )
    .select(['p.id', 'p.name', 'b.last_assigned_at as lastAssignedAt'])
    .where('b.organization_id', '=', organizationId)
    .where('b.physician_id', '=', physicianId)
    .where('p.state', '=', 'active')
    .orderBy('b.last_assigned_at', (order) => order.asc().nullsFirst())
    .orderBy('p.id')
    .execute()
}

/** Remembers that a manager has just got a patient of this physician. */
export async function noteAssignment(tx: Transaction, organizationId: string, physicianId: string, managerId: string, at: Date): Promise<void> {
  await tx
    .updateTable('physician_manager')
    .set({ last_assigned_at: at })
    .where('organization_id', '=', organizationId)
    .where('physician_id', '=', physicianId)
    .where('manager_id', '=', managerId)
    .execute()
}
