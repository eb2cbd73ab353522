import { sql, type Expression, type SqlBool } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { seesAll, visibleParts, visibleTo } from '../../patient/server/index.ts'
import type { SCOPES } from '../contract/task.ts'
import { CLINICAL_TYPES } from './rules.ts'
import '../../staff/server/table.ts'

export type Scope = (typeof SCOPES)[number]

/** What the reader's place in the house opens to them, asked for once per call. */
export interface Reach {
  /** The people of the department the reader leads; undefined for whoever leads none. */
  department: readonly string[] | undefined
}

/** Leads are quality leads: of the department they stand in, and of those that name them. */
export async function reachOf({ db, organizationId, actor }: ReadContext): Promise<Reach> {
  if (!actor.id || !actor.permissions.has('task.hand-over-bulk')) return { department: undefined }
  const { rows } = await sql<{ id: string }>`
    select s.id from staff s where s.organization_id = ${organizationId} and (
      s.department_id is not distinct from (select m.department_id from staff m where m.organization_id = ${organizationId} and m.id = ${actor.id})
      or s.department_id in (select d.id from department d where d.organization_id = ${organizationId} and d.lead_id = ${actor.id}))`.execute(
    db,
  )
  return { department: rows.map((row) => row.id) }
}

/** Whether a task stands in the department that the reader leads: somebody's of it, or nobody's yet. */
export function leadsTask({ department }: Reach, task: { owner_id: string | null }): boolean {
  return department !== undefined && (task.owner_id === null || department.includes(task.owner_id))
}

/** Whoever may not read the record does not see what names an illness, unless it is their own work. */
function typesSeen({ actor }: ReadContext): Expression<SqlBool> {
  return actor.permissions.has('record.read') || actor.kind === 'system'
    ? sql<SqlBool>`true`
    : sql<SqlBool>`t.type <> all(${[...CLINICAL_TYPES]}::text[])`
}

const poolOf = ({ actor }: ReadContext) => sql<SqlBool>`t.pool_role = any(${[...actor.roles]}::text[])`

/** Which tasks `t`, with their patient `p`, a reader may open. */
export function visibleTasks(ctx: ReadContext, reach: Reach): Expression<SqlBool> {
  if (ctx.actor.kind === 'system') return sql<SqlBool>`true`
  const { id } = ctx.actor
  return anyOf([
    ...(id ? [sql<SqlBool>`t.owner_id = ${id}`, sql<SqlBool>`t.created_by = ${id}`] : []),
    // What all sales managers were asked stays to be seen by all of them, also once one has done it (P2).
    sql<SqlBool>`(${poolOf(ctx)} and (t.state = 'requested' or t.type = 'assign-doctor'))`,
    sql<SqlBool>`(t.patient_id is not null and ${typesSeen(ctx)} and ${visibleTo(ctx.actor, 'p', ctx.clock.now())})`,
    ...(reach.department ? [inDepartment(reach.department)] : []),
  ])
}

/** Which tasks a reader may try to act on: also what somebody else has just taken from the same pool, to be told who. */
export function reachableTasks(ctx: ReadContext, reach: Reach): Expression<SqlBool> {
  return anyOf([visibleTasks(ctx, reach), poolOf(ctx)])
}

function inDepartment(department: readonly string[]): Expression<SqlBool> {
  return sql<SqlBool>`(t.owner_id is null or t.owner_id = any(${[...department]}::uuid[]))`
}

function anyOf(conditions: Expression<SqlBool>[]): Expression<SqlBool> {
  return sql<SqlBool>`(${sql.join(conditions, sql` or `)})`
}

/** The condition of one list, shaped so that an index reads it. */
export function scopeCondition(ctx: ReadContext, reach: Reach, scope: Scope): Expression<SqlBool> {
  switch (scope) {
    case 'mine':
      return ctx.actor.id ? sql<SqlBool>`t.owner_id = ${ctx.actor.id}` : sql<SqlBool>`false`
    case 'pool':
      return sql<SqlBool>`(t.state = 'requested' and ${poolOf(ctx)})`
    case 'department':
      return reach.department ? inDepartment(reach.department) : sql<SqlBool>`false`
    case 'customers': {
      if (seesAll(ctx.actor)) return sql<SqlBool>`(t.patient_id is not null and ${typesSeen(ctx)})`
      const parts = visibleParts(ctx.actor, ctx.organizationId, ctx.clock.now())
      if (parts.length === 0) return sql<SqlBool>`false`
      const ids = parts.map(
        (part) => sql`select patient.id from patient where patient.organization_id = ${ctx.organizationId} and ${part}`,
      )
      return sql<SqlBool>`(t.patient_id in (${sql.join(ids, sql` union `)}) and ${typesSeen(ctx)})`
    }
  }
}

/** The list a reader works from. */
export function defaultScope({ actor }: ReadContext): Scope {
  if (actor.permissions.has('task.do')) return 'mine'
  if (actor.permissions.has('task.assign-doctor')) return 'pool'
  return actor.permissions.has('task.hand-over-bulk') ? 'department' : 'customers'
}
