import { sql, type RawBuilder, type Selectable } from 'kysely'
import { compileWhere, groundOf, type AudienceCondition } from '../../../platform/condition/index.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Db, Transaction } from '../../../platform/database/database.ts'
import { isOf, type Part } from '../../patient/server/index.ts'
import type { RunReason, RunState } from '../contract/words.ts'
import type { JourneyRunTable } from './table.ts'
import './table.ts'

export type RunRow = Selectable<JourneyRunTable>

export interface Entry {
  campaignId: string
  version: number
  occurrence: string
  state: 'waiting' | 'baseline'
  /** The first wave; each that follows an hour later. */
  from: Date
  perHour: number | null
}

/** The id of a run, from what makes it one: see the comment in 0001-campaign.sql. */
export function runIdSql(campaignId: string, patientId: RawBuilder<unknown>, occurrence: RawBuilder<unknown>) {
  return sql`md5(${campaignId}::text || ' ' || ${patientId} || ' ' || ${occurrence})::uuid`
}

/**
 * Everybody whom the condition finds enters, in one statement; who is in already is not touched. The caller holds the
 * campaign, so nobody else enters meanwhile: asking who is in costs less than being ready for a conflict row by row.
 * @returns how many came
 */
export async function enterAll(
  ctx: WriteContext,
  audience: AudienceCondition | null,
  entry: Entry,
  part: Part = {},
): Promise<number> {
  const holds = audience ? compileWhere(audience, groundOf(ctx)) : sql`true`
  const { campaignId, version, occurrence, state, from, perHour } = entry
  const wakeAt = perHour
    ? sql`${from}::timestamptz + (row_number() over (order by p.id) - 1) / ${perHour}::int * interval '1 hour'`
    : sql`${from}::timestamptz`
  const ended = state === 'baseline' ? sql`${from}::timestamptz` : sql`null::timestamptz`
  const result = await sql`
    insert into journey_run (organization_id, campaign_id, patient_id, occurrence, id, version, state, wake_at, entered_at, ended_at)
    select ${ctx.organizationId}::uuid, ${campaignId}::uuid, p.id, ${occurrence}::text, ${runIdSql(campaignId, sql`p.id`, sql`${occurrence}::text`)},
      ${version}::int, ${state}::text, ${state === 'waiting' ? wakeAt : sql`null::timestamptz`}, ${ctx.clock.now()}::timestamptz, ${ended}
    from patient p where p.organization_id = ${ctx.organizationId} and p.state = 'active' and ${isOf(part)} and ${holds}
    and not exists (select from journey_run r where r.organization_id = ${ctx.organizationId} and r.campaign_id = ${campaignId}
        and r.patient_id = p.id and r.occurrence = ${occurrence})`.execute(ctx.tx)
  return Number(result.numAffectedRows ?? 0)
}

/** Takes due runs of a campaign, earliest first; what another worker holds is passed over. */
export async function claimRuns(
  tx: Transaction,
  organizationId: string,
  campaignId: string,
  now: Date,
  limit: number,
): Promise<RunRow[]> {
  const { rows } = await sql<RunRow>`
    select * from journey_run
    where organization_id = ${organizationId} and campaign_id = ${campaignId} and state = 'waiting' and wake_at <= ${now}
    order by wake_at limit ${limit} for update skip locked`.execute(tx)
  return rows
}

export interface Settled {
  patientId: string
  occurrence: string
  state: RunState
  reason: RunReason | null
  node: string | null
  wakeAt: Date | null
  arm: string | null
}

/**
 * Writes where each stands. The caller holds these runs. Each is looked up by its key, whatever the planner thinks: of
 * a campaign that has just begun PostgreSQL knows nothing yet, takes it for one with a single run, and would read all
 * its million runs to join them with five hundred.
 */
