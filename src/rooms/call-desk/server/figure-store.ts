import { sql, type RawBuilder } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { visibleTo } from '../../patient/server/index.ts'
import type { FigureCode } from '../contract/figures.ts'
import type { CallOutcome } from '../contract/words.ts'
import './table.ts'

/** Instants: from the first, up to the second. */
export interface Moments {
  from: Date
  to: Date
}

export interface Counted {
  day: string
  departmentId: string | null
  staffId: string
  staffName: string
  calls: number
  answered: number
  /** The person was on the line. */
  onLine: number
  reached: number
  completed: number
  handedOver: number
  talks: number
  talkSeconds: number
}

const ANSWERED = sql<boolean>`s.outcome in ('reached', 'refused', 'call-back', 'family-answered')`
const ON_LINE = sql<boolean>`s.outcome in ('reached', 'refused', 'call-back')`
const REACHED = sql<boolean>`s.outcome = 'reached'`
const SECONDS = sql`extract(epoch from s.talk_ended_at - s.talk_began_at)`

/** Calls by day, team and caller: a few thousand rows for a year. */
export async function countCalls(ctx: ReadContext, moments: Moments): Promise<Counted[]> {
  return (await countQuery(ctx, moments).execute(ctx.db)).rows
}

type Whose = Pick<ReadContext, 'organizationId' | 'tenant'>

/** Apart, so that a test can ask for its plan. */
export function countQuery({ organizationId, tenant }: Whose, { from, to }: Moments): RawBuilder<Counted> {
  return sql<Counted>`
    select (s.ended_at at time zone ${tenant.timeZone})::date::text "day", s.department_id "departmentId", s.staff_id "staffId", max(s.staff_name) "staffName",
      count(*)::int calls, (count(*) filter (where ${ANSWERED}))::int answered, (count(*) filter (where ${ON_LINE}))::int "onLine",
      (count(*) filter (where ${REACHED}))::int reached, (count(*) filter (where ${REACHED} and s.completed))::int completed,
      (count(*) filter (where ${ANSWERED} and s.handed_over))::int "handedOver", (count(s.talk_ended_at))::int talks,
      coalesce(round(sum(${SECONDS})), 0)::int "talkSeconds"
    from call_session s where s.organization_id = ${organizationId} and s.state = 'ended' and s.ended_at >= ${from} and s.ended_at < ${to}
    group by 1, 2, 3`
}

/** The talk in the middle, of all and of each team, in seconds. */
export async function medianTalks(
  { db, organizationId }: ReadContext,
  { from, to }: Moments,
): Promise<{ departmentId: string | null; isAll: boolean; seconds: number }[]> {
  const { rows } = await sql<{ departmentId: string | null; isAll: boolean; seconds: number }>`
    select s.department_id "departmentId", grouping(s.department_id) = 1 "isAll",
      round(percentile_cont(0.5) within group (order by ${SECONDS}))::int seconds
    from call_session s where s.organization_id = ${organizationId} and s.state = 'ended' and s.ended_at >= ${from} and s.ended_at < ${to}
      and s.talk_ended_at is not null
    group by grouping sets ((s.department_id), ())`.execute(db)
  return rows
}

/** What is counted of calls: the lower part of each fraction, and the upper. */
const PARTS: Record<Exclude<FigureCode, 'coverage'>, { of: RawBuilder<boolean>; counts: RawBuilder<boolean> }> = {
  connect: { of: sql<boolean>`true`, counts: ANSWERED },
  consent: { of: ON_LINE, counts: REACHED },
  completion: { of: REACHED, counts: sql<boolean>`s.completed` },
  handOver: { of: ANSWERED, counts: sql<boolean>`s.handed_over` },
}

export interface RowsWanted extends Moments {
  figure: Exclude<FigureCode, 'coverage'>
  countingOnly: boolean
  /** Undefined: all. */
  departmentId: string | null | undefined
  after: { at: string; id: string } | undefined
  limit: number
}

export interface CallRow {
  id: string
  ended_at: Date
  patient_id: string
  patient_name: string
  visible: boolean
  staff_name: string
  outcome: CallOutcome
  talk_seconds: number | null
  counts: boolean
}

/** The calls behind a figure, newest first. */
export async function findCalls(ctx: ReadContext, wanted: RowsWanted): Promise<CallRow[]> {
  return (await callsQuery(ctx, wanted).execute(ctx.db)).rows
}

export function callsQuery(
  ctx: Pick<ReadContext, 'organizationId' | 'actor' | 'clock'>,
  wanted: RowsWanted,
): RawBuilder<CallRow> {
  const { from, to, figure, countingOnly, departmentId, after, limit } = wanted
  const { of, counts } = PARTS[figure]
  return sql<CallRow>`
    select s.id, s.ended_at, s.patient_id, p.name patient_name, ${visibleTo(ctx.actor, 'p', ctx.clock.now())} visible, s.staff_name, s.outcome,
      round(${SECONDS})::int talk_seconds, ${counts} counts
    from call_session s join patient p on p.organization_id = s.organization_id and p.id = s.patient_id
    where s.organization_id = ${ctx.organizationId} and s.state = 'ended' and s.ended_at >= ${from} and s.ended_at < ${to} and ${of}
      ${countingOnly ? sql`and ${counts}` : sql``}
      ${departmentId === undefined ? sql`` : sql`and s.department_id is not distinct from ${departmentId}::uuid`}
      ${after ? sql`and (s.ended_at, s.id) < (${after.at}::timestamptz, ${after.id}::uuid)` : sql``}
    order by s.ended_at desc, s.id desc limit ${limit}`
}

/** The names of people, and whether the reader may see them. */
export async function findNames(
  ctx: ReadContext,
  ids: readonly string[],
): Promise<Map<string, { name: string; visible: boolean }>> {
  const { rows } = await sql<{ id: string; name: string; visible: boolean }>`
    select p.id, p.name, ${visibleTo(ctx.actor, 'p', ctx.clock.now())} visible from patient p
    where p.organization_id = ${ctx.organizationId} and p.id = any(${[...new Set(ids)]}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.id, row]))
}
