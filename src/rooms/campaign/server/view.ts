import { sql } from 'kysely'
import { sentencesOf, type Condition } from '../../../platform/condition/index.ts'
import type { ReadContext } from '../../../platform/context/context.ts'
import type { AnswerOf } from '../../../platform/contract/endpoint.ts'
import type { Bilingual } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { countCampaign, templatesInForce } from '../../message/server/index.ts'
import { countActive } from '../../patient/server/index.ts'
import { countForSegment } from '../../segment/server/index.ts'
import type * as contract from '../contract/campaign.ts'
import { stepsOf, type CampaignDefinition } from '../contract/definition.ts'
import { checkCampaign } from './check.ts'
import { calendarDay } from './rules/calendar.ts'
import { countAllRuns, countRuns } from './run-store.ts'
import { findCampaign, findCampaigns, findEvents, findVersions, type VersionRow } from './store.ts'

const iso = (at: Date | null) => at?.toISOString() ?? null
export const canOf = ({ actor }: ReadContext) => ({
  write: actor.permissions.has('campaign.write'),
  approve: actor.permissions.has('campaign.approve'),
  run: actor.permissions.has('campaign.run'),
  people: actor.permissions.has('campaign.recipients'),
})

export async function listAll(ctx: ReadContext): Promise<AnswerOf<typeof contract.listCampaigns>> {
  const campaigns = await findCampaigns(ctx.db, ctx.organizationId)
  const ids = campaigns.map(({ id }) => id)
  const versions = Map.groupBy(await findVersions(ctx.db, ctx.organizationId, ids), (row) => row.campaign_id)
  const counts = new Map((await countAllRuns(ctx.db, ctx.organizationId, ids)).map((row) => [row.campaign_id, row]))
  const rows = campaigns.flatMap((campaign) => {
    const [newest] = versions.get(campaign.id) ?? []
    if (!newest) return []
    const { name, goal, trigger } = newest.definition
    return [
      {
        id: campaign.id as never,
        name,
        goal,
        state: campaign.state,
        version: newest.version,
        versionState: newest.state,
        trigger: trigger.kind,
        entered: counts.get(campaign.id)?.entered ?? 0,
        open: counts.get(campaign.id)?.open ?? 0,
        owner: campaign.owner_name,
        startedAt: iso(campaign.started_at),
        shipped: campaign.shipped_code !== null,
      },
    ]
  })
  return { rows, can: { write: canOf(ctx).write } }
}

/** @throws Problem NotFound */
export async function showOne(ctx: ReadContext, campaignId: string): Promise<AnswerOf<typeof contract.readCampaign>> {
  const campaign = await findCampaign(ctx.db, ctx.organizationId, campaignId)
  if (!campaign) throw platformProblem('NotFound')
  const versions = await findVersions(ctx.db, ctx.organizationId, [campaignId])
  const open = versions.find(({ state }) => state === 'draft' || state === 'submitted')
  const inForce = versions.find(({ version }) => version === campaign.version)
  const can = canOf(ctx)
  const isOver = campaign.state === 'finished' || campaign.state === 'cancelled'
  return {
    id: campaign.id as never,
    state: campaign.state,
    owner: campaign.owner_name,
    startedAt: iso(campaign.started_at),
    pausedAt: iso(campaign.paused_at),
    endedAt: iso(campaign.ended_at),
    awaySince: iso(campaign.away_since),
    stoppedWhy: campaign.stopped_why as AnswerOf<typeof contract.readCampaign>['stoppedWhy'],
    isEntering:
      campaign.state === 'running' && inForce?.definition.trigger.kind === 'once' && campaign.last_occurrence === null,
    inForce: inForce ? await viewOf(ctx, inForce, false) : null,
    open: open ? await viewOf(ctx, open, true) : null,
    runs: await countRuns(ctx.db, ctx.organizationId, campaignId),
    messages: await countCampaign(ctx, campaignId),
    waiting: await waitingOf(ctx, campaignId),
    events: (await findEvents(ctx.db, ctx.organizationId, campaignId)).map((event) => ({
      kind: event.kind,
      detail: event.detail as Record<string, unknown>,
      by: event.by_name,
      at: event.at.toISOString(),
    })),
    can: {
      ...can,
      save: can.write && !isOver && open?.state !== 'submitted',
      submit: can.write && open?.state === 'draft',
      decide: can.approve && open?.state === 'submitted' && !open.edited_by.includes(ctx.actor.id ?? ''),
    },
  }
}

