import { sql, type Expression, type SqlBool } from 'kysely'
import type { Actor } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { Level, Sex, Source } from '../contract/person.ts'
import { seesAll, visibleIds } from './scope.ts'
import { patientsWithNames, type NamedPatientRow } from './store.ts'

export interface ListFilter {
  level?: Level
  source?: Source
  state?: 'active' | 'deceased' | 'merged'
  sex?: Sex
  doctorId?: string
  managerId?: string
  /** Born on or before, and after. */
  bornUntil?: string
  bornAfter?: string
  createdFrom?: Date
  createdBefore?: Date
}

/** Above this a total is not counted on: nobody needs to know whether it is 70,000 or 80,000. */
export const TOTAL_MAX = 1000

/** One page, newest first; `before` is the last id of the page before. Ids are UUIDv7, so their order is that of time. */
export function findPage(db: Db, organizationId: string, actor: Actor, filter: ListFilter, page: { before?: string; limit: number; now: Date }): Promise<NamedPatientRow[]> {
  let query = patientsWithNames(db, organizationId).where(conditions(organizationId, actor, filter, page.now))
  if (page.before) query = query.where('patient.id', '<', page.before)
  return query.orderBy('patient.id', 'desc').limit(page.limit).execute()
}

/** How many there are, counted to `TOTAL_MAX`; null beyond. */
export async function countPatients(db: Db, organizationId: string, actor: Actor, filter: ListFilter, now: Date): Promise<number | null> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from (
      select from patient where patient.organization_id = ${organizationId} and ${conditions(organizationId, actor, filter, now)} limit ${TOTAL_MAX + 1}) counted`.execute(db)
  const count = rows[0]?.count ?? 0
  return count > TOTAL_MAX ? null : count
}

function conditions(organizationId: string, actor: Actor, filter: ListFilter, now: Date): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [scope(organizationId, actor, now)]
  const same = (column: string, value: unknown) => all.push(sql<SqlBool>`${sql.ref(`patient.${column}`)} = ${value}`)
  if (filter.state) same('state', filter.state)
  else all.push(sql<SqlBool>`patient.state <> 'merged'`)
  if (filter.level) same('level', filter.level)
  if (filter.source) same('source', filter.source)
  if (filter.sex) same('sex', filter.sex)
  for (const [column, value] of [['doctor_id', filter.doctorId], ['manager_id', filter.managerId]] as const)
    if (value === 'none') all.push(sql<SqlBool>`${sql.ref(`patient.${column}`)} is null`)
    else if (value) same(column, value)
  if (filter.bornUntil) all.push(sql<SqlBool>`patient.birth_date <= ${filter.bornUntil}`)
  if (filter.bornAfter) all.push(sql<SqlBool>`patient.birth_date > ${filter.bornAfter}`)
  if (filter.createdFrom) all.push(sql<SqlBool>`patient.created_at >= ${filter.createdFrom}`)
  if (filter.createdBefore) all.push(sql<SqlBool>`patient.created_at < ${filter.createdBefore}`)
  return sql<SqlBool>`${sql.join(all, sql` and `)}`
}

/** The pool alone is a partial index that stands in the order of the list; own customers are a set of ids. */
function scope(organizationId: string, actor: Actor, now: Date): Expression<SqlBool> {
  if (seesAll(actor)) return sql<SqlBool>`true`
  const own = visibleIds(actor, organizationId, now)
  if (!own) return sql<SqlBool>`false`
  const isPoolOnly = !actor.roles.some((role) => ['physician', 'service-manager', 'counsellor'].includes(role))
  return isPoolOnly ? sql<SqlBool>`patient.doctor_id is null and patient.state = 'active'` : sql<SqlBool>`patient.id in (${own})`
}
