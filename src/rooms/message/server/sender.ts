import { hostname } from 'node:os'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { counter } from '../../../platform/http/metrics.ts'
import { claimBatch, type Outgoing } from './claim.ts'
import { countMailed, putOffFirst, settle, type Settled } from './claim-store.ts'
import { readOffice } from './office.ts'
import { noteSettled, settledOf } from './settlement.ts'

/**
 * So many go out together between two commits. It is also the most that a killed sender can leave in doubt, so it is
 * small: 20 keep the four connections of the pool busy, and two commits per 20 mails are far from being the limit.
 */
export const BATCH = 20
/** So many an organization gets in one turn before the next one has its own. */
const TURN = 200
/** A message that could not even be prepared is looked at again after this. */
const FAULT_PAUSE_MS = 15 * 60_000
/** Longer than any conversation with a server may take (see platform/mail/transport.ts); after it a claim is up. */
export const LEASE_MS = 10 * 60_000

const outcomes = counter('peiban_message_outcomes_total', 'Messages handed to a transport, by what came of it', [
  'state',
])
const doubles = counter(
  'peiban_message_resent_in_doubt_total',
  'Messages sent again although the try before may have gone out',
)

/**
 * Sends what is due of one organization, up to 200. Safe beside itself, and after a crash at any point: before the
 * transport is asked the row says so in a commit of its own, afterwards it says what came of it. A row that still says
 * `claimed` when its lease is up may have gone out; it is sent again under the same Message-ID and counted.
 * @returns how many were taken up
 */
export async function sendDue(house: House, tenant: Tenant): Promise<number> {
  let taken = 0
  while (taken < TURN) {
    const limit = Math.min(BATCH, TURN - taken)
    const batch = await claim(house, tenant, limit)
    await sendBatch(house, tenant, batch.outgoing)
    taken += batch.taken
    if (batch.taken < limit) break
  }
  return taken
}

async function claim(house: House, tenant: Tenant, limit: number): Promise<{ taken: number; outgoing: Outgoing[] }> {
  try {
    return await claimSome(house, tenant, limit)
  } catch (error) {
    house.log.error(
      { err: error as Error, organizationId: tenant.id },
      'a batch of messages could not be prepared; taking them one by one',
    )
  }
  const found = { taken: 0, outgoing: [] as Outgoing[] }
  while (found.taken < limit) {
    const one = await claimOne(house, tenant)
    found.outgoing.push(...one.outgoing)
    found.taken += one.taken
    if (one.taken === 0) break
  }
  return found
}

/** One that cannot be prepared, such as a row whose seal does not open, is put off and holds up nobody else. */
async function claimOne(house: House, tenant: Tenant): Promise<{ taken: number; outgoing: Outgoing[] }> {
  try {
    return await claimSome(house, tenant, 1)
  } catch (error) {
    const now = house.clock.now()
    const id = await inHouse(house, tenant, (ctx) =>
      putOffFirst(ctx.tx, tenant.id, now, new Date(now.getTime() + FAULT_PAUSE_MS)),
    )
    house.log.error({ err: error as Error, messageId: id }, 'a message could not be prepared')
    return { taken: 1, outgoing: [] }
  }
}

function claimSome(house: House, tenant: Tenant, limit: number): Promise<{ taken: number; outgoing: Outgoing[] }> {
  return inHouse(house, tenant, async (ctx) => {
    const office = await readOffice(ctx)
    const rate =
      office.mailsPerMinute - (await countMailed(ctx.db, tenant.id, new Date(ctx.clock.now().getTime() - 60_000)))
    return claimBatch(ctx, office, {
      claimedBy: `${hostname()}:${process.pid}`,
      leaseMs: LEASE_MS,
      limit,
      mails: Math.max(0, rate),
    })
  })
}

function inHouse<T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>): Promise<T> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'message/send') }, use)
}

async function sendBatch(house: House, tenant: Tenant, outgoing: readonly Outgoing[]): Promise<void> {
  if (outgoing.length === 0) return
  doubles.inc(outgoing.filter((message) => message.mayDouble).length)
  const results = await Promise.allSettled(outgoing.map(({ mail }) => house.mail.send(mail)))
  const settled: Settled[] = []
  for (const [index, result] of results.entries()) {
    const message = outgoing[index]!
    // A transport that throws instead of answering has left us in doubt: the claim runs out and says so.
    if (result.status === 'rejected')
      house.log.error({ err: result.reason as Error, messageId: message.id }, 'mail transport failed')
    else settled.push(settledOf(message, result.value, house.clock.now()))
  }
  await inHouse(house, tenant, async (ctx) => {
    const ours = await settle(ctx.tx, tenant.id, ctx.clock.now(), settled)
    await noteSettled(
      ctx,
      settled.filter((row) => ours.has(row.id)),
      outgoing,
    )
  })
  for (const { state } of settled) outcomes.inc({ state })
}
