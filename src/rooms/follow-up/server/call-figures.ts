import { sql, type RawBuilder } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { OccurrenceState } from '../contract/words.ts'
import { callableSteps } from './calls.ts'
import { findProtocols } from './protocol-store.ts'
import './table.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId'>

/** Calendar dates, both included. */
export interface DaySpan {
  from: string
  until: string
}

/** How many follow-ups by telephone were to be done by a day, and to how many of them somebody rang at least once. */
export interface CallCoverage {
  day: string
  /** Of the person's health manager. */
  departmentId: string | null
  due: number
  tried: number
}

const TRIED = sql<boolean>`exists (select from contact_attempt a where a.organization_id = o.organization_id and a.occurrence_id = o.id
  and a.channel = 'phone')`

/** Counted by the day on which their window ended; what was left out for a reason does not count. */
export async function callCoverage(ctx: Reading, span: DaySpan): Promise<CallCoverage[]> {
  const steps = callableSteps(await findProtocols(ctx.db, ctx.organizationId))
  return (await coverageQuery(ctx, span, steps).execute(ctx.db)).rows
}

/** Apart, so that a test can ask for its plan. */
export function coverageQuery(
  { organizationId }: Pick<Reading, 'organizationId'>,
  { from, until }: DaySpan,
  steps: readonly string[],
): RawBuilder<CallCoverage> {
  return sql<CallCoverage>`
    select o.window_until "day", s.department_id "departmentId", count(*)::int due, (count(*) filter (where ${TRIED}))::int tried
    from occurrence o
    join plan_run r on r.organization_id = o.organization_id and r.id = o.run_id
    join patient p on p.organization_id = o.organization_id and p.id = o.patient_id
    left join staff s on s.organization_id = p.organization_id and s.id = p.manager_id
    where o.organization_id = ${organizationId} and o.window_until between ${from}::date and ${until}::date
      and o.state in ('due', 'done', 'done-late', 'missed') and concat_ws(' ', r.protocol_code, r.protocol_version, o.step) = any(${[...steps]}::text[])
    group by 1, 2`
}

export interface CoveredVisit {
  id: string
  patientId: string
  windowUntil: string
  state: OccurrenceState
  tried: boolean
}

export interface CoveredVisits extends DaySpan {
  /** Undefined: of all; null: of people whose manager stands in none. */
  departmentId: string | null | undefined
  /** Only those that somebody rang about. */
  triedOnly: boolean
  after: { on: string; id: string } | undefined
  limit: number
}

/** The follow-ups behind the count, the newest end first. */
export async function coveredVisits(ctx: Reading, wanted: CoveredVisits): Promise<CoveredVisit[]> {
  const steps = callableSteps(await findProtocols(ctx.db, ctx.organizationId))
  return (await coveredQuery(ctx, wanted, steps).execute(ctx.db)).rows
}

export function coveredQuery(
  { organizationId }: Pick<Reading, 'organizationId'>,
  { from, until, departmentId, triedOnly, after, limit }: CoveredVisits,
  steps: readonly string[],
): RawBuilder<CoveredVisit> {
  return sql<CoveredVisit>`
    select o.id, o.patient_id "patientId", o.window_until "windowUntil", o.state, ${TRIED} tried
    from occurrence o
    join plan_run r on r.organization_id = o.organization_id and r.id = o.run_id
    join patient p on p.organization_id = o.organization_id and p.id = o.patient_id
    left join staff s on s.organization_id = p.organization_id and s.id = p.manager_id
    where o.organization_id = ${organizationId} and o.window_until between ${from}::date and ${until}::date
      and o.state in ('due', 'done', 'done-late', 'missed') and concat_ws(' ', r.protocol_code, r.protocol_version, o.step) = any(${[...steps]}::text[])
      ${departmentId === undefined ? sql`` : sql`and s.department_id is not distinct from ${departmentId}::uuid`}
      ${triedOnly ? sql`and ${TRIED}` : sql``}
      ${after ? sql`and (o.window_until, o.id) < (${after.on}::date, ${after.id}::uuid)` : sql``}
    order by o.window_until desc, o.id desc limit ${limit}`
}
