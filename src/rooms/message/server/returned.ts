import type { ReadContext, WriteContext } from '../../../platform/context/context.ts'
import { maskEmail, type PatientId } from '../../../platform/contract/index.ts'
import { messageFailed } from '../contract/events.ts'
import type { Purpose, Reason } from '../contract/words.ts'
import { loadAddressees } from './facts-store.ts'
import { readOffice } from './office.ts'
import { changePreference } from './preference.ts'
import { insertEvents, type MessageRow } from './store.ts'
import { suppressAddresses } from './suppression-store.ts'
import { organizationOfToken, unsubscribeHash } from './unsubscribe-token.ts'

/**
 * What came back says of a mail: `gone` no such address · `unwanted` its owner takes nothing from us · `content` not with
 * this content · `refused` no, for a reason that says nothing of the address · `later` given up for now: too much, too
 * full, too slow, and so no bounce · `arrived` · `complaint` somebody has called it unwanted.
 */
export type Returned = 'gone' | 'unwanted' | 'content' | 'refused' | 'later' | 'arrived' | 'complaint'

const REASONS: Record<Exclude<Returned, 'arrived' | 'complaint'>, Reason> = {
  gone: 'address-unknown',
  unwanted: 'refused-by-recipient',
  content: 'refused-content',
  refused: 'refused',
  later: 'came-back',
}

/**
 * Writes down what came back about a mail. Said again, it changes nothing.
 * @returns `busy` while a sender still holds the mail: what came back was quicker than its commit, ask again;
 * `unknown` where the ledger has no such mail
 */
export async function takeReturned(
  ctx: WriteContext,
  messageId: string,
  returned: Returned,
): Promise<'changed' | 'nothing' | 'busy' | 'unknown'> {
  const row = await ctx.tx
    .selectFrom('message')
    .selectAll()
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', messageId)
    .where('channel', '=', 'email')
    .forUpdate()
    .executeTakeFirst()
  if (!row) return 'unknown'
  if (row.state === 'claimed') return 'busy'
  if (returned === 'complaint') return noteComplaint(ctx, row)
  if (returned === 'arrived') return noteArrived(ctx, row)
  return noteUndelivered(ctx, row, REASONS[returned])
}

/** Only what has gone out can come back; what is to be sent again meanwhile learns its fate by itself. */
async function noteUndelivered(ctx: WriteContext, row: MessageRow, reason: Reason) {
  if (row.state !== 'accepted') return 'nothing'
  await change(ctx, row, { state: 'failed', reason })
  await insertEvents(ctx, [{ messageId: row.id, kind: 'undelivered', detail: { reason } }])
  if (reason === 'address-unknown' || reason === 'refused-by-recipient') await suppressAddress(ctx, row, reason)
  const { patient_id: patientId, template, touch, channel } = row
  await ctx.emit(messageFailed, {
    messageId: row.id as never,
    patientId: patientId as PatientId,
    template,
    touch,
    channel,
    reason,
  })
  return 'changed' as const
}

async function noteArrived(ctx: WriteContext, row: MessageRow) {
  if (row.state !== 'accepted' || row.delivered_at) return 'nothing'
  await change(ctx, row, { delivered_at: ctx.clock.now() })
  await insertEvents(ctx, [{ messageId: row.id, kind: 'delivered', detail: {} }])
  return 'changed' as const
}

/** Promotion stops at once, and so does care where it was care that annoyed; what was asked for goes on. */
async function noteComplaint(ctx: WriteContext, row: MessageRow) {
  const known = await ctx.tx
    .selectFrom('message_event')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('message_id', '=', row.id)
    .where('kind', '=', 'complained')
    .executeTakeFirst()
  if (known) return 'nothing'
  await insertEvents(ctx, [{ messageId: row.id, kind: 'complained', detail: {} }])
  const purposes = new Set<Purpose>(row.purpose === 'care' ? ['care', 'promotion'] : ['promotion'])
  for (const purpose of purposes)
    await changePreference(ctx, {
      patientId: row.patient_id,
      purpose,
      channel: 'email',
      optedOut: true,
      how: 'complaint',
      note: '',
      messageId: row.id,
    })
  return 'changed' as const
}

async function change(
  ctx: WriteContext,
  { id }: MessageRow,
  set: Partial<Pick<MessageRow, 'state' | 'reason' | 'delivered_at'>>,
): Promise<void> {
  await ctx.tx
    .updateTable('message')
    .set(set)
    .where('organization_id', '=', ctx.organizationId)
    .where('id', '=', id)
    .execute()
}

/** The address it went to gets nothing more, if it is still theirs: what does not exist for a while, a refusal for good. */
async function suppressAddress(ctx: WriteContext, row: MessageRow, reason: 'address-unknown' | 'refused-by-recipient') {
  const to = (await loadAddressees(ctx, [row.patient_id])).get(row.patient_id)
  if (!to?.email || !to.emailIndex || maskEmail(to.email) !== row.to_masked) return
  const { rules } = await readOffice(ctx)
  const bounced = reason === 'address-unknown'
  const until = bounced ? new Date(ctx.clock.now().getTime() + rules.policy.bounceDays * 86_400_000) : null
  await suppressAddresses(ctx, [
    {
      channel: 'email',
      index: to.emailIndex,
      masked: row.to_masked,
      reason: bounced ? 'bounced' : 'complained',
      source: 'delivery',
      messageId: row.id,
      until,
    },
  ])
}

/** A mail in few words, for whoever has to say which one a report speaks of. No name, no content. */
export type MailBrief = Pick<MessageRow, 'id' | 'template' | 'to_masked' | 'sent_at' | 'state' | 'reason'>

const BRIEF = ['id', 'template', 'to_masked', 'sent_at', 'state', 'reason'] as const

/** Those of these ids that are mails, in no order. */
export function findMails(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  ids: readonly string[],
): Promise<MailBrief[]> {
  if (ids.length === 0) return Promise.resolve([])
  return ctx.db
    .selectFrom('message')
    .select(BRIEF)
    .where('organization_id', '=', ctx.organizationId)
    .where('id', 'in', [...ids])
    .where('channel', '=', 'email')
    .execute()
}

/** What went to an address that looks like this one, newest first, at most ten. */
export function findMailsTo(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  masked: string,
  since: Date,
): Promise<MailBrief[]> {
  return ctx.db
    .selectFrom('message')
    .select(BRIEF)
    .where('organization_id', '=', ctx.organizationId)
    .where('channel', '=', 'email')
    .where('sent_at', '>=', since)
    .where('to_masked', '=', masked)
    .orderBy('sent_at', 'desc')
    .limit(10)
    .execute()
}

/** The mail whose unsubscribe link carries this token: only whoever got the mail has it. */
export async function mailOfUnsubscribe(
  ctx: Pick<ReadContext, 'db' | 'organizationId'>,
  token: string,
): Promise<string | undefined> {
  if (organizationOfToken(token) !== ctx.organizationId) return undefined
  const row = await ctx.db
    .selectFrom('message')
    .select('id')
    .where('organization_id', '=', ctx.organizationId)
    .where('unsubscribe_index', '=', unsubscribeHash(token))
    .executeTakeFirst()
  return row?.id
}
