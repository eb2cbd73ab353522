import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import type { Channel, MessageState } from '../contract/words.ts'
import './table.ts'

/** What a campaign has in the ledger, taken together: one statement for however many messages. */
type Writing = Pick<WriteContext, 'tx' | 'organizationId' | 'clock' | 'actor'>

/**
 * Calls back what of a campaign has not been handed over. What a sender holds is marked, and stays unless its content has
 * gone on the line by then; it is counted as withdrawn once that is known.
 * @returns how many messages were withdrawn at once
 */
export async function withdrawCampaign(ctx: Writing, campaign: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with held as (
      update message set withdrawal = 'campaign-cancelled'
      where organization_id = ${ctx.organizationId} and campaign = ${campaign} and state = 'claimed'
    ), gone as (
      update message set state = 'cancelled', reason = 'campaign-cancelled', next_at = null
      where organization_id = ${ctx.organizationId} and campaign = ${campaign} and state in ('planned', 'deferred') returning id
    ), noted as (
      insert into message_event (organization_id, message_id, id, kind, detail, by_id, by_name, at)
      select ${ctx.organizationId}::uuid, id, gen_random_uuid(), 'cancelled', '{"reason":"campaign-cancelled"}', ${ctx.actor.id}::uuid, ${ctx.actor.name}, ${ctx.clock.now()}
      from gone returning 1
    ) select count(*)::int count from noted`.execute(ctx.tx)
  return rows[0]!.count
}

/**
 * Has what of a campaign has not been handed over wait until it is released: at its deadline it is looked at once more,
 * and ends as too late. What a sender has just claimed goes out. @returns how many messages
 */
export async function holdCampaign(ctx: Writing, campaign: string): Promise<number> {
  const result = await sql`
    update message set reason = 'campaign-paused', next_at = coalesce(not_after, 'infinity'::timestamptz)
    where organization_id = ${ctx.organizationId} and campaign = ${campaign} and state in ('planned', 'deferred')`.execute(
    ctx.tx,
  )
  return Number(result.numAffectedRows ?? 0)
}

/** Has what waited for a paused campaign looked at now, with all checks anew. @returns how many messages */
export async function releaseCampaign(ctx: Writing, campaign: string): Promise<number> {
  const result = await sql`
    update message set reason = null, next_at = ${ctx.clock.now()}
    where organization_id = ${ctx.organizationId} and campaign = ${campaign} and state in ('planned', 'deferred') and reason = 'campaign-paused'`.execute(
    ctx.tx,
  )
  return Number(result.numAffectedRows ?? 0)
}

export interface CampaignCount {
  channel: Channel
  state: MessageState
  reason: string | null
  count: number
}

/** How the messages of a campaign stand; together they are all of them. */
export async function countCampaign(
  { db, organizationId }: Pick<ReadContext, 'db' | 'organizationId'>,
  campaign: string,
): Promise<CampaignCount[]> {
  const { rows } = await sql<CampaignCount>`
    select channel, state, reason, count(*)::int count from message
    where organization_id = ${organizationId} and campaign = ${campaign}
    group by channel, state, reason order by 1, 2, 3`.execute(db)
  return rows
}
