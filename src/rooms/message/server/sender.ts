import { hostname } from 'node:os'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { counter } from '../../../platform/http/metrics.ts'
import { claimBatch, type Outgoing } from './claim.ts'
import { countMailed, settle, type Settled } from './claim-store.ts'
import { readOffice } from './office.ts'
import { noteSettled, settledOf } from './settlement.ts'

/**
 * So many go out together between two commits. It is also the most that a killed sender can leave in doubt, so it is
 * small: 20 keep the four connections of the pool busy, and two commits per 20 mails are far from being the limit.
 */
export const BATCH = 20
/** So many an organization gets in one turn before the next one has its own. */
const TURN = 200
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
  const claimedBy = `${hostname()}:${process.pid}`
  let taken = 0
  while (taken < TURN) {
    const batch = await inHouse(house, tenant, async (ctx) => {
      const office = await readOffice(ctx)
      const rate =
        office.mailsPerMinute - (await countMailed(ctx.db, tenant.id, new Date(ctx.clock.now().getTime() - 60_000)))
      const limit = Math.min(BATCH, TURN - taken)
      return {
        office,
        ...(await claimBatch(ctx, office, { claimedBy, leaseMs: LEASE_MS, limit, mails: Math.max(0, rate) })),
      }
    })
    for (const mail of batch.outgoing) if (mail.mayDouble) doubles.inc()
    await sendBatch(house, tenant, batch.outgoing)
    taken += batch.taken
    if (batch.taken < BATCH) break
  }
  return taken
}

function inHouse<T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>): Promise<T> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'message/send') }, use)
}

async function sendBatch(house: House, tenant: Tenant, outgoing: readonly Outgoing[]): Promise<void> {
  if (outgoing.length === 0) return
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
