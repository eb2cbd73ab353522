import { sql } from 'kysely'
import { canAsk, compileJoined, earliestTurn, forCare, groundOf, newJoins } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { PREPARED } from '../../../platform/database/database.ts'
import type { Condition } from '../contract/condition.ts'

export interface Holding {
  patientId: string
  /** Indexes of the conditions that hold. */
  holds: number[]
  /** The earliest moment at which time alone may change one of the answers. */
  flipsAt: Date | null
}

/** Asked of the living, of whom it never holds. */
const NOBODY: Condition = { deceased: true }

/**
 * Which of these conditions hold for which of these living people, in one statement: for rooms that let people in by a
 * condition. Who may see them is the caller's business.
 */
export async function whoMeets(
  ctx: ReadContext,
  conditions: readonly Condition[],
  patientIds: readonly string[],
): Promise<Holding[]> {
  if (conditions.length === 0 || patientIds.length === 0) return []
  const ground = groundOf(ctx)
  const joins = newJoins()
  // What asks for something that no room knows holds for nobody, and keeps nobody else from being looked after.
  const compiled = conditions.map((condition) =>
    compileJoined(forCare(canAsk(ctx.facts, condition) ? condition : NOBODY), ground, joins),
  )
  const { rows } = await sql<{ id: string; holds: number[]; flips_at: Date | null }>`${sql.raw(PREPARED)}
    select p.id, array_remove(array[${sql.join(compiled.map((rule, index) => sql`case when ${rule.holds} then ${index}::int end`))}], null) holds,
      ${earliestTurn(joins, ground.now)} flips_at
    from patient p ${sql.join(joins.list, sql` `)}
    where p.organization_id = ${ctx.organizationId} and p.id = any(${[...patientIds]}::uuid[]) and p.state = 'active'`.execute(
    ctx.db,
  )
  return rows.map((row) => ({ patientId: row.id, holds: row.holds, flipsAt: row.flips_at }))
}
