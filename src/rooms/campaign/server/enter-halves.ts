import { sql } from 'kysely'
import { systemActor, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { Db } from '../../../platform/database/database.ts'
import { enterAll } from './run-store.ts'

/** Somebody in the middle of an organization by id; undefined where halves are not worth it. */
export type FindMiddle = (db: Db, organizationId: string) => Promise<string | undefined>

/** One in a hundred pages is read: from about 100,000 people on. */
const SAMPLED_MIN = 1000

const sampledMiddle: FindMiddle = async (db, organizationId) => {
  const { rows } = await sql<{ middle: string | null; sampled: number }>`
    select percentile_disc(0.5) within group (order by id) middle, count(*)::int sampled
    from patient tablesample system (1) where organization_id = ${organizationId}`.execute(db)
  const [{ middle, sampled } = { middle: null, sampled: 0 }] = rows
  return middle !== null && sampled >= SAMPLED_MIN ? middle : undefined
}

/**
 * Enters a large organization in halves beside each other, since one connection is bound by one core. Each half commits
 * by itself, while the caller's transaction holds the campaign and remembers the occurrence: if it fails in between,
 * the next round passes over whoever is in. Waves are numbered through everybody and stay whole.
 */
export function enterHalves(house: House, tenant: Tenant, findMiddle: FindMiddle = sampledMiddle): typeof enterAll {
  const actor = systemActor(tenant.id, 'campaign/enter')
  return async (ctx, audience, entry) => {
    const middle = entry.perHour === null ? await findMiddle(ctx.db, ctx.organizationId) : undefined
    if (middle === undefined) return enterAll(ctx, audience, entry)
    const halves = await Promise.allSettled(
      [{ below: middle }, { from: middle }].map((part) =>
        write(house, { tenant, actor }, (own) => enterAll(own, audience, entry, part)),
      ),
    )
    let came = 0
    for (const half of halves) {
      if (half.status === 'rejected') throw half.reason
      came += half.value
    }
    return came
  }
}
