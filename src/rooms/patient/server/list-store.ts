import { sql, type Expression, type SqlBool } from 'kysely'
import type { Actor } from '../../../platform/context/context.ts'
import type { Db } from '../../../platform/database/database.ts'
import type { Level, Sex, Source } from '../contract/person.ts'
import { visibleParts } from './scope.ts'
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

/**
 * One page, newest first; `before` is the last id of the page before. Ids are UUIDv7, so their order is that of time.
 * Each part of what the actor may see is read from its own index and ends at the limit (at a million members: 2 ms).
 */
export async function findPage(
  db: Db,
  organizationId: string,
  actor: Actor,
  filter: ListFilter,
  page: { before?: string; limit: number; now: Date },
): Promise<NamedPatientRow[]> {
  const ids = part(organizationId, actor, filter, page)
  if (!ids) return []
  return patientsWithNames(db, organizationId)
    .where(sql<SqlBool>`patient.id = any(array(select id from (${ids}) part order by id desc limit ${page.limit}))`)
    .orderBy('patient.id', 'desc')
    .execute()
}

/** How many there are, counted to `TOTAL_MAX`; null beyond. */
export async function countPatients(
  db: Db,
  organizationId: string,
  actor: Actor,
  filter: ListFilter,
  now: Date,
): Promise<number | null> {
  const ids = part(organizationId, actor, filter, { limit: TOTAL_MAX + 1, now })
  if (!ids) return 0
  const { rows } = await sql<{
    count: number
  }>`select count(*)::int as count from (select id from (${ids}) part limit ${TOTAL_MAX + 1}) counted`.execute(db)
  const count = rows[0]?.count ?? 0
  return count > TOTAL_MAX ? null : count
}

/** Ids of one page of each part that the actor may see, put together; who is in two parts comes once. */
function part(
  organizationId: string,
  actor: Actor,
  filter: ListFilter,
  page: { before?: string; limit: number; now: Date },
) {
  const parts = visibleParts(actor, organizationId, page.now)
  if (parts.length === 0) return undefined
  const filters = sql.join(conditions(filter), sql` and `)
  const before = page.before ? sql`and patient.id < ${page.before}` : sql``
  const one = (scope: Expression<SqlBool>) => sql`(select patient.id from patient
    where patient.organization_id = ${organizationId} and ${scope} and ${filters} ${before} order by patient.id desc limit ${page.limit})`
  return sql`${sql.join(parts.map(one), sql` union `)}`
}

function conditions(filter: ListFilter): Expression<SqlBool>[] {
  const all: Expression<SqlBool>[] = []
  const same = (column: string, value: unknown) => all.push(sql<SqlBool>`${sql.ref(`patient.${column}`)} = ${value}`)
  if (filter.state) same('state', filter.state)
  else all.push(sql<SqlBool>`patient.state <> 'merged'`)
  if (filter.level) same('level', filter.level)
  if (filter.source) same('source', filter.source)
  if (filter.sex) same('sex', filter.sex)
  for (const [column, value] of [
    ['doctor_id', filter.doctorId],
    ['manager_id', filter.managerId],
  ] as const)
    if (value === 'none') all.push(sql<SqlBool>`${sql.ref(`patient.${column}`)} is null`)
    else if (value) same(column, value)
  if (filter.bornUntil) all.push(sql<SqlBool>`patient.birth_date <= ${filter.bornUntil}`)
  if (filter.bornAfter) all.push(sql<SqlBool>`patient.birth_date > ${filter.bornAfter}`)
  if (filter.createdFrom) all.push(sql<SqlBool>`patient.created_at >= ${filter.createdFrom}`)
  if (filter.createdBefore) all.push(sql<SqlBool>`patient.created_at < ${filter.createdBefore}`)
  return all
}
