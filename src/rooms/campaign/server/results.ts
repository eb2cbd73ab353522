import { sql } from 'kysely'
import { compileWhere, groundOf } from '../../../platform/condition/index.ts'
import { systemActor, type ReadContext, type Tenant } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import type { AnswerOf } from '../../../platform/contract/endpoint.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { readResults } from '../contract/outcome.ts'
import type { Success } from '../contract/definition.ts'
import { admit } from './advance.ts'
import { differenceOf, PERCENT_MIN, shareOf, WINNER_MIN } from '../../../platform/figures/share.ts'
import { fetchedByMachine, followedByPerson, seenByPerson } from '../../readership/server/index.ts'
import { findCampaign, findRunning, findVersions } from './store.ts'
import '../../message/server/table.ts'
import './table.ts'

interface Group {
  arm: string | null
  left_out: boolean
  n: number
  count: number
  /** Of what was read: where, and what only machines fetched. */
  centre?: number
  mail?: number
  machine?: number
}

/** @throws Problem NotFound */
export async function showResults(ctx: ReadContext, campaignId: string): Promise<AnswerOf<typeof readResults>> {
  const campaign = await findCampaign(ctx.db, ctx.organizationId, campaignId)
  const versions = campaign ? await findVersions(ctx.db, ctx.organizationId, [campaignId]) : []
  const version = versions.find((row) => row.version === campaign?.version) ?? versions[0]
  if (!version) throw platformProblem('NotFound')
  const { success } = version.definition
  const groups = await countGroups(ctx, campaignId, success)
  const sum = (those: readonly Group[]) =>
    shareOf(
      those.reduce((total, { count }) => total + count, 0),
      those.reduce((total, { n }) => total + n, 0),
    )
  const written = groups.filter(({ left_out }) => !left_out)
  const arms = [
    ...Map.groupBy(
      written.filter(({ arm }) => arm !== null),
      ({ arm }) => arm!,
    ),
  ]
    .map(([arm, those]) => ({ arm: arm.slice(arm.indexOf(':') + 1), result: sum(those) }))
    .toSorted((a, b) => (a.arm < b.arm ? -1 : 1))
  const leftOut = success.measure === 'condition' ? sum(groups.filter(({ left_out }) => left_out)) : null
  const [first, second] = arms
  const comparison =
    first && second
      ? { first: first.arm, second: second.arm, ...differenceOf(first.result, second.result) }
      : leftOut && leftOut.n > 0
        ? { first: 'written', second: 'left-out', ...differenceOf(sum(written), leftOut) }
        : null
  return {
    measure: success.measure,
    targetPercent: success.targetPercent,
    all: sum(written),
    reading: success.measure === 'read' ? readingOf(written) : null,
    arms,
    leftOut: leftOut && leftOut.n > 0 ? leftOut : null,
    comparison,
    percentMin: PERCENT_MIN,
    winnerMin: WINNER_MIN,
  }
}

function readingOf(groups: readonly Group[]) {
  const sum = (kind: 'centre' | 'mail' | 'machine') => groups.reduce((total, group) => total + (group[kind] ?? 0), 0)
  return { centre: sum('centre'), mail: sum('mail'), machineOnly: sum('machine') }
}

/** Of whoever had their turn, by arm: how many, and of how many the measure holds. Messages are read once by the campaign. */
async function countGroups(ctx: ReadContext, campaignId: string, success: Success): Promise<Group[]> {
  const met =
    success.measure === 'condition'
      ? sql`r.met_at is not null`
      : success.measure === 'read'
        ? sql`m.in_centre or m.in_mail`
        : success.measure === 'clicked'
          ? sql`coalesce(m.followed, false)`
          : sql`coalesce(m.arrived, false)`
  // Of what was read, only those count of whom it can be known: the message centre knows it, and a mail that counts its
  // reading; of links, only the latter.
  const among =
    success.measure === 'read' ? sql`and m.knowable` : success.measure === 'clicked' ? sql`and m.counted` : sql``
  const followed =
    success.measure === 'clicked'
      ? sql`, bool_or(state = 'accepted' and counts_reading) counted, bool_or(state = 'accepted' and ${followedByPerson('message')}) followed`
      : success.measure === 'read'
        ? sql`, bool_or(state = 'accepted' and (channel = 'in-app' or counts_reading)) knowable,
          bool_or(channel = 'in-app' and read_at is not null) in_centre,
          bool_or(state = 'accepted' and ${seenByPerson('message')}) in_mail,
          bool_or(state = 'accepted' and ${fetchedByMachine('message')}) by_machine`
        : sql``
  const kinds =
    success.measure === 'read'
      ? sql`, count(*) filter (where m.in_centre)::int centre, count(*) filter (where m.in_mail)::int mail,
        count(*) filter (where m.by_machine and not m.in_centre and not m.in_mail)::int machine`
      : sql``
  const { rows } = await sql<Group>`
    with told as materialized (
      select source_key, bool_or(state = 'accepted') arrived, bool_or(reason = 'holdout') left_out ${followed}
      from message where organization_id = ${ctx.organizationId} and campaign = ${campaignId} group by source_key)
    select r.arm, coalesce(m.left_out and not m.arrived, false) left_out, count(*)::int n, count(*) filter (where ${met})::int count ${kinds}
    from journey_run r join told m on m.source_key = r.id::text
    where r.organization_id = ${ctx.organizationId} and r.campaign_id = ${campaignId} ${among}
    group by 1, 2`.execute(ctx.db)
  return rows
}

/**
 * Notes of whom the condition of success has become true within its days, once: of those written to and of those the
 * comparison group left out alike.
 */
export async function noteSuccess(house: House, tenant: Tenant): Promise<void> {
  for (const { id, definition } of await findRunning(house.databases.of(tenant.id), tenant.id)) {
    const { success } = definition
    if (success.measure !== 'condition') continue
    await write(house, { tenant, actor: systemActor(tenant.id, 'campaign/success') }, async (ctx) => {
      const holds = compileWhere(await admit(ctx, success.condition), groundOf(ctx))
      const since = new Date(ctx.clock.now().getTime() - success.withinDays * 86_400_000)
      await sql`
        update journey_run r set met_at = ${ctx.clock.now()} from patient p
        where r.organization_id = ${tenant.id} and r.campaign_id = ${id} and r.met_at is null and r.state <> 'baseline' and r.entered_at > ${since}
          and p.organization_id = r.organization_id and p.id = r.patient_id and p.state = 'active' and ${holds}`.execute(
        ctx.tx,
      )
    })
  }
}
