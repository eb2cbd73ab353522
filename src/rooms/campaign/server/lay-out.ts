import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { campaignProblem } from '../contract/problems.ts'
import type { CampaignDefinition } from '../contract/definition.ts'
import type { CampaignState } from '../contract/words.ts'
import { insertVersion, refuseFaults } from './content.ts'
import { findCampaign, insertCampaign, noteEvent, setCampaign } from './store.ts'

/**
 * A campaign that a room above has had written and approved by two people: as sound as any other, approved, not started.
 * @throws Problem CampaignOwnHand, CampaignFaulty @returns its id
 */
export async function layOutCampaign(
  ctx: WriteContext,
  definition: CampaignDefinition,
  { editedBy, author }: { editedBy: readonly string[]; author: string },
): Promise<string> {
  if (ctx.actor.id === null || editedBy.includes(ctx.actor.id)) throw campaignProblem('CampaignOwnHand')
  await refuseFaults(ctx, definition)
  const id = ctx.ids.next<string>()
  const now = ctx.clock.now()
  await insertCampaign(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    shipped_code: null,
    owner_id: editedBy[0] ?? null,
    owner_name: author,
    created_at: now,
  })
  await insertVersion(ctx, id, 1, definition)
  await ctx.tx
    .updateTable('campaign_version')
    .set({
      state: 'approved',
      edited_by: [...editedBy],
      changed_by_name: author,
      decided_at: now,
      decided_by: ctx.actor.id,
      decided_by_name: ctx.actor.name,
    })
    .where('organization_id', '=', ctx.organizationId)
    .where('campaign_id', '=', id)
    .where('version', '=', 1)
    .execute()
  await setCampaign(ctx.tx, ctx.organizationId, id, { version: 1 })
  await noteEvent(ctx, id, 'created')
  await noteEvent(ctx, id, 'approved', { version: 1 })
  return id
}

export async function campaignState(ctx: ReadContext, id: string): Promise<CampaignState | undefined> {
  return (await findCampaign(ctx.db, ctx.organizationId, id))?.state
}
