import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { campaignProblem } from '../contract/problems.ts'
import type { CampaignDefinition } from '../contract/definition.ts'
import { checkCampaign } from './check.ts'
import {
  findVersions,
  insertCampaign,
  lockCampaign,
  noteEvent,
  setCampaign,
  type CampaignRow,
  type VersionRow,
} from './store.ts'

export async function create(ctx: WriteContext, definition: CampaignDefinition) {
  const id = ctx.ids.next<string>()
  await insertCampaign(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    shipped_code: null,
    owner_id: ctx.actor.kind === 'staff' ? ctx.actor.id : null,
    owner_name: ctx.actor.name,
    created_at: ctx.clock.now(),
  })
  await insertVersion(ctx, id, 1, definition)
  await noteEvent(ctx, id, 'created')
  ctx.audit.subjectId = id
  return kept(ctx, id, 1, definition)
}

/** Keeps a draft. Of a campaign that runs the first keeping begins the next version. @throws Problem ChangedMeanwhile, CampaignOver */
export async function save(
  ctx: WriteContext,
  campaignId: string,
  { definition, revision }: { definition: CampaignDefinition; revision: number | null },
) {
  const { campaign, open, last } = await require(ctx, campaignId)
  if (campaign.state === 'cancelled' || campaign.state === 'finished') throw campaignProblem('CampaignOver')
  if (open?.state === 'submitted') throw campaignProblem('CampaignNotDraft')
  if ((open?.revision ?? null) !== revision) throw platformProblem('ChangedMeanwhile')
  if (!open) {
    await insertVersion(ctx, campaignId, last + 1, definition)
    return kept(ctx, campaignId, 1, definition)
  }
  await change(ctx, open, {
    definition: JSON.stringify(definition),
    revision: open.revision + 1,
    edited_by: [...new Set([...open.edited_by, ...hand(ctx)])],
    changed_at: ctx.clock.now(),
    changed_by_name: ctx.actor.name,
  })
  return kept(ctx, campaignId, open.revision + 1, definition)
}

/** @throws Problem ChangedMeanwhile, CampaignNotDraft, CampaignFaulty */
export async function submit(ctx: WriteContext, campaignId: string, revision: number) {
  const { open } = await require(ctx, campaignId)
  if (open?.state !== 'draft') throw campaignProblem('CampaignNotDraft')
  if (open.revision !== revision) throw platformProblem('ChangedMeanwhile')
  await refuseFaults(ctx, open.definition)
  await change(ctx, open, { state: 'submitted', edited_by: [...new Set([...open.edited_by, ...hand(ctx)])] })
  await noteEvent(ctx, campaignId, 'submitted', { version: open.version })
  return kept(ctx, campaignId, revision, open.definition)
}

/**
 * A second person approves, or gives the draft back. Whoever is on the way goes on by the version they entered by.
 * @throws Problem ChangedMeanwhile, CampaignNotSubmitted, CampaignOwnHand, CampaignFaulty
 */
export async function decide(
  ctx: WriteContext,
  campaignId: string,
  { revision, approve, note }: { revision: number; approve: boolean; note: string },
) {
  const { open } = await require(ctx, campaignId)
  if (open?.state !== 'submitted') throw campaignProblem('CampaignNotSubmitted')
  if (open.revision !== revision) throw platformProblem('ChangedMeanwhile')
  if (ctx.actor.id === null || open.edited_by.includes(ctx.actor.id)) throw campaignProblem('CampaignOwnHand')
  const decided = { decided_at: ctx.clock.now(), decided_by: ctx.actor.id, decided_by_name: ctx.actor.name, note }
  if (approve) {
    await refuseFaults(ctx, open.definition)
    await ctx.tx
      .updateTable('campaign_version')
      .set({ state: 'retired' })
      .where('organization_id', '=', ctx.organizationId)
      .where('campaign_id', '=', campaignId)
      .where('state', '=', 'approved')
      .execute()
    await change(ctx, open, { state: 'approved', ...decided })
    await setCampaign(ctx.tx, ctx.organizationId, campaignId, { version: open.version })
  } else await change(ctx, open, { state: 'draft', revision: open.revision + 1, ...decided })
  await noteEvent(ctx, campaignId, approve ? 'approved' : 'given-back', { version: open.version })
  ctx.audit.detail = { approve, version: open.version }
  return kept(ctx, campaignId, approve ? revision : revision + 1, open.definition)
}

/** @throws Problem CampaignFaulty, which names the first */
export async function refuseFaults(ctx: WriteContext, definition: CampaignDefinition): Promise<void> {
  const [first, ...rest] = await checkCampaign(ctx, definition)
  if (first)
    throw campaignProblem('CampaignFaulty', {
      fault: first.code,
      value: first.value,
      step: first.step ?? '',
      more: rest.length,
    })
}

async function require(
  ctx: WriteContext,
  campaignId: string,
): Promise<{ campaign: CampaignRow; open: VersionRow | undefined; last: number }> {
  const campaign = await lockCampaign(ctx.tx, ctx.organizationId, campaignId)
  if (!campaign) throw platformProblem('NotFound')
  const versions = await findVersions(ctx.db, ctx.organizationId, [campaignId])
  const open = versions.find(({ state }) => state === 'draft' || state === 'submitted')
  return { campaign, open, last: versions[0]?.version ?? 0 }
}

const hand = ({ actor }: WriteContext): string[] => (actor.kind === 'staff' && actor.id ? [actor.id] : [])

export async function insertVersion(
  ctx: WriteContext,
  campaignId: string,
  version: number,
  definition: CampaignDefinition,
): Promise<void> {
  await ctx.tx
    .insertInto('campaign_version')
    .values({
      organization_id: ctx.organizationId,
      campaign_id: campaignId,
      version,
      state: 'draft',
      definition: JSON.stringify(definition),
      edited_by: hand(ctx),
      changed_at: ctx.clock.now(),
      changed_by_name: ctx.actor.name,
      decided_at: null,
      decided_by: null,
      decided_by_name: null,
    })
    .execute()
}

async function change(ctx: WriteContext, { campaign_id, version }: VersionRow, values: object): Promise<void> {
  await ctx.tx
    .updateTable('campaign_version')
    .set(values)
    .where('organization_id', '=', ctx.organizationId)
    .where('campaign_id', '=', campaign_id)
    .where('version', '=', version)
    .execute()
}

async function kept(ctx: WriteContext, id: string, revision: number, definition: CampaignDefinition) {
  return { id: id as never, revision, faults: await checkCampaign(ctx, definition) }
}
