import { sql } from 'kysely'
import { addDays, instantAt } from '../../../platform/clock.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { StaffId } from '../../../platform/contract/index.ts'
import { reachOf } from './scope.ts'

interface Person {
  id: StaffId
  name: string
  customers: number
  open: number
  overdue: number
  done: number
  medianHours: number | null
}

/** S0-44: what each person of the reader's department has open and done, and how long a task waited with them. */
export async function showTeam(ctx: ReadContext, days: number) {
  const from = addDays(ctx.today, 1 - days)
  const { department = [] } = await reachOf(ctx)
  const since = instantAt(from, 0, ctx.tenant.timeZone)
  const { rows } = await sql<Person>`
    select s.id, s.name, c.customers, o.open, o.overdue, d.done, d.median "medianHours"
    from staff s
    cross join lateral (select count(*)::int customers from patient p
      where p.organization_id = s.organization_id and p.manager_id = s.id and p.state = 'active') c
    cross join lateral (select count(*)::int open, (count(*) filter (where t.due_on < ${ctx.today}::date))::int overdue from task t
      where t.organization_id = s.organization_id and t.owner_id = s.id and t.state in ('accepted', 'in-progress')) o
    cross join lateral (select count(*)::int done,
        round((percentile_cont(0.5) within group (order by extract(epoch from t.closed_at - t.owned_since)) / 3600)::numeric, 1)::float8 median
      from task t where t.organization_id = s.organization_id and t.owner_id = s.id and t.state in ('completed', 'cancelled')
        and t.state = 'completed' and t.closed_at >= ${since}) d
    where s.organization_id = ${ctx.organizationId} and s.id = any(${[...department]}::uuid[])
      and (s.state = 'active' or o.open > 0)
      and exists (select from staff_role r where r.organization_id = s.organization_id and r.staff_id = s.id
        and r.role in ('sales-manager', 'service-manager', 'physician', 'counsellor', 'quality-lead'))
    order by o.overdue desc, o.open desc, s.name limit 300`.execute(ctx.db)
  return { from, to: ctx.today, people: rows }
}
