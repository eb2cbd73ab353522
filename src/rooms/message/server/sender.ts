import { hostname } from 'node:os'
import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { counter } from '../../../platform/http/metrics.ts'
import { claimBatch, type Outgoing } from './claim.ts'
import { putOffFirst } from './claim-store.ts'
import { claimPlace, compareAgain, mayHandOver, OlderLedger } from './fence.ts'
import { handOver, wasHandedOver } from './hand-over.ts'
import { readOffice } from './office.ts'
import { advancePlace } from './place-store.ts'
import type { Place } from '../../../platform/sent/tail.ts'
import { countMailed, noteMailed } from './rate-store.ts'
import { recoverMails } from './recover.ts'
import { markOf } from './rules/sent-mark.ts'
import { settle, type Settled } from './settle-store.ts'
import { noteSettled } from './settlement.ts'

/** So many go out together between two commits, where a journal says after a crash which of them have gone. */
const BATCH = 500
/** Without a journal a killed sender leaves a whole batch in doubt, so it is small. */
export const BATCH_IN_DOUBT = 20
/** So many an organization gets in one turn, or for so long, before the next one has its own. */
const [TURN, TURN_IN_DOUBT] = [10_000, 200]
const TURN_MS = 10_000
/** While one batch is under way the next is claimed and the one before it settled. */
const LANES = 2
/** A message that could not even be prepared is looked at again after this. */
const FAULT_PAUSE_MS = 15 * 60_000
/** Longer than a batch may be under way (hand-over.ts) and a last answer be waited for; after it a claim is up. */
export const LEASE_MS = 10 * 60_000
/** What went out and cannot be written down is tried again after so many milliseconds each. */
const SETTLE_PAUSES_MS = [250, 1000, 4000, 15_000, 30_000]

const outcomes = counter('peiban_message_outcomes_total', 'Messages handed to a transport, by what came of it', [
  'state',
])
const doubles = counter(
  'peiban_message_resent_in_doubt_total',
  'Messages sent again although the try before may have gone out',
)

/**
 * Sends what is due of one organization, up to a turn. Safe beside itself, and after a crash at any point: before the
 * transport is asked the row says so in a commit of its own, afterwards it says what came of it. What a dead process has
 * left claimed is settled by its journal first; where there is none, a row that still says `claimed` when its lease is up
 * may have gone out, is sent again under the same Message-ID and counted. Of a ledger that is older than what went out
 * nothing is sent (`fence.ts`).
 * @returns how many were taken up
 */
export async function sendDue(house: House, tenant: Tenant): Promise<number> {
  return (await sendTurn(house, tenant)).taken
}

/** The same, and whether the turn ended before there was nothing left. */
export async function sendTurn(house: House, tenant: Tenant): Promise<{ taken: number; isFull: boolean }> {
  const { bulk } = house.mail
  const may = await mayHandOver(house, tenant)
  await recoverMails(house)
  if (!may) return { taken: 0, isFull: false }
  const until = performance.now() + TURN_MS
  const turn: Turn = { taken: 0, most: bulk ? TURN : TURN_IN_DOUBT, batch: bulk ? BATCH : BATCH_IN_DOUBT, until }
  const lanes = await Promise.allSettled(
    Array.from({ length: bulk ? LANES : 1 }, () => sendBatches(house, tenant, turn)),
  )
  bulk?.savePaces()
  for (const lane of lanes) if (lane.status === 'rejected') throw lane.reason
  return { taken: turn.taken, isFull: isOver(turn) }
}

interface Turn {
  taken: number
  readonly most: number
  readonly batch: number
  /** Of `performance.now()`. */
  readonly until: number
}

const isOver = ({ taken, most, until }: Turn): boolean => taken >= most || performance.now() >= until

async function sendBatches(house: House, tenant: Tenant, turn: Turn): Promise<void> {
  while (!isOver(turn)) {
    const limit = Math.min(turn.batch, turn.most - turn.taken)
    const batch = await claim(house, tenant, limit)
    turn.taken += batch.taken
    await sendBatch(house, tenant, batch)
    if (batch.taken < limit) return
  }
}

interface Batch {
  taken: number
  outgoing: Outgoing[]
  /** How far the ledger had come with its claim. */
  place: Place
  /** By the rules it was claimed by: how long an address that bounces gets nothing. */
  bounceDays: number
}

const NOTHING: Batch = { taken: 0, outgoing: [], place: { epoch: 0, position: 0 }, bounceDays: 0 }

/** The next turn compares the ledger with the data folder before anything else. */
function standStill(house: House, tenant: Tenant, error: OlderLedger): Batch {
  house.log.error({ err: error, organizationId: tenant.id }, 'the database was changed for an older one')
  compareAgain(house, tenant)
  return NOTHING
}

