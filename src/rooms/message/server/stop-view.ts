import { sql } from 'kysely'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import type { AnswerOf } from '../../../platform/contract/endpoint.ts'
import { messageProblem } from '../contract/problems.ts'
import type { CHOICES, listStops, SendingStop, StopWhy } from '../contract/stop.ts'
import { settleGap } from './fence.ts'
import { countGap, endGap } from './gap-store.ts'
import { dropStaffNotices } from '../../wechat/server/index.ts'
import { endWaitingNoticeMails } from './notice-store.ts'
import { keeperOf } from './rules/stop.ts'
import { releaseChannel } from './stop.ts'
import { endStop, findLiftedStops, findOpenStops, isRemembered, lockStop, type StopRow } from './stop-store.ts'

const SHOWN = 20

export async function showStops(ctx: ReadContext): Promise<AnswerOf<typeof listStops>> {
  const [open, lifted] = [
    await findOpenStops(ctx.db, ctx.organizationId),
    await findLiftedStops(ctx.db, ctx.organizationId, SHOWN),
  ]
  return {
    open: await Promise.all(open.map((stop) => shown(ctx, stop))),
    lifted: await Promise.all(lifted.map((stop) => shown(ctx, stop))),
    can: { lift: ctx.actor.permissions.has('message.rule.write') },
  }
}

async function shown(ctx: ReadContext, stop: StopRow): Promise<SendingStop> {
  const isOpen = stop.lifted_at === null
  const gap = isOpen && stop.kind === 'restored' ? await countGap(ctx.db, ctx.organizationId, ctx.clock.now()) : null
  return {
    id: stop.id as never,
    kind: stop.kind,
    why: stop.why as StopWhy,
    scope: stop.scope,
    keeper: keeperOf(stop.scope),
    reply: stop.reply,
    knowsUntil: stop.knows_until?.toISOString() ?? null,
    raisedAt: stop.raised_at.toISOString(),
    liftedAt: stop.lifted_at?.toISOString() ?? null,
    liftedBy: stop.lifted_by_name,
    because: stop.because,
    isRemembered: gap !== null && (await isRemembered(ctx.db, ctx.organizationId, stop.id)),
    waiting: isOpen ? await waitingFor(ctx, stop) : 0,
    gap: gap && { ...gap, sent: gap.sent + (await sentSince(ctx, stop.raised_at)) },
  }
}

/** Those that the data folder has named, in the history of each. */
async function sentSince(ctx: ReadContext, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int count from message
    where organization_id = ${ctx.organizationId} and reason = 'sent-before-restore'
      and exists (select from message_event e where e.organization_id = message.organization_id and e.message_id = message.id
        and e.detail->>'reason' = 'sent-before-restore' and e.at >= ${since})`.execute(ctx.db)
  return rows[0]!.count
}

const REASONS = { restored: null, campaign: 'campaign-paused', channel: 'sending-stopped', login: null } as const

async function waitingFor(ctx: ReadContext, stop: StopRow): Promise<number> {
  const reason = stop.kind === 'login' ? (stop.why === 'mail-login' ? 'mail-login' : 'sms-account') : REASONS[stop.kind]
  if (!reason) return 0
  const { rows } = await sql<{ count: number }>`
    select count(*)::int count from message where organization_id = ${ctx.organizationId} and state in ('planned', 'deferred') and reason = ${reason}
      and (${stop.kind} <> 'campaign' or campaign = ${stop.scope})`.execute(ctx.db)
  return rows[0]!.count
}

type Choice = (typeof CHOICES)[number]

/**
 * A person lets sending go on. After a restore that says also what becomes of what perhaps went out already and of
 * advertising; campaigns wait for whoever keeps them.
 * @throws Problem NotFound, StopOver, StopOfCampaign
 */
export async function liftStop(
  ctx: WriteContext,
  stopId: string,
  input: { because: string; maybe: Choice; promotion: Choice; care: Choice },
): Promise<SendingStop> {
  const stop = await lockStop(ctx.tx, ctx.organizationId, stopId)
  if (!stop) throw platformProblem('NotFound')
  if (stop.lifted_at) throw messageProblem('StopOver')
  if (stop.kind === 'campaign') throw messageProblem('StopOfCampaign')
  const outcome = stop.kind === 'restored' ? await closeGap(ctx, input) : {}
  await endStop(ctx, stop.id, { because: input.because, outcome })
  if (stop.kind === 'channel') await releaseChannel(ctx)
  ctx.audit.detail = { kind: stop.kind, scope: stop.scope, why: stop.why, ...outcome }
  return shown(ctx, (await lockStop(ctx.tx, ctx.organizationId, stopId))!)
}

async function closeGap(ctx: WriteContext, { maybe, promotion, care }: Record<'maybe' | 'promotion' | 'care', Choice>) {
  const surely = await settleGap(ctx)
  const leftOut = {
    maybe: maybe === 'leave-out' ? (await endGap(ctx, 'maybe')).length : 0,
    promotion: promotion === 'leave-out' ? (await endGap(ctx, 'promotion')).length : 0,
    care: care === 'leave-out' ? (await endGap(ctx, 'care')).length : 0,
  }
  // They stand in the bell; as mails they would come a second time.
  await endWaitingNoticeMails(ctx.tx, ctx.organizationId)
  await dropStaffNotices(ctx, 'all')
  return { ...surely, leftOut }
}
