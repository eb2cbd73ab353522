import { sql } from 'kysely'
import { minuteOfDay } from '../../../platform/clock.ts'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { readContext, write, type House } from '../../../platform/context/house.ts'
import type { StaffId } from '../../../platform/contract/index.ts'
import { settingsOf } from '../../organization/server/index.ts'
import { taskDigestDue } from '../contract/events.ts'
import { isDigestTime } from './rules.ts'
import './table.ts'

/**
 * P8: in the afternoon, everybody who still has tasks of today or earlier is reminded of them, once. The run of the day
 * is taken by one worker; whoever has nothing open at that moment is not reminded later that day.
 * @returns how many people
 */
export async function sendDigests(house: House, tenant: Tenant): Promise<number> {
  const options = { tenant, actor: systemActor(tenant.id, 'task/digest') }
  const ctx = readContext(house, options)
  const { general } = await settingsOf(ctx)
  if (!isDigestTime(minuteOfDay(ctx.clock.now(), tenant.timeZone), general.digestAt)) return 0
  if (await hasRun(ctx.db, tenant.id, ctx.today)) return 0
  return write(house, options, async (ctx) => {
    if (!(await takeRun(ctx))) return 0
    const digests = await insertDigests(ctx)
    for (const { staff_id, open_count, overdue_count } of digests)
      await ctx.emit(taskDigestDue, {
        executorId: staff_id as StaffId,
        day: ctx.today,
        count: open_count,
        overdue: overdue_count,
      })
    return digests.length
  })
}

async function hasRun(
  db: WriteContext['db'] | Parameters<typeof settingsOf>[0]['db'],
  organizationId: string,
  day: string,
): Promise<boolean> {
  const row = await db
    .selectFrom('task_digest_run')
    .select('day')
    .where('organization_id', '=', organizationId)
    .where('day', '=', day)
    .executeTakeFirst()
  return row !== undefined
}

async function takeRun(ctx: WriteContext): Promise<boolean> {
  const result = await ctx.tx
    .insertInto('task_digest_run')
    .values({ organization_id: ctx.organizationId, day: ctx.today, at: ctx.clock.now() })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return result.numInsertedOrUpdatedRows === 1n
}

interface Digest {
  staff_id: string
  open_count: number
  overdue_count: number
}

async function insertDigests(ctx: WriteContext): Promise<Digest[]> {
  const { rows } = await sql<Digest>`
    insert into task_digest (organization_id, staff_id, day, open_count, overdue_count, at)
    select t.organization_id, t.owner_id, ${ctx.today}::date, count(*), count(*) filter (where t.due_on < ${ctx.today}::date), ${ctx.clock.now()}
    from task t
    where t.organization_id = ${ctx.organizationId} and t.state in ('accepted', 'in-progress') and coalesce(t.planned_on, t.due_on) <= ${ctx.today}::date
    group by t.organization_id, t.owner_id
    on conflict do nothing
    returning staff_id, open_count, overdue_count`.execute(ctx.tx)
  return rows
}
