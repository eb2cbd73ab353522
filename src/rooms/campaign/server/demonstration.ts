import type { WriteContext } from '../../../platform/context/context.ts'
import { staffInRole } from '../../staff/server/index.ts'
import { campaignDefinition } from '../contract/definition.ts'
import { insertVersion } from './content.ts'
import { enterCampaign } from './enter.ts'
import { stepSome } from './engine.ts'
import { shippedCampaigns } from './shipped.ts'
import { insertCampaign, noteEvent, setCampaign } from './store.ts'

/** Its code keeps it from being furnished twice. */
const CODE = 'demonstration'
const PER_HOUR = 40

/** What a demonstration shows beside the shipped drafts: one campaign on its way, in waves, of which the first has gone out. */
export async function furnishCampaigns(ctx: WriteContext): Promise<void> {
  const [editor] = await staffInRole(ctx, 'content-editor')
  const [reviewer] = await staffInRole(ctx, 'medical-reviewer')
  const flu = shippedCampaigns.find(({ code }) => code === 'flu-season')!.definition
  const id = ctx.ids.next<string>()
  const now = ctx.clock.now()
  const owner = { owner_id: editor?.id ?? null, owner_name: editor?.name ?? 'Peiban' }
  const about = { organization_id: ctx.organizationId, id, shipped_code: CODE, ...owner, created_at: now }
  if (!(await insertCampaign(ctx.tx, about))) return
  const definition = campaignDefinition.parse({
    ...flu,
    name: { zh: '流感季：哪种方式更容易被看到', en: 'Flu season: which way is read more' },
    trigger: { kind: 'once', perHour: PER_HOUR },
    path: [
      {
        id: 'ways',
        kind: 'trial',
        arms: [
          { name: '邮件和消息', share: 50, path: [{ id: 'both', kind: 'send', template: 'flu-season' }] },
          {
            name: '只发消息',
            share: 50,
            path: [{ id: 'centre', kind: 'send', template: 'flu-season', channels: ['in-app'] }],
          },
        ],
      },
    ],
  })
  await insertVersion(ctx, id, 1, definition)
  const decided = { decided_at: now, decided_by: reviewer?.id ?? null, decided_by_name: reviewer?.name ?? 'Peiban' }
  await ctx.tx
    .updateTable('campaign_version')
    .set({ state: 'approved', changed_by_name: owner.owner_name, ...decided })
    .where('organization_id', '=', ctx.organizationId)
    .where('campaign_id', '=', id)
    .execute()
  await setCampaign(ctx.tx, ctx.organizationId, id, { state: 'running', version: 1, started_at: now })
  await noteEvent(ctx, id, 'start')
  await enterCampaign(ctx, id)
  await stepSome(ctx, id, PER_HOUR)
}
