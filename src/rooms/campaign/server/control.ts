import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { wakeEverybody } from '../../agenda/server/index.ts'
import {
  endCampaignStop,
  holdCampaign,
  openFence,
  releaseCampaign,
  withdrawCampaign,
} from '../../message/server/index.ts'
import { campaignProblem } from '../contract/problems.ts'
import type { CampaignState } from '../contract/words.ts'
import { refuseFaults } from './content.ts'
import { dueOccurrence } from './enter.ts'
import { endRuns, shiftWaves } from './run-store.ts'
import { findDefinition, lockCampaign, noteEvent, setCampaign, type CampaignRow } from './store.ts'

export type Act = 'start' | 'pause' | 'resume' | 'cancel'
interface Touched {
  people: number
  messages: number
}

/**
 * Starts, pauses, resumes or cancels. A step that is just being taken ends first, so that what is said of people and
 * messages is exact.
 * @throws Problem NotFound, CampaignNotReady, CampaignNotRunning, CampaignNotPaused, CampaignOver, CampaignFaulty,
 * CampaignWaitsForReason, SendingStopped
 */
export async function control(
  ctx: WriteContext,
  campaignId: string,
  { act, missed, because = '' }: { act: Act; missed: 'send' | 'leave-out'; because?: string },
): Promise<Touched & { state: CampaignState }> {
  const campaign = await lockCampaign(ctx.tx, ctx.organizationId, campaignId)
  if (!campaign) throw platformProblem('NotFound')
  if (campaign.state === 'finished' || campaign.state === 'cancelled') throw campaignProblem('CampaignOver')
  if (act === 'resume' && campaign.stopped_why && because.length < 2) throw campaignProblem('CampaignWaitsForReason')
  const touched = await ACTS[act](ctx, campaign, missed)
  if (act === 'resume' || act === 'cancel') {
    await endCampaignStop(ctx, campaignId, because)
    await set(ctx, campaignId, { stopped_why: null })
  }
  await noteEvent(ctx, campaignId, act, {
    ...touched,
    ...(act === 'resume' && campaign.away_since ? { missed } : {}),
    ...(because ? { because } : {}),
  })
  ctx.audit.detail = { act, ...(campaign.stopped_why ? { stopped: campaign.stopped_why } : {}), ...touched }
  return { ...touched, state: STATES[act] }
}

const STATES: Record<Act, CampaignState> = { start: 'running', pause: 'paused', resume: 'running', cancel: 'cancelled' }

const ACTS: Record<Act, (ctx: WriteContext, campaign: CampaignRow, missed: 'send' | 'leave-out') => Promise<Touched>> =
  {
    async start(ctx, { id, state, version }) {
      if (state !== 'preparing' || version === null) throw campaignProblem('CampaignNotReady')
      const definition = (await findDefinition(ctx.db, ctx.organizationId, id, version))!
      // A template may have been retired since it was approved.
      await refuseFaults(ctx, definition)
      await set(ctx, id, { state: 'running', started_at: ctx.clock.now() })
      // Dates that stand already begin their journeys when their people are looked at.
      if (definition.trigger.kind === 'date')
        await wakeEverybody(ctx.tx, ctx.organizationId, 'campaign', ctx.clock.now())
      return { people: 0, messages: 0 }
    },
    async pause(ctx, { id, state }) {
      if (state !== 'running') throw campaignProblem('CampaignNotRunning')
      await set(ctx, id, { state: 'paused', paused_at: ctx.clock.now() })
      return { people: await countOpen(ctx, id), messages: await holdCampaign(ctx, id) }
    },
    async resume(ctx, campaign, missed) {
      const { id, state, paused_at, away_since } = campaign
      if (state !== 'paused' || !paused_at) throw campaignProblem('CampaignNotPaused')
      if (await openFence(ctx)) throw campaignProblem('SendingStopped')
      await set(ctx, id, { state: 'running', paused_at: null, away_since: null })
      if (away_since && missed === 'leave-out') await leaveOut(ctx, campaign, away_since)
      else await shiftWaves(ctx, id, ctx.clock.now().getTime() - paused_at.getTime())
      return { people: await countOpen(ctx, id), messages: await releaseCampaign(ctx, id) }
    },
    async cancel(ctx, { id, state }) {
      const people = await endRuns(ctx, id, 'cancelled', 'cancelled')
      await set(ctx, id, { state: 'cancelled', ended_at: ctx.clock.now() })
      return { people, messages: state === 'preparing' ? 0 : await withdrawCampaign(ctx, id) }
    },
  }

/**
 * Nobody knows what went out between the last look and now: whoever was due in between gets nothing more of it, and what
 * stood in the ledger by then is withdrawn.
 */
async function leaveOut(ctx: WriteContext, campaign: CampaignRow, since: Date): Promise<void> {
  const { id, version } = campaign
  await withdrawCampaign(ctx, id)
  await endRuns(ctx, id, 'left', 'left-out', sql<boolean>`wake_at > ${since} and wake_at <= ${ctx.clock.now()}`)
  const definition = version === null ? undefined : await findDefinition(ctx.db, ctx.organizationId, id, version)
  const due = definition && dueOccurrence({ ...campaign, version: version!, definition }, ctx)
  // Whoever would all have entered meanwhile may have done so.
  if (due && definition.trigger.kind !== 'begins') await set(ctx, id, { last_occurrence: due.occurrence })
}

async function countOpen(ctx: WriteContext, campaignId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int count from journey_run
    where organization_id = ${ctx.organizationId} and campaign_id = ${campaignId} and state in ('waiting', 'held')`.execute(
    ctx.db,
  )
  return rows[0]!.count
}

function set(ctx: WriteContext, id: string, values: Parameters<typeof setCampaign>[3]): Promise<void> {
  return setCampaign(ctx.tx, ctx.organizationId, id, values)
}
