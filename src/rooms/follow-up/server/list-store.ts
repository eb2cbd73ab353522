import { sql, type RawBuilder } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { visibleParts } from '../../patient/server/index.ts'
import '../../patient/server/table.ts'
import type { visitFilter } from '../contract/list.ts'
import type { z } from 'zod'
import type { OccurrenceRow } from './occurrence-store.ts'

export type VisitFilter = z.output<typeof visitFilter>

export type ListedRow = OccurrenceRow & {
  protocol_code: string
  protocol_version: number
  name: string
  sex: 'male' | 'female' | 'other' | 'unknown'
  birth_date: string | null
  phone_masked: string | null
  owner_name: string | null
  last_class: OccurrenceRow['class']
  overdue: boolean
  lost: boolean
}

/** Where a page ends: what is urgent first, then what ends first. */
export interface PageEnd {
  rank: number
  on: string
  id: string
}

/**
 * Whose follow-ups a reader looks after, as ids: one's own customers and whom a hand-over opened. A few hundred to a few
 * thousand people, each found by an index; their follow-ups by another. Undefined: nobody.
 */
function patientsOf(ctx: ReadContext): RawBuilder<unknown> | undefined {
  const parts = visibleParts(ctx.actor, ctx.organizationId, ctx.clock.now())
  if (parts.length === 0) return undefined
  const selects = parts.map(
    (part) => sql`select patient.id from patient where patient.organization_id = ${ctx.organizationId} and ${part}`,
  )
  return sql`${sql.join(selects, sql` union `)}`
}

/** Missed, and still what is to be done next: as long as its task is open, the workbench calls it overdue too. */
const OVERDUE = sql<boolean>`(o.state = 'missed' and o.task_id is not null and r.state = 'active' and not exists (
  select from occurrence n where n.organization_id = o.organization_id and n.run_id = o.run_id and n.track = o.track
    and n.sequence > o.sequence and n.state <> 'planned'))`

function stateCondition(state: VisitFilter['state']): RawBuilder<boolean> {
  switch (state ?? 'to-do') {
    case 'due':
      return sql`o.state = 'due'`
    case 'missed':
      return sql`(o.state = 'missed' and r.state = 'active')`
    case 'planned':
      return sql`o.state = 'planned'`
    case 'done':
      return sql`o.state in ('done', 'done-late')`
    case 'all':
      return sql`true`
    default:
      return sql`(o.state = 'due' or ${OVERDUE})`
  }
}

/** One page of follow-ups in the order in which they are worked off. */
export async function findVisits(
  ctx: ReadContext,
  filter: VisitFilter,
  page: { after: PageEnd | undefined; limit: number },
): Promise<ListedRow[]> {
  const patients = patientsOf(ctx)
  if (!patients) return []
  const { after, limit } = page
  const { rows } = await sql<ListedRow>`
    with mine as materialized (${patients})
    select o.*, r.protocol_code, r.protocol_version, p.name, p.sex, p.birth_date, p.phone_masked, s.name owner_name, ${OVERDUE} overdue,
      (select l.class from occurrence l where l.organization_id = o.organization_id and l.run_id = o.run_id and l.track = o.track
        and l.sequence < o.sequence and l.state in ('done', 'done-late') order by l.sequence desc limit 1) last_class,
      exists (select from patient_tag g where g.organization_id = o.organization_id and g.patient_id = o.patient_id
        and g.tag_code = 'lost-contact' and g.state = 'active') lost
    from mine m
    join occurrence o on o.organization_id = ${ctx.organizationId} and o.patient_id = m.id
    join plan_run r on r.organization_id = o.organization_id and r.id = o.run_id
    join patient p on p.organization_id = o.organization_id and p.id = o.patient_id
    left join task t on t.organization_id = o.organization_id and t.id = o.task_id and t.state in ('accepted', 'in-progress')
    left join staff s on s.organization_id = o.organization_id and s.id = coalesce(t.owner_id, p.manager_id)
    where ${stateCondition(filter.state)}
      ${filter.protocol ? sql`and r.protocol_code = ${filter.protocol}` : sql``}
      ${filter.dueFrom ? sql`and o.due_on >= ${filter.dueFrom}::date` : sql``}
      ${filter.dueTo ? sql`and o.due_on <= ${filter.dueTo}::date` : sql``}
      ${filter.lost ? sql`and exists (select from patient_tag g where g.organization_id = o.organization_id and g.patient_id = o.patient_id and g.tag_code = 'lost-contact' and g.state = 'active')` : sql``}
      ${after ? sql`and (o.rank, o.window_until, o.id) > (${after.rank}::smallint, ${after.on}::date, ${after.id}::uuid)` : sql``}
    order by o.rank, o.window_until, o.id limit ${limit}`.execute(ctx.db)
  return rows
}

export interface Counts {
  due: number
  ending_today: number
  missed: number
}

/** How many of the reader's follow-ups wait; each count stops at 1,000. */
export async function countWaiting(ctx: ReadContext): Promise<Counts> {
  const patients = patientsOf(ctx)
  if (!patients) return { due: 0, ending_today: 0, missed: 0 }
  const count = (condition: RawBuilder<boolean>) => sql`(select count(*) from (select from mine m
    join occurrence o on o.organization_id = ${ctx.organizationId} and o.patient_id = m.id
    join plan_run r on r.organization_id = o.organization_id and r.id = o.run_id where ${condition} limit 1000) c)::int`
  const { rows } = await sql<Counts>`
    with mine as materialized (${patients})
    select ${count(stateCondition('due'))} due, ${count(sql`(o.state = 'due' and o.window_until <= ${ctx.today}::date)`)} ending_today,
      ${count(stateCondition('missed'))} missed`.execute(ctx.db)
  return rows[0]!
}

/** How many fall due on each day of a span, and of which protocol those that wait are. */
export async function countDays(
  ctx: ReadContext,
  until: string,
): Promise<{ days: { day: string; count: number }[]; protocols: { code: string; count: number }[] }> {
  const patients = patientsOf(ctx)
  if (!patients) return { days: [], protocols: [] }
  const from = sql`from mine m join occurrence o on o.organization_id = ${ctx.organizationId} and o.patient_id = m.id
    join plan_run r on r.organization_id = o.organization_id and r.id = o.run_id`
  const days = await sql<{ day: string; count: number }>`
    with mine as materialized (${patients}) select o.due_on as day, count(*)::int as count ${from}
    where o.state in ('planned', 'due') and o.due_on between ${ctx.today}::date and ${until}::date group by o.due_on order by o.due_on`.execute(
    ctx.db,
  )
  const protocols = await sql<{ code: string; count: number }>`
    with mine as materialized (${patients}) select r.protocol_code as code, count(*)::int as count ${from}
    where ${stateCondition('to-do')} group by r.protocol_code order by 2 desc`.execute(ctx.db)
  return { days: days.rows, protocols: protocols.rows }
}
