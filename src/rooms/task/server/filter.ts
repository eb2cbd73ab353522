import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Id } from '../../../platform/contract/index.ts'
import { brokenConstraint } from '../../../platform/database/database.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { taskProblem } from '../contract/problems.ts'
import { taskFilter, type TaskFilter } from '../contract/task.ts'
import { FILTERS_MAX } from '../contract/workbench.ts'
import './table.ts'

type FilterId = Id<'task-filter'>

const own = ({ db, organizationId, actor }: ReadContext) =>
  db.selectFrom('task_filter').where('organization_id', '=', organizationId).where('staff_id', '=', actor.id)

/** The filters somebody keeps, by name. What an older house has kept and this one does not know is left out. */
export async function listFilters(ctx: ReadContext) {
  const rows = await own(ctx).select(['id', 'name', 'filter']).orderBy('name').execute()
  return {
    filters: rows.map((row) => ({
      id: row.id as FilterId,
      name: row.name,
      filter: taskFilter.catch({}).parse(row.filter),
    })),
  }
}

/** @throws Problem FilterNameTaken, TooManyFilters */
export async function saveFilter(ctx: WriteContext, { name, filter }: { name: string; filter: TaskFilter }) {
  const rows = await own(ctx).select('id').limit(FILTERS_MAX).execute()
  if (rows.length >= FILTERS_MAX) throw taskProblem('TooManyFilters', { max: FILTERS_MAX })
  const id = ctx.ids.next<FilterId>()
  await orTaken(() =>
    ctx.tx
      .insertInto('task_filter')
      .values({
        organization_id: ctx.organizationId,
        staff_id: ctx.actor.id!,
        id,
        name,
        filter: JSON.stringify(filter),
        created_at: ctx.clock.now(),
      })
      .execute(),
  )
  return { id }
}

/** @throws Problem NotFound, FilterNameTaken */
export async function changeFilter(
  ctx: WriteContext,
  filterId: string,
  { name, filter }: { name: string; filter: TaskFilter },
) {
  const result = await orTaken(() =>
    ctx.tx
      .updateTable('task_filter')
      .set({ name, filter: JSON.stringify(filter) })
      .where('organization_id', '=', ctx.organizationId)
      .where('staff_id', '=', ctx.actor.id!)
      .where('id', '=', filterId)
      .executeTakeFirst(),
  )
  if (result.numUpdatedRows === 0n) throw platformProblem('NotFound')
  return {}
}

/** @throws Problem NotFound */
export async function removeFilter(ctx: WriteContext, filterId: string) {
  const result = await ctx.tx
    .deleteFrom('task_filter')
    .where('organization_id', '=', ctx.organizationId)
    .where('staff_id', '=', ctx.actor.id!)
    .where('id', '=', filterId)
    .executeTakeFirst()
  if (result.numDeletedRows === 0n) throw platformProblem('NotFound')
  return {}
}

async function orTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (brokenConstraint(error) === 'task_filter_name') throw taskProblem('FilterNameTaken', {}, 'body.name')
    throw error
  }
}
