import { sql } from 'kysely'
import type { WriteContext } from '../../../platform/context/context.ts'
import { maskPhone, type PatientId, type PayloadOf } from '../../../platform/contract/index.ts'
import type { SmsClass } from '../../../platform/sms/provider.ts'
import { patientSummaries } from '../../patient/server/index.ts'
import type { smsReplied, smsSettled } from '../../sms/contract/events.ts'
import { smsReplyOf } from '../../sms/server/index.ts'
import { createTasks } from '../../task/server/index.ts'
import { messageFailed, messageSent } from '../contract/events.ts'
import type { Purpose } from '../contract/words.ts'
import { loadAddressees } from './facts-store.ts'
import { readOffice } from './office.ts'
import { addPhones } from './phones.ts'
import { changePreference } from './preference.ts'
import { relativesOf } from './relatives.ts'
import { SMS_REASONS } from './rules/sms-outcome.ts'
import { insertEvents, type MessageRow } from './store.ts'
import { suppressAddresses } from './suppression-store.ts'

/**
 * A receipt, or the provider's list, has told what became of a short message. Whatever the ledger thought meanwhile, this
 * is what happened: also of a message in doubt that has since come too late. The row takes it once.
 */
export async function takeReceipt(ctx: WriteContext, settled: PayloadOf<typeof smsSettled>): Promise<void> {
  const now = ctx.clock.now()
  const isThere = settled.state !== 'undelivered'
  const reason = isThere ? null : SMS_REASONS[(settled.class ?? 'unreachable') as SmsClass]
  const { rows } = await sql<MessageRow & { before: string }>`
    with known as (
      select id, state from message where organization_id = ${ctx.organizationId} and id = ${settled.sendingId} and channel = 'sms' for update)
    update message m set state = ${isThere ? 'accepted' : 'failed'}, reason = ${reason}, next_at = null, claimed_by = null, uncertain = false,
      sent_at = coalesce(m.sent_at, ${now}::timestamptz), values_sealed = null,
      delivered_at = ${settled.state === 'delivered' ? now : null}::timestamptz
    from known where m.organization_id = ${ctx.organizationId} and m.id = known.id and m.delivered_at is null
      and not (m.state = ${isThere ? 'accepted' : 'failed'} and ${settled.state} <> 'delivered')
    returning m.*, known.state before`.execute(ctx.tx)
  const [row] = rows
  if (!row) return
  const { id, patient_id: patientId, template, touch, channel, before } = row
  const kind = settled.state === 'accepted' ? ('accepted' as const) : settled.state
  await insertEvents(ctx, [{ messageId: id, kind, detail: { reason } }])
  const about = { messageId: id as never, patientId: patientId as PatientId, template, touch, channel }
  if (reason === 'address-unknown' || reason === 'refused-by-recipient') await suppressNumber(ctx, row, reason)
  if (!isThere) await ctx.emit(messageFailed, { ...about, reason: reason ?? '' })
  else if (before !== 'accepted') await ctx.emit(messageSent, about)
}

/** The number it went to gets nothing more, if it is still theirs: one that nobody has for a while, a refusal for good. */
async function suppressNumber(ctx: WriteContext, row: MessageRow, reason: 'address-unknown' | 'refused-by-recipient') {
  const people = await loadAddressees(ctx, [row.patient_id])
  await addPhones(ctx, people)
  const to = row.relative_id ? (await relativesOf(ctx, [row], people)).get(row.id) : people.get(row.patient_id)
  if (!to?.phone || !to.phoneIndex || maskPhone(to.phone) !== row.to_masked) return
  const { rules } = await readOffice(ctx)
  const bounced = reason === 'address-unknown'
  await suppressAddresses(ctx, [
    {
      channel: 'sms',
      index: to.phoneIndex,
      masked: row.to_masked,
      reason: bounced ? 'bounced' : 'complained',
      source: 'delivery',
      messageId: row.id,
      until: bounced ? new Date(ctx.clock.now().getTime() + rules.policy.bounceDays * 86_400_000) : null,
    },
  ])
}

/** In both languages, since whoever does the task may read either. The words of the reply stand in the note. */
const TITLE = { zh: '客户回复了短信', en: 'A patient has answered a short message' }

/**
 * Somebody wrote back. Who wants no more is left in peace at once: by the purpose of what was last sent to that number,
 * and by promotion in any case; for everybody whom the number serves. What else they write is put before somebody.
 */
export async function takeReply(ctx: WriteContext, reply: PayloadOf<typeof smsReplied>): Promise<void> {
  const rows = await messagesOf(ctx, reply.sendingIds)
  const newest = new Map<string, (typeof rows)[number]>()
  for (const row of rows) if (!newest.has(row.patient_id)) newest.set(row.patient_id, row)
  const reason = reply.stops ? 'opted-out' : null
  await insertEvents(
    ctx,
    [...newest.values()].map(({ id }) => ({ messageId: id, kind: 'replied', detail: { reason } })),
  )
  if (reply.stops) {
    for (const [patientId, row] of newest) {
      // A relative speaks for their own number, not for the person.
      if (row.relative_id) {
        await suppressNumber(ctx, row, 'refused-by-recipient')
        continue
      }
      for (const purpose of new Set<Purpose>([row.purpose, 'promotion']))
        await changePreference(ctx, {
          patientId,
          purpose,
          channel: 'sms',
          optedOut: true,
          how: 'sms-reply',
          note: '',
          messageId: row.id,
        })
    }
    return
  }
  const said = await smsReplyOf(ctx, reply.replyId)
  const [first] = newest.keys()
  if (!said || !first) return
  const people = await patientSummaries(ctx, [first])
  await createTasks(ctx, [
    {
      type: 'other' as const,
      title: TITLE,
      note: said.text.slice(0, 500),
      patientId: first,
      ownerId: people.get(first)?.managerId ?? null,
      source: 'message',
      sourceKey: `sms-reply:${reply.replyId}`,
    },
  ])
}

/** The messages of these ids, in the order given: newest first. */
async function messagesOf(ctx: WriteContext, ids: readonly string[]): Promise<MessageRow[]> {
  const { rows } = await sql<MessageRow>`
    select m.* from unnest(${[...ids]}::uuid[]) with ordinality i (id, place)
    join message m on m.organization_id = ${ctx.organizationId} and m.id = i.id order by i.place`.execute(ctx.db)
  return rows
}
