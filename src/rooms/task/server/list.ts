import { sql, type Expression, type SqlBool } from 'kysely'
import { instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import type { listTasks as listEndpoint, TaskFilter } from '../contract/task.ts'
import { countTasks, cursorOf, findTasks, isCursor, type NamedTaskRow, type Order } from './list-store.ts'
import { defaultScope, reachOf, scopeCondition, visibleTasks, type Reach } from './scope.ts'
import { OPEN, OWNED_OPEN, PLANNED_ON } from './store.ts'
import { lineOf } from './view.ts'

/** Lists say how many there are up to this. */
export const COUNT_MAX = 1000

/** A page of tasks by filter; without a scope, one's own list, or all of a patient's that one may see. */
export async function listTasks(ctx: ReadContext, { cursor, limit, ...filter }: InputOf<typeof listEndpoint>['query']) {
  const reach = await reachOf(ctx)
  const order = orderOf(filter.state)
  const where = conditionsOf(ctx, reach, filter)
  const rows = await findTasks(ctx.db, ctx.organizationId, {
    where,
    order,
    after: readCursor(cursor, order),
    limit: limit + 1,
  })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  const count = await countTasks(ctx.db, ctx.organizationId, where, COUNT_MAX + 1)
  ctx.audit.detail = { ...ctx.audit.detail, filter: { ...filter }, rows: page.length }
  if (filter.patientId) ctx.audit.patientId = filter.patientId
  return {
    rows: page.map((row) => lineOf(ctx, reach, row)),
    next: rows.length > limit && last ? writeCursor(last, order) : null,
    total: count > COUNT_MAX ? null : count,
  }
}

/** A filter as conditions on `t` and its patient `p`, scope included. */
export function conditionsOf(ctx: ReadContext, reach: Reach, filter: TaskFilter): Expression<SqlBool>[] {
  const { scope, type, state = 'open', priority, dueFrom, dueTo, closedFrom, patientId, ownerId } = filter
  const shown = scope ?? (patientId ? undefined : defaultScope(ctx))
  const where: Expression<SqlBool>[] = [
    shown ? scopeCondition(ctx, reach, shown) : visibleTasks(ctx, reach),
    ...stateConditions(state, ctx.today, shown === 'mine'),
  ]
  if (type) where.push(sql<SqlBool>`t.type = ${type}`)
  if (priority) where.push(sql<SqlBool>`t.priority = ${priority}`)
  if (dueFrom) where.push(sql<SqlBool>`t.due_on >= ${dueFrom}::date`)
  if (dueTo) where.push(sql<SqlBool>`t.due_on <= ${dueTo}::date`)
  if (closedFrom) where.push(sql<SqlBool>`t.closed_at >= ${instantAt(closedFrom, 0, ctx.tenant.timeZone)}`)
  if (patientId) where.push(sql<SqlBool>`t.patient_id = ${patientId}`)
  if (ownerId) where.push(ownerId === 'none' ? sql<SqlBool>`t.owner_id is null` : sql<SqlBool>`t.owner_id = ${ownerId}`)
  return where
}

/** Its day has come, and it is still in time: a follow-up stands here from its planned day until its window ends. */
export function plannedByNow(today: string): Expression<SqlBool> {
  return sql<SqlBool>`(t.due_on >= ${today}::date and ${PLANNED_ON} <= ${today}::date)`
}

type StateFilter = NonNullable<TaskFilter['state']>

/** Written out instead of handed in, so that the partial indexes are recognised; what has an owner is not requested. */
function stateConditions(state: StateFilter, today: string, owned: boolean): Expression<SqlBool>[] {
  const open = owned ? OWNED_OPEN : OPEN
  switch (state) {
    case 'all':
      return []
    case 'open':
      return [open]
    case 'today':
      return [open, plannedByNow(today)]
    case 'overdue':
      return [open, sql<SqlBool>`t.due_on < ${today}::date`]
    case 'closed':
      return [sql<SqlBool>`t.state in ('completed', 'cancelled')`]
    default:
      return [sql<SqlBool>`t.state = ${sql.lit(state)}`]
  }
}

function orderOf(state: StateFilter = 'open'): Order {
  if (state === 'all') return 'made'
  return ['closed', 'completed', 'cancelled'].includes(state) ? 'closed' : 'work'
}

/** Where the next page begins, opaque to callers. */
export function writeCursor(last: NamedTaskRow, order: Order): string {
  return Buffer.from(JSON.stringify(cursorOf(last, order))).toString('base64url')
}

/** What is no cursor of that order counts as the beginning. */
export function readCursor(cursor: string | undefined, order: Order): string[] | undefined {
  if (!cursor) return undefined
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return isCursor(values, order) ? values : undefined
  } catch {
    return undefined
  }
}
