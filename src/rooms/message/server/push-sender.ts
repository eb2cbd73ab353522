import { hostname } from 'node:os'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { messagesWithStaff, sendWeChat, withdrawFromStaff } from '../../wechat/server/index.ts'
import type { Place } from '../../../platform/sent/tail.ts'
import { claimPlace, compareAgain, mayHandOver, OlderLedger } from './fence.ts'
import { readOffice } from './office.ts'
import { advancePlace } from './place-store.ts'
import { claimPush, type PushOutgoing } from './push-claim.ts'
import { putOffFirstPush, setWay } from './push-store.ts'
import { refuseRight, settleRight } from './right.ts'
import { isTaken } from './sender.ts'
import { pushSettledOf, type PushSettled } from './rules/push-outcome.ts'
import { markOf } from './rules/sent-mark.ts'
import { noteSettled } from './settlement.ts'
import { settle } from './settle-store.ts'
import { insertEvents } from './store.ts'
import './table.ts'

const BATCH = 40
const TURN = 400
/**
 * Longer than a batch may take, and well within the ten minutes in which WeChat knows a template message again: what a
 * killed sender has left is asked for again in time.
 */
const LEASE_MS = 4 * 60_000
const FAULT_PAUSE_MS = 15 * 60_000

/**
 * Sends what is due by WeChat and WeCom, up to 400. Safe beside itself, and after a crash at any point: before the room
 * wechat is asked the row says so, and holds its right, in a commit of its own.
 * @returns how many were taken up
 */
export async function sendPush(house: House, tenant: Tenant): Promise<number> {
  let taken = 0
  if (!(await mayHandOver(house, tenant))) return taken
  while (taken < TURN) {
    const batch = await claim(house, tenant, BATCH)
    taken += batch.taken
    if (batch.outgoing.length > 0) await sendBatch(house, tenant, batch)
    if (batch.taken < BATCH) break
  }
  return taken
}

interface Batch {
  taken: number
  outgoing: PushOutgoing[]
  /** How far the ledger had come with its claim. */
  place: Place
}

const NOWHERE: Place = { epoch: 0, position: 0 }

async function claim(house: House, tenant: Tenant, limit: number): Promise<Batch> {
  const options = { claimedBy: `${hostname()}:${process.pid}`, leaseMs: LEASE_MS, limit }
  try {
    return await inHouse(house, tenant, async (ctx) => {
      const claimed = await claimPush(ctx, await readOffice(ctx), options)
      return { ...claimed, place: claimed.outgoing.length > 0 ? await claimPlace(ctx, house) : NOWHERE }
    })
  } catch (error) {
    const { log, clock } = house
    if (error instanceof OlderLedger) {
      compareAgain(house, tenant)
      log.error({ err: error, organizationId: tenant.id }, 'the database was changed for an older one')
      return { taken: 0, outgoing: [], place: NOWHERE }
    }
    log.error({ err: error as Error, organizationId: tenant.id }, 'messages by WeChat could not be prepared')
    if (limit > 1) return claim(house, tenant, 1)
    // One that cannot be prepared holds up nobody else.
    const until = new Date(clock.now().getTime() + FAULT_PAUSE_MS)
    await inHouse(house, tenant, (ctx) => putOffFirstPush(ctx.tx, tenant.id, clock.now(), until))
    return { taken: 1, outgoing: [], place: NOWHERE }
  }
}

function inHouse<T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>): Promise<T> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'message/push') }, use)
}

async function sendBatch(house: House, tenant: Tenant, { outgoing, place }: Batch): Promise<void> {
  const marks = outgoing.map((message) => markOf(tenant.id, message))
  const begun = house.sent?.begin(tenant.id, place, marks)
  const answers = await sendWeChat(
    house,
    tenant,
    outgoing.map(({ push }) => push),
  )
  const now = house.clock.now()
  const outcomes = outgoing.map((message, at) => {
    const tried = { ...message, hasNextWay: message.next !== null && !message.doubtful }
    return { message, outcome: pushSettledOf(tried, answers[at]!, now) }
  })
  // What lies with staff, and what nobody knows of, may reach its person yet.
  begun?.taken(
    outcomes.map(({ outcome: { settled } }) => (settled.reason === 'with-staff' ? undefined : isTaken(settled))),
  )
  const reached = await inHouse(house, tenant, async (ctx) => {
    await settleAll(ctx, outcomes)
    return advancePlace(ctx.tx, tenant.id)
  })
  house.sent?.reached(tenant.id, reached)
}

async function settleAll(
  ctx: WriteContext,
  outcomes: readonly { message: PushOutgoing; outcome: PushSettled }[],
): Promise<void> {
  const now = ctx.clock.now()
  const settled = outcomes.map(({ outcome }) => outcome.settled)
  const standing = await settle(ctx.tx, ctx.organizationId, now, settled)
  const ours = outcomes.filter(({ message }) => standing.has(message.id))
  for (const { message, outcome } of ours) {
    if (outcome.right === 'held') continue
    if (typeof outcome.right === 'string') await settleRight(ctx, message.id, outcome.right)
    else await refuseRight(ctx, message.id, outcome.right.refused)
  }
  const moving = ours.filter(
    ({ message, outcome }) =>
      outcome.nextWay && message.next && !message.doubtful && standing.get(message.id)!.state === 'failed',
  )
  for (const { message, outcome } of moving) await moveOn(ctx, message.id, message.next!, outcome.settled.reason)
  const gone = new Set(moving.map(({ message }) => message.id))
  const sent = ours.filter(({ message }) => !gone.has(message.id)).map(({ message }) => message)
  await noteSettled(
    ctx,
    settled.filter(({ id }) => !gone.has(id)),
    standing,
    sent,
    0,
  )
}

/** Shut for this message: it takes the next step of its ladder. */
export async function moveOn(
  ctx: WriteContext,
  id: string,
  next: NonNullable<PushOutgoing['next']>,
  reason: string | null,
): Promise<void> {
  await setWay(ctx.tx, ctx.organizationId, { id, ...next, nextAt: ctx.clock.now() })
  await insertEvents(ctx, [{ messageId: id, kind: 'next-way', detail: { reason, saw: { channel: next.channel } } }])
}

/**
 * Calls back what lies with staff and is not to go any more: cancelled, opted out of, too late, of somebody who has died.
 * @returns how many
 */
export async function recallFromStaff(house: House, tenant: Tenant): Promise<number> {
  const db = house.databases.of(tenant.id)
  const ids = await messagesWithStaff({ db, organizationId: tenant.id })
  if (ids.length === 0) return 0
  const rows = await db
    .selectFrom('message')
    .select('id')
    .where('organization_id', '=', tenant.id)
    .where('id', 'in', ids)
    .where('state', 'in', ['cancelled', 'suppressed', 'blocked', 'expired', 'failed'])
    .execute()
  await withdrawFromStaff(
    house,
    tenant,
    rows.map(({ id }) => id),
  )
  return rows.length
}
