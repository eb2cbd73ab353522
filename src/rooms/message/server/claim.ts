import type { WriteContext } from '../../../platform/context/context.ts'
import { maskEmail, type PatientId } from '../../../platform/contract/index.ts'
import type { OutgoingMail } from '../../../platform/mail/transport.ts'
import { messageFailed, messageSent } from '../contract/events.ts'
import type { MessageEventKind } from '../contract/words.ts'
import { CHANNEL_ABILITIES } from './channel.ts'
import { markClaimed, markDelivered, markHeld, takeDue, type Claimed } from './claim-store.ts'
import { loadAddressees, type Addressee } from './facts-store.ts'
import { askForGuardians } from './guardian.ts'
import type { Office } from './office.ts'
import { prepare, type Prepared } from './prepare.ts'
import type { Content } from './rules/compose.ts'
import { insertEvents, type EventLine, type MessageRow } from './store.ts'
import { templatesInForce } from './templates.ts'
import { unsubscribeHash } from './unsubscribe-token.ts'

/** A mail that is claimed and now has to be handed to the transport. */
export interface Outgoing {
  id: string
  patientId: string
  template: string
  touch: string
  attempt: number
  mayDouble: boolean
  addressIndex: Buffer | null
  mail: OutgoingMail
}

export interface ClaimOptions {
  claimedBy: string
  leaseMs: number
  limit: number
  /** So many mails the organization's rate still allows; the others wait a minute. */
  mails: number
}

interface Judged {
  row: MessageRow
  to: Addressee | undefined
  prepared: Prepared
  version: number
}

/** Takes due messages, judges each at this very moment, and marks those that go out; all in the caller's transaction. */
export async function claimBatch(
  ctx: WriteContext,
  office: Office,
  options: ClaimOptions,
): Promise<{ taken: number; outgoing: Outgoing[] }> {
  const now = ctx.clock.now()
  const rows = await takeDue(ctx.tx, ctx.organizationId, now, options.limit)
  if (rows.length === 0) return { taken: 0, outgoing: [] }
  const people = await loadAddressees(
    ctx,
    rows.map((row) => row.patient_id),
  )
  const templates = await templatesInForce(
    ctx,
    rows.map((row) => row.template),
  )
  let mails = options.mails
  const judged = rows.map((row): Judged => {
    const to = people.get(row.patient_id)
    const template = templates.get(row.template)
    const prepared = prepare(ctx, candidateOf(ctx, row), to, template, office)
    const throttled = prepared.kind === 'send' && row.channel === 'email' && !row.urgent && mails-- <= 0
    return {
      row,
      to,
      version: template?.version ?? row.template_version ?? 0,
      prepared: throttled ? { kind: 'wait', until: new Date(now.getTime() + 60_000), reason: 'throttled' } : prepared,
    }
  })
  await hold(ctx, judged)
  await deliverInHouse(ctx, judged)
  return { taken: rows.length, outgoing: await claimOutward(ctx, office, options, judged) }
}

function candidateOf(ctx: WriteContext, row: MessageRow) {
  const open = <T>(sealed: Buffer | null, otherwise: T): T =>
    sealed ? (JSON.parse(ctx.sealer.open(ctx.organizationId, sealed)) as T) : otherwise
  return {
    id: row.id,
    channel: row.channel,
    purpose: row.purpose,
    urgent: row.urgent,
    notAfter: row.not_after,
    values: open<Record<string, string>>(row.values_sealed, {}),
    rendered: open<Content | null>(row.content_sealed, null),
  }
}

/** What ends here or waits. */
async function hold(ctx: WriteContext, judged: readonly Judged[]): Promise<void> {
  const held = judged.flatMap(({ row, prepared }) => {
    if (prepared.kind === 'send') return []
    const isEnd = prepared.kind === 'end'
    // A claim that ran out waits as deferred, so that the doubt about it is not forgotten.
    const waiting = row.state === 'planned' ? ('planned' as const) : ('deferred' as const)
    return [
      {
        row,
        id: row.id,
        state: isEnd ? prepared.state : waiting,
        reason: prepared.reason,
        nextAt: isEnd ? null : prepared.until,
      },
    ]
  })
  await markHeld(ctx.tx, ctx.organizationId, held)
  const lines = held.map(({ id, state, reason, nextAt }): EventLine => ({
    messageId: id,
    kind: nextAt ? 'waiting' : (state as MessageEventKind),
    detail: { reason, ...(nextAt ? { until: nextAt.toISOString() } : {}) },
  }))
  await insertEvents(ctx, lines)
  await askForGuardians(
    ctx,
    held.map(({ row, reason }) => ({ patientId: row.patient_id, reason })),
  )
  const ended = held.filter(({ nextAt }) => !nextAt)
  await ctx.emitMany(
    messageFailed,
    ended.map(({ row, reason }) => ({ ...aboutOf(row), reason })),
  )
}

