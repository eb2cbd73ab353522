import type { WriteContext } from '../../../platform/context/context.ts'
import type { PayloadOf } from '../../../platform/contract/event.ts'
import type { messageCampaignStopped } from '../../message/contract/events.ts'
import { notifyStaff } from '../../message/server/index.ts'
import { findVersions, lockCampaign, noteEvent, setCampaign } from './store.ts'

/**
 * What came back from those it wrote to says that to go on would make it worse. Its messages are held already; now nobody
 * takes a step either, until whoever keeps it says why it may go on.
 */
export async function pauseForStop(
  ctx: WriteContext,
  { campaign: id, why }: PayloadOf<typeof messageCampaignStopped>,
): Promise<void> {
  const campaign = /^[0-9a-f-]{36}$/.test(id) ? await lockCampaign(ctx.tx, ctx.organizationId, id) : undefined
  if (!campaign || (campaign.state !== 'running' && campaign.state !== 'paused')) return
  await setCampaign(ctx.tx, ctx.organizationId, id, {
    state: 'paused',
    paused_at: campaign.paused_at ?? ctx.clock.now(),
    stopped_why: why,
  })
  await noteEvent(ctx, id, 'stopped', { why })
  const [newest] = await findVersions(ctx.db, ctx.organizationId, [id])
  if (!campaign.owner_id || !newest) return
  await notifyStaff(ctx, campaign.owner_id, {
    kind: 'campaign-stopped',
    values: { title: newest.definition.name.zh },
    link: `/campaigns/${id}`,
    sourceKey: `campaign-stopped:${id}:${ctx.clock.now().toISOString()}`,
  })
}
