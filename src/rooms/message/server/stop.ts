import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { staffInRole } from '../../staff/server/index.ts'
import { messageCampaignStopped } from '../contract/events.ts'
import type { Channel } from '../contract/words.ts'
import { notifyStaff } from './notice.ts'
import { holdCampaign } from './of-campaign.ts'
import { keeperOf } from './rules/stop.ts'
import type { Settled } from './settle-store.ts'
import { endStop, findOpenStops, insertStop, lockStop, type NewStop, type StopRow } from './stop-store.ts'
import './table.ts'

interface Sent {
  id: string
  channel: Channel
}

/**
 * Draws from what came back what goes beyond the messages themselves: a campaign or a channel stands still until a person
 * lets it go on, a login that is refused is told of, and one that works again ends its alarm by itself.
 */
export async function stopWhatMust(
  ctx: WriteContext,
  settled: readonly Settled[],
  sent: ReadonlyMap<string, Sent>,
): Promise<void> {
  const asking = settled.filter(({ stop }) => stop)
  const campaigns = await campaignsOf(
    ctx,
    asking.map(({ id }) => id),
  )
  for (const { id, stop, reply } of asking) {
    const campaign = campaigns.get(id)
    if (campaign) await stopCampaign(ctx, campaign, { why: stop!.why, reply })
    else if (stop!.channel) await raise(ctx, { kind: 'channel', scope: stop!.channel, why: stop!.why, reply })
  }
  for (const [reason, scope, why] of LOGINS) {
    const refused = settled.find((one) => one.reason === reason)
    if (refused) await raise(ctx, { kind: 'login', scope, why, reply: refused.reply })
    else if (settled.some(({ id, state }) => state === 'accepted' && sent.get(id)?.channel === scope))
      await endLogin(ctx, scope)
  }
}

const LOGINS = [
  ['mail-login', 'email', 'mail-login'],
  ['sms-account', 'sms', 'sms-account'],
] as const

async function campaignsOf(ctx: ReadContext, ids: readonly string[]): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('message')
    .select(['id', 'campaign'])
    .where('organization_id', '=', ctx.organizationId)
    .where('id', 'in', [...ids])
    .execute()
  return new Map(rows.flatMap(({ id, campaign }) => (campaign ? [[id, campaign] as const] : [])))
}

async function stopCampaign(ctx: WriteContext, campaign: string, { why, reply }: Pick<NewStop, 'why' | 'reply'>) {
  const stop = await insertStop(ctx, { kind: 'campaign', scope: campaign, why, reply: withoutAddresses(reply ?? '') })
  await holdCampaign(ctx, campaign)
  if (stop) await ctx.emit(messageCampaignStopped, { campaign, why })
}

async function raise(ctx: WriteContext, asked: NewStop): Promise<void> {
  const stop = await insertStop(ctx, { ...asked, reply: withoutAddresses(asked.reply ?? '') })
  if (!stop) return
  ctx.log.error({ stopId: stop.id, kind: stop.kind, scope: stop.scope, why: stop.why }, 'messages do not go out')
  const readers = new Map(
    [...(await staffInRole(ctx, 'quality-lead')), ...(await staffInRole(ctx, 'system-administrator'))].map((staff) => [
      staff.id,
      staff,
    ]),
  )
  for (const { id } of readers.values())
    await notifyStaff(ctx, id, {
      kind: stop.kind === 'login' ? `sending-${stop.why}` : 'sending-stopped',
      values: { name: keeperOf(stop.scope) },
      link: '/message-rules?tab=stops',
      sourceKey: `sending-stop:${stop.id}`,
    })
}

/** What a server says names whom it refused. */
const withoutAddresses = (reply: string) => reply.replace(/[^\s<>()]+@[^\s<>()]+/g, '…').replace(/\d{11,}/g, '…')

async function endLogin(ctx: WriteContext, scope: string): Promise<void> {
  for (const stop of await findOpenStops(ctx.db, ctx.organizationId))
    if (stop.kind === 'login' && stop.scope === scope) await endStop(ctx, stop.id, { because: '' })
}

/** Has what waited for a channel looked at again now. */
export async function releaseChannel(ctx: WriteContext): Promise<void> {
  await sql`
    update message set next_at = ${ctx.clock.now()}, reason = null
    where organization_id = ${ctx.organizationId} and state in ('planned', 'deferred') and reason in ('sending-stopped', 'sender-refused')`.execute(
    ctx.tx,
  )
}

/** Whoever keeps a campaign lets it go on, or has ended it. @returns whether it stood still for what came back */
export async function endCampaignStop(ctx: WriteContext, campaign: string, because: string): Promise<boolean> {
  const open = await campaignStop(ctx, campaign)
  if (!open || !(await lockStop(ctx.tx, ctx.organizationId, open.id))) return false
  await endStop(ctx, open.id, { because })
  return true
}

export async function campaignStop(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  campaign: string,
): Promise<StopRow | undefined> {
  const open = await findOpenStops(ctx.db, ctx.organizationId)
  return open.find(({ kind, scope }) => kind === 'campaign' && scope === campaign)
}