async function claim(house: House, tenant: Tenant, limit: number): Promise<Batch> {
  try {
    return await claimSome(house, tenant, limit)
  } catch (error) {
    if (error instanceof OlderLedger) return standStill(house, tenant, error)
    house.log.error(
      { err: error as Error, organizationId: tenant.id },
      'a batch of messages could not be prepared; taking them one by one',
    )
  }
  const found: Batch = { ...NOTHING, outgoing: [] }
  while (found.taken < Math.min(limit, BATCH_IN_DOUBT)) {
    const one = await claimOne(house, tenant)
    found.outgoing.push(...one.outgoing)
    found.taken += one.taken
    found.place = one.place
    found.bounceDays = Math.max(found.bounceDays, one.bounceDays)
    if (one.taken === 0) return found
  }
  // The others have their turn in the next batch.
  return { ...found, taken: limit }
}

/** One that cannot be prepared, such as a row whose seal does not open, is put off and holds up nobody else. */
async function claimOne(house: House, tenant: Tenant): Promise<Batch> {
  try {
    return await claimSome(house, tenant, 1)
  } catch (error) {
    if (error instanceof OlderLedger) return standStill(house, tenant, error)
    const now = house.clock.now()
    const id = await inHouse(house, tenant, (ctx) =>
      putOffFirst(ctx.tx, tenant.id, now, new Date(now.getTime() + FAULT_PAUSE_MS)),
    )
    house.log.error({ err: error as Error, messageId: id }, 'a message could not be prepared')
    return { ...NOTHING, taken: 1 }
  }
}

function claimSome(house: House, tenant: Tenant, limit: number): Promise<Batch> {
  return inHouse(house, tenant, async (ctx) => {
    const office = await readOffice(ctx)
    const rate =
      office.mailsPerMinute - (await countMailed(ctx.db, tenant.id, new Date(ctx.clock.now().getTime() - 60_000)))
    const claimed = await claimBatch(ctx, office, {
      claimedBy: `${hostname()}:${house.mail.bulk?.owner ?? process.pid}`,
      leaseMs: LEASE_MS,
      limit,
      mails: Math.max(0, rate),
    })
    const place = claimed.outgoing.length > 0 ? await claimPlace(ctx, house) : NOTHING.place
    return { ...claimed, place, bounceDays: office.rules.policy.bounceDays }
  })
}

function inHouse<T>(house: House, tenant: Tenant, use: (ctx: WriteContext) => Promise<T>): Promise<T> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'message/send') }, use)
}

/** Undefined where nobody knows. */
export const isTaken = ({ state, uncertain }: Settled) => state === 'accepted' || (uncertain ? undefined : false)

async function sendBatch(house: House, tenant: Tenant, { outgoing, place, bounceDays }: Batch): Promise<void> {
  if (outgoing.length === 0) return
  doubles.inc(outgoing.filter((message) => message.mayDouble).length)
  const marks = outgoing.map((message) => markOf(tenant.id, message))
  const begun = house.sent?.begin(tenant.id, place, marks)
  const settled = await handOver(house, tenant, outgoing)
  const taken = new Map(settled.map((row) => [row.id, isTaken(row)]))
  begun?.taken(outgoing.map(({ id }) => taken.get(id)))
  const mails = new Set(outgoing.flatMap(({ id, mail }) => (mail ? [id] : [])))
  const isMailed = (row: Settled) => mails.has(row.id) && wasHandedOver(row)
  const reached = await insistently(house, () =>
    inHouse(house, tenant, async (ctx) => {
      const standing = await settle(ctx.tx, tenant.id, ctx.clock.now(), settled)
      await noteSettled(ctx, settled, standing, outgoing, bounceDays)
      await noteMailed(ctx, settled.filter(isMailed).length)
      return advancePlace(ctx.tx, tenant.id)
    }),
  )
  house.sent?.reached(tenant.id, reached)
  house.mail.bulk?.forget(outgoing.flatMap(({ mail }) => mail?.messageId ?? []))
  for (const { state } of settled) outcomes.inc({ state })
}

/** What has gone out is known only here until it is written down: a database that is away for a moment is waited for. */
async function insistently<T>(house: House, write: () => Promise<T>): Promise<T> {
  for (const pause of SETTLE_PAUSES_MS) {
    try {
      return await write()
    } catch (error) {
      house.log.error({ err: error as Error }, 'what became of a batch of messages could not be written down yet')
      await new Promise((resolve) => setTimeout(resolve, pause))
    }
  }
  return write()
}
