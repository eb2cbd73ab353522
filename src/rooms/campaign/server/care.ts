import { sql, type RawBuilder } from 'kysely'
import { compileJoined, compileWhere, groundOf, newJoins, type Condition } from '../../../platform/condition/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { CareStep } from '../../agenda/server/index.ts'
import { admit } from './advance.ts'
import { followAnchors } from './anchor.ts'
import { anchorsOf } from './fact-sql.ts'
import { stepsOf, type WaitStep } from '../contract/definition.ts'
import { runIdSql } from './run-store.ts'
import { findRunning, type Running } from './store.ts'
import './table.ts'

/**
 * The care step of campaigns: whoever is looked at because something has changed may begin a journey, may find the
 * moment moved that it hangs on, or have got what it waits for. Set-based over the batch; who runs nothing asks nothing.
 */
export const campaignStep: CareStep = {
  name: 'campaign',
  async evaluate(ctx, batch) {
    for (const campaign of await findRunning(ctx.db, ctx.organizationId)) {
      await look(ctx, campaign, batch.patientIds)
      if (campaign.definition.trigger.kind !== 'begins' || campaign.last_occurrence === null) continue
      for (const { patientId, flipsAt } of await beginNow(ctx, campaign, batch.patientIds))
        if (flipsAt) batch.propose(patientId, flipsAt, 'campaign may begin')
    }
  },
}

/** What has happened to these people, for one campaign. */
export async function look(ctx: WriteContext, campaign: Running, patientIds: readonly string[]): Promise<void> {
  await followAnchors(ctx, campaign, patientIds)
  await enterByFacts(ctx, campaign, patientIds)
  await wakeThoseWhoWait(ctx, campaign, patientIds)
}

async function audienceOf(ctx: ReadContext, { definition: { audience } }: Running): Promise<RawBuilder<boolean>> {
  return audience ? compileWhere(await admit(ctx, audience), groundOf(ctx)) : sql`true`
}

async function enterByFacts(ctx: WriteContext, campaign: Running, patientIds: readonly string[]): Promise<void> {
  const { trigger } = campaign.definition
  const facts = anchorsOf(trigger, ctx, patientIds)
  if (!facts) return
  const now = ctx.clock.now()
  // A date lies ahead; a fact that is older than its days begins nothing.
  const fresh =
    trigger.kind === 'fact'
      ? sql`f.known_at >= ${campaign.started_at} and f.at >= ${new Date(now.getTime() - trigger.withinDays * 86_400_000)}`
      : sql`f.at > ${now}`
  const kind = trigger.kind === 'fact' ? trigger.fact : trigger.kind === 'date' ? trigger.date : ''
  await sql`
    insert into journey_run (organization_id, campaign_id, patient_id, occurrence, id, version, state, wake_at, anchor_at, anchor_key, entered_at)
    select ${ctx.organizationId}::uuid, ${campaign.id}::uuid, p.id, ${kind} || ':' || f.key, ${runIdSql(campaign.id, sql`p.id`, sql`${kind} || ':' || f.key`)},
      ${campaign.version}::int, 'waiting', ${now}::timestamptz, f.at, f.key, ${now}::timestamptz
    from (${facts}) f join patient p on p.organization_id = ${ctx.organizationId} and p.id = f.patient_id
    where p.state = 'active' and ${fresh} and ${await audienceOf(ctx, campaign)}
      and not exists (select from journey_run r where r.organization_id = ${ctx.organizationId} and r.campaign_id = ${campaign.id}
        and r.patient_id = p.id and r.anchor_key = f.key)
    on conflict do nothing`.execute(ctx.tx)
}

/** Whoever meets the condition now and has not been in yet. @returns when time alone may turn it, for whom it may */
async function beginNow(ctx: WriteContext, campaign: Running, patientIds: readonly string[]) {
  const { audience, trigger } = campaign.definition
  if (!audience || trigger.kind !== 'begins') return []
  const joins = newJoins()
  const compiled = compileJoined(await admit(ctx, audience), groundOf(ctx), joins)
  const { rows } = await sql<{ patientId: string; holds: boolean; flipsAt: Date | null }>`
    select p.id "patientId", p.state = 'active' and ${compiled.holds} holds, ${compiled.flipsAt} "flipsAt"
    from patient p ${sql.join(joins.list, sql` `)}
    where p.organization_id = ${ctx.organizationId} and p.id = any(${[...patientIds]}::uuid[])`.execute(ctx.db)
  const now = ctx.clock.now()
  const occurrence = occurrenceOfBeginning(trigger.again, ctx.today)
  await sql`
    insert into journey_run (organization_id, campaign_id, patient_id, occurrence, id, version, state, wake_at, entered_at)
    select ${ctx.organizationId}::uuid, ${campaign.id}::uuid, id, ${occurrence}, ${runIdSql(campaign.id, sql`id`, sql`${occurrence}::text`)},
      ${campaign.version}::int, 'waiting', ${now}::timestamptz, ${now}::timestamptz
    from unnest(${rows.filter(({ holds }) => holds).map((row) => row.patientId)}::uuid[]) id
    on conflict do nothing`.execute(ctx.tx)
  return rows
}

/** Somebody begins once, or once a year. */
export function occurrenceOfBeginning(again: 'never' | 'yearly', today: string): string {
  return again === 'yearly' ? today.slice(0, 4) : ''
}

type ConditionWait = WaitStep & { until: { condition: Condition } }

/** What they wait for has become true: their next step is due. */
async function wakeThoseWhoWait(ctx: WriteContext, campaign: Running, patientIds: readonly string[]): Promise<void> {
  const waits = stepsOf(campaign.definition.path).filter(
    (step): step is ConditionWait => step.kind === 'wait' && 'condition' in step.until,
  )
  for (const { id, until } of waits) {
    const holds = compileWhere(await admit(ctx, until.condition), groundOf(ctx))
    await sql`
      update journey_run r set wake_at = ${ctx.clock.now()} from patient p
      where r.organization_id = ${ctx.organizationId} and r.campaign_id = ${campaign.id} and r.patient_id = any(${[...patientIds]}::uuid[])
        and r.state = 'waiting' and r.node = ${id} and r.version = ${campaign.version}
        and p.organization_id = r.organization_id and p.id = r.patient_id and ${holds}`.execute(ctx.tx)
  }
}

/** Whether a running campaign asks for one of these kinds: then whoever changes in them is looked at. */
export async function asksFor({ db, organizationId }: ReadContext, codes: readonly string[]): Promise<boolean> {
  const { rows } = await sql<{ asks: boolean }>`select exists (
    select from campaign c join campaign_version v on v.organization_id = c.organization_id and v.campaign_id = c.id and v.version = c.version
    where c.organization_id = ${organizationId} and c.state = 'running'
      and v.definition::text like any(${codes.map((code) => `%"${code}": %`)}::text[])) asks`.execute(db)
  return rows[0]!.asks
}
