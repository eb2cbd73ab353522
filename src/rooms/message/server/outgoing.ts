import type { WriteContext } from '../../../platform/context/context.ts'
import { maskEmail, maskPhone, type PatientId } from '../../../platform/contract/index.ts'
import type { OutgoingMail } from '../../../platform/mail/transport.ts'
import type { SmsToSend } from '../../sms/server/index.ts'
import type { Channel } from '../contract/words.ts'
import { CHANNEL_ABILITIES } from './channel.ts'
import { markClaimed, type Claimed } from './claim-store.ts'
import { sealContent } from './content-seal.ts'
import type { Addressee } from './facts-store.ts'
import type { Office } from './office.ts'
import type { Prepared } from './prepare.ts'
import { insertEvents, type MessageRow } from './store.ts'
import { unsubscribeHash } from './unsubscribe-token.ts'

/** A message that is claimed and now has to be handed over: a mail to the transport, a short message to its room. */
export interface Outgoing {
  id: string
  patientId: string
  template: string
  touch: string
  attempt: number
  mayDouble: boolean
  channel: Channel
  addressIndex: Buffer | null
  toMasked: string
  mail: OutgoingMail | null
  sms: SmsToSend | null
  campaign: string | null
  /** It goes by the first open of several ways. */
  ladder: boolean
}
export interface ClaimOptions {
  claimedBy: string
  leaseMs: number
  limit: number
  /** So many mails the organization's rate still allows; the others wait a minute. */
  mails: number
}
export interface Judged {
  row: MessageRow
  to: Addressee | undefined
  prepared: Prepared
  version: number
}
/** Marks what goes out by mail and short message, and says what is to be handed over. */
export async function claimOutward(
  ctx: WriteContext,
  office: Office,
  options: ClaimOptions,
  judged: readonly Judged[],
): Promise<Outgoing[]> {
  const going = judged.flatMap(({ row, to, prepared, version }) => {
    if (prepared.kind !== 'send' || !CHANNEL_ABILITIES[row.channel].outward || !to) return []
    const isSms = row.channel === 'sms'
    const address = isSms ? to.phone : to.email
    if (!address || (isSms && !prepared.content.sms)) return []
    const messageId = row.message_id ?? `<${row.id}@${office.idHost}>`
    // `claimed` and due again: the lease is up, and nobody knows whether the mail went out.
    // A short message is never doubled: its room asks what became of it before it sends again.
    const mayDouble = !isSms && (row.state === 'claimed' || row.uncertain)
    const claimed: Claimed = {
      id: row.id,
      toMasked: isSms ? maskPhone(address) : maskEmail(address),
      viaGuardian: to.viaGuardian,
      version,
      locale: to.locale,
      content: row.content_sealed ? null : sealContent(ctx, prepared.content),
      unsubscribeIndex: prepared.unsubscribe ? unsubscribeHash(prepared.unsubscribe) : null,
      messageId,
      mayDouble,
      countsReading: prepared.countsReading,
    }
    return [
      {
        row,
        claimed,
        outgoing: {
          ...aboutOf(row),
          id: row.id,
          attempt: row.attempts + 1,
          campaign: row.campaign,
          ladder: row.rung !== null,
          mayDouble,
          addressIndex: isSms ? to.phoneIndex : to.emailIndex,
          toMasked: claimed.toMasked,
          mail: isSms ? null : mailOf(office, address, messageId, prepared),
          sms: isSms ? { id: row.id, to: address, ...prepared.content.sms! } : null,
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
      detail: { attempt: row.attempts + 1, rule: office.rules.version, ...(claimed.mayDouble ? { mayDouble: 1 } : {}) },
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

export function aboutOf(row: MessageRow) {
  return {
    messageId: row.id as never,
    patientId: row.patient_id as PatientId,
    template: row.template,
    touch: row.touch,
    channel: row.channel,
  }
}
