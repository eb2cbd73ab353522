import { sql, type Expression, type SqlBool } from 'kysely'
import type { ReadContext } from '../../../platform/context/context.ts'
import { visibleParts, visibleTo } from '../../patient/server/index.ts'

/**
 * Whose calls somebody may hear: those of the own customers; the quality lead those of everybody, with a reason each time.
 * A condition on `p`, the person.
 */
export function audibleTo(ctx: ReadContext): Expression<SqlBool> {
  if (hearsAll(ctx)) return sql<SqlBool>`true`
  return visibleTo(ctx.actor, 'p', ctx.clock.now())
}

/**
 * The same for a list over everybody's calls: the few hundred people of a carer are found first, since along the calls of a
 * large house one would pass thousands before the first of theirs. A condition on `r`, the recording.
 */
export function audibleAmongAll(ctx: ReadContext): Expression<SqlBool> {
  if (hearsAll(ctx)) return sql<SqlBool>`true`
  const parts = visibleParts(ctx.actor, ctx.organizationId, ctx.clock.now())
  if (parts.length === 0) return sql<SqlBool>`false`
  const own = parts.map((part) => sql`select id from patient where organization_id = ${ctx.organizationId} and ${part}`)
  return sql<SqlBool>`r.patient_id = any(array(${sql.join(own, sql` union `)}))`
}

/** Whoever may hear everybody's calls has no care to look after, and says why. */
export function hearsAll({ actor }: Pick<ReadContext, 'actor'>): boolean {
  return actor.kind === 'staff' && actor.roles.includes('quality-lead')
}
