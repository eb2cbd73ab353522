import { sql, type RawBuilder } from 'kysely'
import type { Db } from '../../../platform/database/database.ts'

/** Of the people of an organization, those whose ids lie between; all of them where neither is said. */
export interface Part {
  from?: string
  below?: string
}

/** Parts that together are everybody, each person in one. */
export type Divide = (db: Db, organizationId: string) => Promise<readonly Part[]>

/** One in a hundred pages is read: from about 100,000 people on. */
const SAMPLED_MIN = 1000

/**
 * Two parts of a large organization, one of a small. One connection is bound by one core, and PostgreSQL does not take a
 * second one by itself for what asks a table person by person (a correlated subquery is never run in parallel).
 */
export const halves: Divide = async (db, organizationId) => {
  const { rows } = await sql<{ middle: string | null; sampled: number }>`
    select percentile_disc(0.5) within group (order by id) middle, count(*)::int sampled
    from patient tablesample system (1) where organization_id = ${organizationId}`.execute(db)
  const [{ middle, sampled } = { middle: null, sampled: 0 }] = rows
  return middle !== null && sampled >= SAMPLED_MIN ? [{ below: middle }, { from: middle }] : [{}]
}

/** Whether the patient `p` of the statement belongs to the part. */
export function isOf({ from, below }: Part): RawBuilder<boolean> {
  return sql`(${from ? sql`p.id >= ${from}` : sql`true`} and ${below ? sql`p.id < ${below}` : sql`true`})`
}