async function viewOf(ctx: ReadContext, row: VersionRow, check: boolean) {
  return {
    version: row.version,
    state: row.state,
    definition: row.definition,
    sentences: await sentencesIn(ctx, row.definition),
    names: await namesIn(ctx, row.definition),
    revision: row.revision,
    changedBy: row.changed_by_name,
    changedAt: row.changed_at.toISOString(),
    decidedBy: row.decided_by_name,
    decidedAt: iso(row.decided_at),
    note: row.note,
    faults: check ? await checkCampaign(ctx, row.definition) : [],
  }
}

async function namesIn(ctx: ReadContext, { path, trigger }: CampaignDefinition): Promise<Record<string, Bilingual>> {
  const codes = stepsOf(path).flatMap((step) => (step.kind === 'send' ? [step.template] : []))
  const templates = await templatesInForce(ctx, codes)
  const day = trigger.kind === 'calendar' ? calendarDay(trigger.day) : undefined
  return {
    ...Object.fromEntries([...templates].map(([code, { definition }]) => [code, definition.name])),
    ...(day ? { [day.code]: day.name } : {}),
  }
}

async function sentencesIn(ctx: ReadContext, definition: CampaignDefinition): Promise<Record<string, Bilingual>> {
  const named: [string, Condition | null][] = [
    ['audience', definition.audience],
    ['leave', definition.leaveWhen],
    ['success', 'condition' in definition.success ? definition.success.condition : null],
    ...stepsOf(definition.path).flatMap((step): [string, Condition][] => {
      if (step.kind === 'split') return [[`step:${step.id}`, step.condition]]
      return step.kind === 'wait' && 'condition' in step.until ? [[`step:${step.id}`, step.until.condition]] : []
    }),
  ]
  const asked = named.flatMap(([key, condition]) => (condition ? [{ key, condition }] : []))
  const said = await sentencesOf(
    ctx,
    asked.map(({ condition }) => condition),
  )
  return Object.fromEntries(asked.map(({ key }, n) => [key, said[n]!]))
}

async function waitingOf({ db, organizationId }: ReadContext, campaignId: string) {
  const { rows } = await sql<{ step: string | null; count: number; next: Date | null }>`
    select node step, count(*)::int count, min(wake_at) next from journey_run
    where organization_id = ${organizationId} and campaign_id = ${campaignId} and state = 'waiting' group by node order by 3`.execute(
    db,
  )
  return rows.map((row) => ({ ...row, next: iso(row.next) }))
}

/** As segments count: broken off when it takes too long, and few are not told to whoever may not see patients. */
export async function countPeople(
  ctx: ReadContext,
  audience: Condition | null,
  ask: string,
): Promise<AnswerOf<typeof contract.countAudience>> {
  if (!audience) {
    const everybody = await countActive(ctx.db, ctx.organizationId)
    return { count: everybody, fewerThan: null, of: everybody, ended: null, sentence: null, faults: [] }
  }
  const trial = {
    audience,
    path: [],
    goal: 'membership',
    sources: [],
    trigger: { kind: 'once' },
    success: {},
    leaveWhen: null,
  }
  const faults = (await checkCampaign(ctx, trial as unknown as CampaignDefinition)).filter(
    ({ code }) => code !== 'NothingToSend',
  )
  const [sentence] = await sentencesOf(ctx, [audience])
  if (faults.length > 0) return { count: null, fewerThan: null, of: 0, ended: null, sentence: sentence!, faults }
  const { size, of, ended } = await countForSegment(ctx, audience, ask)
  return { ...size, of, ended, sentence: sentence!, faults }
}