export async function settleRuns(
  tx: Transaction,
  organizationId: string,
  campaignId: string,
  now: Date,
  rows: readonly Settled[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update journey_run r set state = s.state, reason = s.reason, node = s.node, wake_at = s.wake_at, arm = s.arm,
      ended_at = case when s.state in ('done', 'left') then ${now}::timestamptz end
    from unnest(${rows.map((r) => r.patientId)}::uuid[], ${rows.map((r) => r.occurrence)}::text[], ${rows.map((r) => r.state)}::text[],
      ${rows.map((r) => r.reason)}::text[], ${rows.map((r) => r.node)}::text[], ${rows.map((r) => r.wakeAt)}::timestamptz[], ${rows.map((r) => r.arm)}::text[])
      s (patient_id, occurrence, state, reason, node, wake_at, arm)
    cross join lateral (select k.ctid place from journey_run k where k.organization_id = ${organizationId} and k.campaign_id = ${campaignId}
      and k.patient_id = s.patient_id and k.occurrence = s.occurrence limit 1) k
    where r.ctid = k.place`.execute(tx)
}

export interface StepLine {
  runId: string
  pass: number
  node: string
  outcome: string
}

export async function insertSteps(
  tx: Transaction,
  organizationId: string,
  now: Date,
  lines: readonly StepLine[],
): Promise<void> {
  if (lines.length === 0) return
  await sql`
    insert into journey_step (organization_id, run_id, pass, node, outcome, at)
    select ${organizationId}::uuid, l.run_id, l.pass, l.node, l.outcome, ${now}::timestamptz
    from unnest(${lines.map((l) => l.runId)}::uuid[], ${lines.map((l) => l.pass)}::int[], ${lines.map((l) => l.node)}::text[], ${lines.map((l) => l.outcome)}::text[])
      l (run_id, pass, node, outcome)
    on conflict do nothing`.execute(tx)
}

/** Ends the runs of a campaign that are on their way. @returns how many */
export async function endRuns(
  ctx: WriteContext,
  campaignId: string,
  state: 'cancelled' | 'left',
  reason: RunReason,
  only: RawBuilder<boolean> = sql`true`,
): Promise<number> {
  const result = await sql`
    update journey_run set state = ${state}, reason = ${reason}, wake_at = null, ended_at = ${ctx.clock.now()}
    where organization_id = ${ctx.organizationId} and campaign_id = ${campaignId} and state in ('waiting', 'held') and ${only}`.execute(
    ctx.tx,
  )
  return Number(result.numAffectedRows ?? 0)
}

/** Whoever has not begun yet keeps their place in the waves, so much later. */
export async function shiftWaves(ctx: WriteContext, campaignId: string, milliseconds: number): Promise<void> {
  await sql`
    update journey_run set wake_at = wake_at + make_interval(secs => ${milliseconds / 1000})
    where organization_id = ${ctx.organizationId} and campaign_id = ${campaignId} and state = 'waiting' and node is null
      and anchor_key is null`.execute(ctx.tx)
}

export async function hasOpenRuns(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  campaignId: string,
) {
  const { rows } = await sql<{ open: boolean }>`
    select exists (select from journey_run where organization_id = ${organizationId} and campaign_id = ${campaignId}
      and state in ('waiting', 'held')) open`.execute(db)
  return rows[0]!.open
}

export interface RunCount {
  state: RunState
  reason: RunReason | null
  count: number
}

export async function countRuns(db: Db, organizationId: string, campaignId: string): Promise<RunCount[]> {
  const { rows } = await sql<RunCount>`
    select state, reason, count(*)::int count from journey_run
    where organization_id = ${organizationId} and campaign_id = ${campaignId} group by state, reason order by 1, 2`.execute(
    db,
  )
  return rows
}

/** How many of each campaign are in what state, for the list. */
export async function countAllRuns(db: Db, organizationId: string, ids: readonly string[]) {
  if (ids.length === 0) return []
  const { rows } = await sql<{ campaign_id: string; entered: number; open: number }>`
    select campaign_id, count(*) filter (where state <> 'baseline')::int entered,
      count(*) filter (where state in ('waiting', 'held'))::int open
    from journey_run where organization_id = ${organizationId} and campaign_id = any(${[...ids]}::uuid[]) group by campaign_id`.execute(
    db,
  )
  return rows
}
