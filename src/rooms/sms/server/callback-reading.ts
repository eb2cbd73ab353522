import { systemActor, type Tenant, type WriteContext } from '../../../platform/context/context.ts'
import { write, type House } from '../../../platform/context/house.ts'
import { hashText } from './hash-text.ts'
import { readReceipts, readReplies } from '../../../platform/sms/callbacks.ts'
import type { SmsReceipt, SmsReply } from '../../../platform/sms/provider.ts'
import { smsReplied, smsSettled } from '../contract/events.ts'
import {
  findUnplaced,
  insertReply,
  insertUnplaced,
  markPlaced,
  placeReceipt,
  setCallback,
  takeCallback,
  type CallbackRow,
} from './callback-store.ts'
import { numberIndex } from './number-index.ts'
import { isStopWord } from './rules/stop-word.ts'
import { findSentTo } from './send-store.ts'

/** One that cannot be read by a fault of ours is tried again after this, growing. */
const PAUSE_MS = 60_000
const TRIES_MAX = 12
const TURN = 200
/** A reply is to what came in the last three months. */
const REPLY_WITHIN_MS = 90 * 86_400_000
const SENDINGS_MAX = 20

/** Reads what was called back and is not read yet, one in a transaction. @returns how many */
export async function readDueCallbacks(house: House, tenant: Tenant): Promise<number> {
  let read = 0
  while (read < TURN && (await readNext(house, tenant))) read++
  return read
}

async function readNext(house: House, tenant: Tenant): Promise<boolean> {
  const options = { tenant, actor: systemActor(tenant.id, 'sms/callback') }
  let taken: CallbackRow | undefined
  try {
    return await write(house, options, async (ctx) => {
      taken = await takeCallback(ctx.tx, ctx.organizationId, ctx.clock.now())
      if (!taken) return false
      await readOne(ctx, taken)
      await setCallback(ctx.tx, ctx.organizationId, taken.id, null)
      return true
    })
  } catch (error) {
    const failed = taken
    if (!failed) throw error
    house.log.error({ err: error as Error, callbackId: failed.id }, 'a callback could not be read')
    const until = new Date(house.clock.now().getTime() + PAUSE_MS * 2 ** failed.tries)
    await write(house, options, (ctx) =>
      setCallback(ctx.tx, ctx.organizationId, failed.id, failed.tries + 1 < TRIES_MAX ? until : null),
    )
    return true
  }
}

async function readOne(ctx: WriteContext, callback: CallbackRow): Promise<void> {
  const text = ctx.sealer.open(ctx.organizationId, callback.sealed)
  let body: unknown
  try {
    body = JSON.parse(text)
  } catch {
    await keepUnplaced(ctx, callback, { value: text.slice(0, 2000), why: 'form' })
    return
  }
  if (callback.kind === 'receipts') {
    const { read, unread } = readReceipts(callback.provider, body)
    for (const receipt of read) await takeReceipt(ctx, callback, receipt)
    for (const entry of unread) await keepUnplaced(ctx, callback, entry)
  } else {
    const { read, unread } = readReplies(callback.provider, body)
    for (const reply of read) await takeReply(ctx, callback, reply)
    for (const entry of unread) await keepUnplaced(ctx, callback, entry)
  }
}

async function takeReceipt(ctx: WriteContext, callback: CallbackRow, receipt: SmsReceipt): Promise<void> {
  if (await place(ctx, callback.provider, receipt)) return
  await keepUnplaced(ctx, callback, { value: receipt, why: 'unknown', providerId: receipt.providerId })
}

/** @returns whether it belongs to a message of ours */
async function place(ctx: WriteContext, provider: CallbackRow['provider'], receipt: SmsReceipt): Promise<boolean> {
  const toIndex = numberIndex(ctx, receipt.to)
  const placed = await placeReceipt(ctx.tx, ctx.organizationId, { ...receipt, provider, toIndex }, ctx.clock.now())
  if (placed?.fresh)
    await ctx.emit(smsSettled, {
      sendingId: placed.id as never,
      state: receipt.delivered ? 'delivered' : 'undelivered',
      class: receipt.class,
    })
  return placed !== undefined
}

async function takeReply(ctx: WriteContext, callback: CallbackRow, reply: SmsReply): Promise<void> {
  const now = ctx.clock.now()
  const id = ctx.ids.next()
  const stops = isStopWord(reply.text)
  const fromIndex = numberIndex(ctx, reply.from)
  const added = await insertReply(ctx.tx, {
    organization_id: ctx.organizationId,
    id,
    callback_id: callback.id,
    // The key holds a number: its hash tells two apart as well.
    reply_key: hashText(ctx, reply.key),
    from_index: fromIndex,
    sealed: ctx.sealer.seal(ctx.organizationId, JSON.stringify({ from: reply.from, text: reply.text })),
    stops,
    said_at: reply.at ?? now,
    received_at: now,
  })
  if (!added) return
  const since = new Date(now.getTime() - REPLY_WITHIN_MS)
  const sent = await findSentTo(ctx.tx, ctx.organizationId, fromIndex, since, SENDINGS_MAX)
  if (sent.length === 0) await keepUnplaced(ctx, callback, { value: reply, why: 'nobody' })
  await ctx.emit(smsReplied, { replyId: id as never, stops, sendingIds: sent.map((row) => row.id as never) })
}

async function keepUnplaced(
  ctx: WriteContext,
  callback: CallbackRow,
  entry: { value: unknown; why: string; providerId?: string | null },
): Promise<void> {
  const { value, why, providerId = null } = entry
  await insertUnplaced(ctx.tx, ctx.organizationId, {
    id: ctx.ids.next(),
    callback_id: callback.id,
    kind: callback.kind,
    why: why.slice(0, 200),
    provider_id: providerId,
    sealed: ctx.sealer.seal(ctx.organizationId, JSON.stringify(value ?? null)),
    received_at: ctx.clock.now(),
  })
}

/** So long a receipt that came before its message waits to be placed. */
const PLACE_WITHIN_MS = 3 * 86_400_000

/** Tries receipts again that belonged to nothing: the answer to their request may have been recorded since. */
export async function placeLate(house: House, tenant: Tenant): Promise<number> {
  return write(house, { tenant, actor: systemActor(tenant.id, 'sms/callback') }, async (ctx) => {
    const now = ctx.clock.now()
    const since = new Date(now.getTime() - PLACE_WITHIN_MS)
    const rows = await findUnplaced(ctx.tx, ctx.organizationId, {
      kind: 'receipts',
      why: 'unknown',
      since,
      limit: TURN,
    })
    let placed = 0
    for (const row of rows) {
      const receipt = JSON.parse(ctx.sealer.open(ctx.organizationId, row.sealed)) as SmsReceipt
      const { provider } = await ctx.tx
        .selectFrom('sms_callback')
        .select('provider')
        .where('organization_id', '=', ctx.organizationId)
        .where('id', '=', row.callback_id)
        .executeTakeFirstOrThrow()
      if (!(await place(ctx, provider, receipt))) continue
      await markPlaced(ctx.tx, ctx.organizationId, row.id, now)
      placed++
    }
    return placed
  })
}
