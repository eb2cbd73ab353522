import { sql } from 'kysely'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { holdCampaign, notifyStaff, openFence } from '../../message/server/index.ts'
import { findRunning, lockCampaign, noteEvent, setCampaign } from './store.ts'

/** Longer than a night in which somebody switches the machine off. */
const AWAY_HOURS = 20

/**
 * Whether the engine may go on. A gap since its last look, or another database than the one it looked from, may mean an
 * older state that was restored: nobody knows what went out meanwhile. So running campaigns pause, their planned messages
 * wait, and whoever keeps them decides what becomes of what fell into the gap. So it is as long as the ledger of messages
 * is known to be older than what went out.
 * @returns how many campaigns it paused
 */
export async function watch(house: House, tenant: Tenant): Promise<number> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'campaign/watch') }, async (ctx) => {
    const now = ctx.clock.now()
    const place = await placeOf(ctx)
    const last = await ctx.tx
      .selectFrom('journey_watch')
      .selectAll()
      .where('organization_id', '=', ctx.organizationId)
      .executeTakeFirst()
    await ctx.tx
      .insertInto('journey_watch')
      .values({ organization_id: ctx.organizationId, looked_at: now, place })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet({ looked_at: now, place }))
      .execute()
    const fence = await openFence(ctx)
    if (fence) return pauseAll(ctx, fence.knows_until ?? last?.looked_at ?? fence.raised_at)
    if (!last) return 0
    const isAway = now.getTime() - last.looked_at.getTime() > AWAY_HOURS * 3_600_000
    return isAway || last.place !== place ? pauseAll(ctx, last.looked_at) : 0
  })
}

/** Which database this is: a restored one has another cluster or another number. */
async function placeOf(ctx: WriteContext): Promise<string> {
  const { rows } = await sql<{ place: string }>`
    select (select system_identifier from pg_control_system())::text || '/' ||
      (select oid from pg_database where datname = current_database())::text place`.execute(ctx.db)
  return rows[0]!.place
}

async function pauseAll(ctx: WriteContext, since: Date): Promise<number> {
  const running = await findRunning(ctx.db, ctx.organizationId)
  for (const { id, definition } of running) {
    const campaign = await lockCampaign(ctx.tx, ctx.organizationId, id)
    if (campaign?.state !== 'running') continue
    await setCampaign(ctx.tx, ctx.organizationId, id, {
      state: 'paused',
      paused_at: ctx.clock.now(),
      away_since: since,
    })
    const messages = await holdCampaign(ctx, id)
    await noteEvent(ctx, id, 'away', { since: since.toISOString(), messages })
    if (campaign.owner_id)
      await notifyStaff(ctx, campaign.owner_id, {
        kind: 'campaign-away',
        values: { title: definition.name.zh },
        link: `/campaigns/${id}`,
        sourceKey: `campaign-away:${id}:${since.toISOString()}`,
      })
  }
  return running.length
}
