import { z } from 'zod'
import { instantAt } from '../../../platform/clock.ts'
import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { maskEmail, maskPhone, type InputOf } from '../../../platform/contract/index.ts'
import { platformProblem } from '../../../platform/http/problems.ts'
import { messageProblem } from '../contract/problems.ts'
import type * as contract from '../contract/suppression.ts'
import type { SuppressionLine } from '../contract/suppression.ts'
import type { Channel } from '../contract/words.ts'
import { CHANNEL_ABILITIES } from './channel.ts'
import { addressIndex } from './facts-store.ts'
import { numberIndex } from './phones.ts'
import {
  findSuppression,
  findSuppressions,
  liftById,
  suppressAddresses,
  type NewSuppression,
  type SuppressionRow,
} from './suppression-store.ts'

/** A page of the list; whoever looks for an address names it whole, since the list holds none to search in. */
export async function listSuppressions(ctx: ReadContext, query: InputOf<typeof contract.listSuppressions>['query']) {
  const { cursor, limit, address, ...filter } = query
  const now = ctx.clock.now()
  const after = cursor && /^[0-9a-f-]{36}$/.test(cursor) ? cursor : undefined
  const index = address ? (readAddress(ctx, filter.channel ?? 'email', address)?.index ?? Buffer.alloc(1)) : undefined
  const rows = await findSuppressions(
    ctx.db,
    ctx.organizationId,
    { ...filter, index },
    { after, limit: limit + 1, now },
  )
  const shown = rows.slice(0, limit)
  return {
    rows: shown.map((row) => lineOf(row, now)),
    next: rows.length > limit ? shown.at(-1)!.id : null,
    total: null,
    can: { write: ctx.actor.permissions.has('message.rule.write') },
  }
}

/** @throws Problem AddressUnfit, SuppressedAlready */
export async function addSuppression(ctx: WriteContext, body: InputOf<typeof contract.addSuppression>['body']) {
  const { channel, address, reason, note, untilOn } = body
  const read = readAddress(ctx, channel, address)
  if (!read) throw messageProblem('AddressUnfit', {}, 'body.address')
  const until = untilOn ? instantAt(untilOn, 24 * 60, ctx.tenant.timeZone) : null
  const [added] = await suppressAddresses(ctx, [{ channel, ...read, reason, note, source: 'staff', until }])
  if (!added) throw messageProblem('SuppressedAlready', {}, 'body.address')
  ctx.audit.subjectId = added
  ctx.audit.detail = { channel, reason }
  return show(ctx, added)
}

/** Takes a list over: addresses that stand already keep what is known of them. */
export async function importSuppressions(
  ctx: WriteContext,
  { channel, text, reason }: InputOf<typeof contract.importSuppressions>['body'],
) {
  const addresses: NewSuppression[] = []
  const unfit: number[] = []
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (!line.trim()) continue
    const [address = '', told = '', note = ''] = line.split(/[,，;\t]/).map((cell) => cell.trim())
    const read = readAddress(ctx, channel, address)
    if (read)
      addresses.push({
        channel,
        ...read,
        reason: REASON_WORDS[told.toLowerCase()] ?? reason,
        note: note.slice(0, 300),
        source: 'import',
        until: null,
      })
    // A line of headings is no fault.
    else if (index > 0) unfit.push(index + 1)
  }
  const distinct = new Set(addresses.map(({ index }) => index.toString('hex'))).size
  const added = (await suppressAddresses(ctx, addresses)).length
  ctx.audit.detail = { channel, added, unfit: unfit.length }
  return { added, known: distinct - added, unfit: unfit.slice(0, 20) }
}

/** What other systems call their reasons. */
const REASON_WORDS: Record<string, NewSuppression['reason']> = {
  bounced: 'bounced',
  bounce: 'bounced',
  hard: 'bounced',
  退信: 'bounced',
  complained: 'complained',
  complaint: 'complained',
  spam: 'complained',
  投诉: 'complained',
  asked: 'asked',
  unsubscribed: 'asked',
  退订: 'asked',
  拒收: 'asked',
}

/** @throws Problem NotFound, SuppressionOver */
export async function liftSuppression(ctx: WriteContext, id: string, because: string) {
  const row = await findSuppression(ctx.db, ctx.organizationId, id)
  if (!row) throw platformProblem('NotFound')
  if (!(await liftById(ctx, id, because))) throw messageProblem('SuppressionOver')
  ctx.audit.detail = { channel: row.channel, reason: row.reason }
  return show(ctx, id)
}

async function show(ctx: WriteContext, id: string): Promise<SuppressionLine> {
  return lineOf((await findSuppression(ctx.db, ctx.organizationId, id))!, ctx.clock.now())
}

type Reader = Pick<ReadContext, 'sealer' | 'organizationId'>

/** An address as it is kept; undefined when it is none of this channel. */
function readAddress(ctx: Reader, channel: Channel, address: string): { index: Buffer; masked: string } | undefined {
  if (CHANNEL_ABILITIES[channel].address === 'email')
    return z.email().safeParse(address).success
      ? { index: addressIndex(ctx, address), masked: maskEmail(address) }
      : undefined
  const number = address.replace(/[\s-]/g, '').replace(/^(\+?86)(?=1\d{10}$)/, '')
  return /^\+?\d{6,16}$/.test(number) ? { index: numberIndex(ctx, number), masked: maskPhone(number) } : undefined
}

function lineOf(row: SuppressionRow, now: Date): SuppressionLine {
  const isExpired = row.until !== null && row.until <= now
  return {
    id: row.id as SuppressionLine['id'],
    channel: row.channel,
    addressMasked: row.address_masked,
    reason: row.reason,
    source: row.source,
    note: row.note,
    since: row.since.toISOString(),
    until: row.until?.toISOString() ?? null,
    by: row.by_name,
    state: row.lifted_at ? 'lifted' : isExpired ? 'expired' : 'standing',
    lifted: row.lifted_at
      ? { at: row.lifted_at.toISOString(), by: row.lifted_by_name ?? '', because: row.lifted_because ?? '' }
      : null,
  }
}
