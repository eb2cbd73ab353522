import { z } from 'zod'
import type { WriteContext } from '../../../platform/context/context.ts'
import content from '../content/campaigns.json' with { type: 'json' }
import { campaignDefinition } from '../contract/definition.ts'
import { insertVersion } from './content.ts'
import { insertCampaign } from './store.ts'

/** The journeys that come with Peiban: as drafts, since somebody of the house has to want them and another to approve. */
export const shippedCampaigns = z
  .array(z.strictObject({ code: z.string(), definition: campaignDefinition }))
  .parse(content.campaigns)

/**
 * Brings an organization the drafts that it has never had. What it has written, started or thrown away stays as it is.
 * Runs at its founding and daily.
 * @returns how many came
 */
export async function installShippedCampaigns(ctx: WriteContext): Promise<number> {
  let came = 0
  for (const { code, definition } of shippedCampaigns) {
    const id = ctx.ids.next<string>()
    const about = { organization_id: ctx.organizationId, id, shipped_code: code, owner_id: null, owner_name: 'Peiban' }
    if (!(await insertCampaign(ctx.tx, { ...about, created_at: ctx.clock.now() }))) continue
    await insertVersion({ ...ctx, actor: { ...ctx.actor, name: 'Peiban' } }, id, 1, definition)
    came += 1
  }
  return came
}