async function deliverInHouse(ctx: WriteContext, judged: readonly Judged[]): Promise<void> {
  const delivered = judged.flatMap(({ row, prepared, version }) =>
    prepared.kind === 'send' && !CHANNEL_ABILITIES[row.channel].outward
      ? [{ row, id: row.id, version, content: ctx.sealer.seal(ctx.organizationId, JSON.stringify(prepared.content)) }]
      : [],
  )
  await markDelivered(ctx.tx, ctx.organizationId, ctx.clock.now(), delivered)
  await insertEvents(
    ctx,
    delivered.map(({ id }) => ({ messageId: id, kind: 'accepted' })),
  )
  await ctx.emitMany(
    messageSent,
    delivered.map(({ row }) => aboutOf(row)),
  )
}

async function claimOutward(
  ctx: WriteContext,
  office: Office,
  options: ClaimOptions,
  judged: readonly Judged[],
): Promise<Outgoing[]> {
  const going = judged.flatMap(({ row, to, prepared, version }) => {
    if (prepared.kind !== 'send' || !CHANNEL_ABILITIES[row.channel].outward || !to?.email) return []
    const messageId = row.message_id ?? `<${row.id}@${office.idHost}>`
    // `claimed` and due again: the lease is up, and nobody knows whether the mail went out.
    const mayDouble = row.state === 'claimed' || row.uncertain
    const claimed: Claimed = {
      id: row.id,
      toMasked: maskEmail(to.email),
      viaGuardian: to.viaGuardian,
      version,
      locale: to.locale,
      content: row.content_sealed ?? ctx.sealer.seal(ctx.organizationId, JSON.stringify(prepared.content)),
      unsubscribeIndex: prepared.unsubscribe ? unsubscribeHash(prepared.unsubscribe) : null,
      messageId,
      mayDouble,
    }
    const mail = mailOf(office, to.email, messageId, prepared)
    return [
      {
        row,
        claimed,
        outgoing: {
          ...aboutOf(row),
          id: row.id,
          attempt: row.attempts + 1,
          mayDouble,
          addressIndex: to.emailIndex,
          mail,
        },
      },
    ]
  })
  const until = new Date(ctx.clock.now().getTime() + options.leaseMs)
  await markClaimed(
    ctx.tx,
    ctx.organizationId,
    options.claimedBy,
    until,
    going.map(({ claimed }) => claimed),
  )
  await insertEvents(
    ctx,
    going.map(({ row, claimed }) => ({
      messageId: row.id,
      kind: 'claimed',
      detail: { attempt: row.attempts + 1, ...(claimed.mayDouble ? { mayDouble: 1 } : {}) },
    })),
  )
  return going.map(({ outgoing }) => outgoing)
}

function mailOf(
  office: Office,
  to: string,
  messageId: string,
  { content, unsubscribe }: Extract<Prepared, { kind: 'send' }>,
): OutgoingMail {
  const link = unsubscribe ? `${office.webAddress}/api/u/${unsubscribe}` : null
  return {
    from: office.mailFrom,
    to,
    subject: content.subject,
    text: content.text,
    html: content.html,
    messageId,
    headers: {
      // RFC 3834: no holiday notes back, please.
      'Auto-Submitted': 'auto-generated',
      // RFC 8058: one click in the mail program, by POST.
      ...(link
        ? {
            'List-Unsubscribe': `<${link}>`,
            ...(link.startsWith('https:') ? { 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } : {}),
          }
        : {}),
    },
  }
}

function aboutOf(row: MessageRow) {
  return {
    messageId: row.id as never,
    patientId: row.patient_id as PatientId,
    template: row.template,
    touch: row.touch,
    channel: row.channel,
  }
}
