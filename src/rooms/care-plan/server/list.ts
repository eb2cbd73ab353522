import { sql, type Expression, type SqlBool } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { patientSummaries, visibleTo } from '../../patient/server/index.ts'
import type { LIST_FILTERS, listAllPlans } from '../contract/plan.ts'
import type { PlanRow } from './plan-store.ts'
import { lineOf } from './view.ts'

type Filter = (typeof LIST_FILTERS)[number]
type Listed = PlanRow & { drafted_by_name: string | null; sort: string }

/** Below so many of 100, of so many at least, adherence is low enough that somebody should ask how it goes. */
const LOW_BELOW_PERCENT = 60
const LOW_FROM_EXPECTED = 5

interface Order {
  where: Expression<SqlBool>
  /** A column that an index holds in this order; its text goes into the cursor. */
  by: string
  type: string
  newestFirst: boolean
}

function orderOf(filter: Filter, today: string): Order {
  switch (filter) {
    case 'waiting':
      return { where: sql`c.submitted_at is not null`, by: 'submitted_at', type: 'timestamptz', newestFirst: false }
    case 'step-due':
      return {
        where: sql`c.state = 'active' and c.next_step_on <= ${today}`,
        by: 'next_step_on',
        type: 'date',
        newestFirst: false,
      }
    case 'low-adherence':
      return {
        where: sql`c.state = 'active' and c.adherence_percent < ${LOW_BELOW_PERCENT} and (c.adherence->>'expected')::int >= ${LOW_FROM_EXPECTED}`,
        by: 'adherence_percent',
        type: 'int',
        newestFirst: false,
      }
    case 'ended':
      return { where: sql`c.state = 'ended'`, by: 'ended_at', type: 'timestamptz', newestFirst: true }
    case 'active':
      return { where: sql`c.state in ('active', 'paused')`, by: 'started_on', type: 'date', newestFirst: false }
  }
}

/** 干预方案 over all whom the reader looks after. */
export async function showList(ctx: ReadContext, { filter, cursor, limit }: InputOf<typeof listAllPlans>['query']) {
  const order = orderOf(filter, ctx.today)
  const by = sql.ref(`c.${order.by}`)
  const after = readPlace(cursor)
  const onward = !after
    ? sql`true`
    : order.newestFirst
      ? sql`(${by}, c.id) < (${after.sort}::${sql.raw(order.type)}, ${after.id}::uuid)`
      : sql`(${by}, c.id) > (${after.sort}::${sql.raw(order.type)}, ${after.id}::uuid)`
  const direction = sql.raw(order.newestFirst ? 'desc' : 'asc')
  const { rows } = await sql<Listed>`
    select c.*, ${by}::text sort, (select v.drafted_by_name from care_plan_version v where v.organization_id = c.organization_id
      and v.plan_id = c.id and v.state = 'submitted') drafted_by_name
    from care_plan c join patient p on p.organization_id = c.organization_id and p.id = c.patient_id
    where c.organization_id = ${ctx.organizationId} and ${order.where} and ${onward}
      and ${visibleTo(ctx.actor, 'p', ctx.clock.now())}
    order by ${by} ${direction}, c.id ${direction} limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const people = await patientSummaries(
    ctx,
    page.map((row) => row.patient_id),
  )
  const last = page.at(-1)
  return {
    rows: page.flatMap((row) => {
      const person = people.get(row.patient_id)
      if (!person) return []
      const { id, name, sex, ageYears, doctorName, managerName } = person
      return [
        {
          ...lineOf(row),
          patient: { id, name, sex, ageYears, doctorName, managerName },
          submittedAt: row.submitted_at?.toISOString() ?? null,
          draftedBy: row.drafted_by_name,
        },
      ]
    }),
    next: rows.length > limit && last ? Buffer.from(JSON.stringify([last.sort, last.id])).toString('base64url') : null,
    total: cursor || rows.length > limit ? null : rows.length,
  }
}

function readPlace(cursor: string | undefined): { sort: string; id: string } | undefined {
  if (!cursor) return undefined
  try {
    const [sort, id] = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as [unknown, unknown]
    if (typeof sort === 'string' && typeof id === 'string' && /^[0-9a-f-]{36}$/.test(id) && /^[\d :.+-]+$/.test(sort))
      return { sort, id }
  } catch {
    // Falls through: a cursor that nobody gave out.
  }
  throw platformProblem('NotFound')
}
