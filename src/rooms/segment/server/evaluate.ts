import { sql, type RawBuilder } from 'kysely'
import {
  compileJoined,
  earliestTurn,
  compileWhere,
  groundOf,
  newJoins,
  seesDead,
  type Admitted,
  type Ground,
} from '../../../platform/condition/index.ts'
import type { FactBook } from '../../../platform/condition/book.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import { PREPARED } from '../../../platform/database/database.ts'
import '../../patient/server/table.ts'
import type { Roll } from './roll.ts'

export interface Belonging {
  patientId: string
  /** Indexes of the lists that the person belongs in. */
  holds: number[]
  /** The earliest moment at which time alone may change one of the answers. */
  flipsAt: Date | null
}

/**
 * Who of these people belongs in which of these lists, in one statement.
 * @param isOften the statement is run often with the same lists, so that its plan is worth keeping
 */
export async function whoBelongs(
  ctx: ReadContext,
  rolls: readonly Roll[],
  patientIds: readonly string[],
  { now, today, isOften = false }: { now: Date; today: string; isOften?: boolean },
): Promise<Belonging[]> {
  const ground: Ground = { ...groundOf(ctx), now, today }
  const joins = newJoins()
  const compiled = rolls.map(({ admitted }) => admitted && compileJoined(admitted, ground, joins))
  const cases = compiled.map((one, n) =>
    one
      ? sql`case when ${livingOf(rolls[n]!.admitted!, ctx.facts)} and ${one.holds} then ${n}::int end`
      : sql`null::int`,
  )
  const { rows } = await sql<{ id: string; holds: number[]; flips_at: Date | null }>`${sql.raw(isOften ? PREPARED : '')}
    select p.id, array_remove(array[${sql.join(cases)}], null) holds,
      ${earliestTurn(joins, now)} flips_at
    from patient p ${sql.join(joins.list, sql` `)}
    where p.organization_id = ${ctx.organizationId} and p.id = any(${[...patientIds]}::uuid[])`.execute(ctx.db)
  return rows.map((row) => ({ patientId: row.id, holds: row.holds, flipsAt: row.flips_at }))
}

/** Everybody a condition holds for, as a condition on `patient p`. */
export function everybodyOf(ctx: ReadContext, admitted: Admitted): RawBuilder<boolean> {
  return sql<boolean>`p.organization_id = ${ctx.organizationId} and ${livingOf(admitted, ctx.facts)} and ${compileWhere(admitted, groundOf(ctx))}`
}

/** Nobody who has died is written to; a worklist may ask for them, so that their family is thought of. */
function livingOf({ condition, purpose }: Admitted, facts: FactBook): RawBuilder<unknown> {
  return purpose === 'care' && seesDead(condition, facts)
    ? sql`p.state in ('active', 'deceased')`
    : sql`p.state = 'active'`
}
