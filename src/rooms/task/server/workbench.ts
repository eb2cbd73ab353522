import { sql, type Expression, type SqlBool } from 'kysely'
import { addDays, instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { COUNT_MAX, plannedByNow } from './list.ts'
import { countTasks, findTasks } from './list-store.ts'
import { reachOf, scopeCondition, type Reach } from './scope.ts'
import { PLANNED_ON } from './store.ts'
import { lineOf } from './view.ts'

/** What now: own tasks whose day has come and that are still in time, overdue ones, and what the pools of one's roles hold, each by priority, then due date. */
export async function showWorkbench(ctx: ReadContext, limit: number) {
  const reach = await reachOf(ctx)
  const mine = [scopeCondition(ctx, reach, 'mine'), sql<SqlBool>`t.state in ('accepted', 'in-progress')`]
  const due = (condition: Expression<SqlBool>) => [...mine, condition]
  const [today, overdue, pool, soon, doneToday] = [
    await listOf(ctx, reach, due(plannedByNow(ctx.today)), limit),
    await listOf(ctx, reach, due(sql<SqlBool>`t.due_on < ${ctx.today}::date`), limit),
    await listOf(ctx, reach, [scopeCondition(ctx, reach, 'pool')], limit),
    await countTasks(
      ctx.db,
      ctx.organizationId,
      due(sql<SqlBool>`${PLANNED_ON} > ${ctx.today}::date and ${PLANNED_ON} <= ${addDays(ctx.today, 7)}::date`),
      COUNT_MAX,
    ),
    await countDoneToday(ctx),
  ]
  ctx.audit.detail = { rows: today.rows.length + overdue.rows.length + pool.rows.length }
  return { day: ctx.today, today, overdue, pool, soon, doneToday }
}

async function listOf(ctx: ReadContext, reach: Reach, where: Expression<SqlBool>[], limit: number) {
  const rows = await findTasks(ctx.db, ctx.organizationId, { where, order: 'work', limit })
  // A list that fits on the page has been counted already.
  const count = rows.length < limit ? rows.length : await countTasks(ctx.db, ctx.organizationId, where, COUNT_MAX)
  return { rows: rows.map((row) => lineOf(ctx, reach, row)), count }
}

function countDoneToday(ctx: ReadContext): Promise<number> {
  if (!ctx.actor.id) return Promise.resolve(0)
  const begin = instantAt(ctx.today, 0, ctx.tenant.timeZone)
  const where = [
    sql<SqlBool>`t.owner_id = ${ctx.actor.id}`,
    sql<SqlBool>`t.state = 'completed'`,
    sql<SqlBool>`t.closed_at >= ${begin}`,
  ]
  return countTasks(ctx.db, ctx.organizationId, where, COUNT_MAX)
}
