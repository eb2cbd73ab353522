import { sql, type RawBuilder, type SqlBool } from 'kysely'
import type { Actor, WriteContext } from '../../../platform/context/context.ts'

export interface Withheld {
  source: string
  sourceKey: string
  observationIds: readonly string[]
}

/** Keeps results from the patient's own pages until `markTold`. Asking again for what was told withholds it anew. */
export async function withhold(ctx: WriteContext, { source, sourceKey, observationIds }: Withheld): Promise<void> {
  if (observationIds.length === 0) return
  await ctx.tx
    .insertInto('observation_withheld')
    .values(
      observationIds.map((id) => ({
        organization_id: ctx.organizationId,
        observation_id: id,
        source,
        source_key: sourceKey,
        since: ctx.clock.now(),
        told_at: null,
      })),
    )
    .onConflict((c) =>
      c.columns(['organization_id', 'observation_id', 'source', 'source_key']).doUpdateSet({ told_at: null }),
    )
    .execute()
}

/** Somebody has told the person, or nothing more is to be told: their own pages may show these results. */
export async function markTold(
  ctx: WriteContext,
  { source, sourceKey }: Omit<Withheld, 'observationIds'>,
): Promise<void> {
  await ctx.tx
    .updateTable('observation_withheld')
    .set({ told_at: ctx.clock.now() })
    .where('organization_id', '=', ctx.organizationId)
    .where('source', '=', source)
    .where('source_key', '=', sourceKey)
    .where('told_at', 'is', null)
    .execute()
}

/** Rules look at a result within seconds of its coming; so long its person does not see it, should they look slower. */
const SETTLING_MS = 15 * 60_000
/** A result that the laboratory itself calls critical (HH, LL) waits for somebody to call, or for a day. */
const CRITICAL_MS = 24 * 60 * 60_000

/**
 * Which results of the alias `o` a reader may see, as a condition. Staff: all of theirs. The person: none that is
 * withheld, that has only just come in, or that is critical, of today, and told by nobody. A page shows nothing bad to
 * somebody who is alone with it before a human voice does (S0-2, norms 4.5).
 */
export function shownTo(actor: Actor, organizationId: string, now: Date): RawBuilder<SqlBool> {
  if (actor.kind !== 'patient') return sql<SqlBool>`true`
  const kept = (told: RawBuilder<SqlBool>) => sql<SqlBool>`exists (select from observation_withheld w
    where w.organization_id = ${organizationId} and w.observation_id = o.id and ${told})`
  const before = (ms: number) => sql<SqlBool>`o.recorded_at <= ${new Date(now.getTime() - ms)}`
  return sql<SqlBool>`(${before(SETTLING_MS)} and not ${kept(sql`w.told_at is null`)} and (o.flag is null
    or o.flag not in ('HH', 'LL') or ${before(CRITICAL_MS)} or ${kept(sql`w.told_at is not null`)}))`
}
