import { sql, type RawBuilder } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { visibleParts, visibleTo } from '../../patient/server/index.ts'
import './table.ts'

type Reading = Pick<ReadContext, 'db' | 'organizationId' | 'actor' | 'clock'>

/** Done as agreed: so many of 100 of what was due in the last four weeks; of fewer than `EXPECTED_MIN` nothing is said. */
const GOOD_FROM_PERCENT = 80
const EXPECTED_MIN = 5

const MEASURED = sql<boolean>`c.state = 'active' and c.adherence_percent is not null and (c.adherence->>'expected')::int >= ${EXPECTED_MIN}`
const IS_GOOD = sql<boolean>`c.adherence_percent >= ${GOOD_FROM_PERCENT}`

/** Of everybody, or of whom the actor looks after; undefined: nobody. */
function plans(ctx: Reading, own: boolean): RawBuilder<unknown> | undefined {
  if (!own) return sql`care_plan c`
  const parts = visibleParts(ctx.actor, ctx.organizationId, ctx.clock.now())
  if (parts.length === 0) return undefined
  const selects = parts.map(
    (part) => sql`select patient.id from patient where patient.organization_id = ${ctx.organizationId} and ${part}`,
  )
  return sql`(${sql.join(selects, sql` union `)}) m join care_plan c on c.organization_id = ${ctx.organizationId} and c.patient_id = m.id`
}

/** Running plans that were measured, as they stand now, and how many of them are done as agreed. */
export async function plansMeasured(ctx: Reading, own: boolean): Promise<{ count: number; n: number }> {
  const from = plans(ctx, own)
  if (!from) return { count: 0, n: 0 }
  const { rows } = await sql<{ count: number; n: number }>`
    select count(*)::int n, (count(*) filter (where ${IS_GOOD}))::int count from ${from}
    where c.organization_id = ${ctx.organizationId} and ${MEASURED}`.execute(ctx.db)
  return rows[0]!
}

export interface MeasuredPlan {
  id: string
  patientId: string
  patientName: string
  visible: boolean
  percent: number
  measuredOn: string | null
  counts: boolean
}

/** The plans behind it, those that are done least first. */
export async function measuredPlans(
  ctx: Reading,
  wanted: {
    part: 'all' | 'counting' | 'rest'
    own: boolean
    after: { percent: number; id: string } | undefined
    limit: number
  },
): Promise<MeasuredPlan[]> {
  const { part, own, after, limit } = wanted
  const from = plans(ctx, own)
  if (!from) return []
  const { rows } = await sql<MeasuredPlan>`
    select c.id, c.patient_id "patientId", p.name "patientName", ${visibleTo(ctx.actor, 'p', ctx.clock.now())} visible,
      c.adherence_percent percent, c.measured_on "measuredOn", ${IS_GOOD} counts
    from ${from} join patient p on p.organization_id = c.organization_id and p.id = c.patient_id
    where c.organization_id = ${ctx.organizationId} and ${MEASURED}
      ${part === 'all' ? sql`` : part === 'counting' ? sql`and ${IS_GOOD}` : sql`and not ${IS_GOOD}`}
      ${after ? sql`and (c.adherence_percent, c.id) > (${after.percent}::int, ${after.id}::uuid)` : sql``}
    order by c.adherence_percent, c.id limit ${limit}`.execute(ctx.db)
  return rows
}
