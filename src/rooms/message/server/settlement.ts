import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId } from '../../../platform/contract/index.ts'
import { messageFailed, messageSent } from '../contract/events.ts'
import type { MessageEventKind, MessageState } from '../contract/words.ts'
import type { Outgoing } from './claim.ts'
import type { Settled } from './settle-store.ts'
import { stopWhatMust } from './stop.ts'
import { insertEvents } from './store.ts'
import { suppressAddresses, type NewSuppression } from './suppression-store.ts'

/** What is to be known of a message to note what became of it. */
export type Sent = Pick<Outgoing, 'id' | 'patientId' | 'template' | 'touch' | 'channel' | 'addressIndex' | 'toMasked'>

/** What the ledger says now, where it took the word of this sender. */
export type Standing = ReadonlyMap<string, { state: MessageState; reason: string | null }>

/**
 * Leaves the steps in the history, remembers addresses that do not exist or that want nothing from us, and tells who
 * listens. What was put back as if nothing had happened leaves no step.
 * @param bounceDays after so many days an address that did not exist may be tried again
 */
export async function noteSettled(
  ctx: WriteContext,
  settled: readonly Settled[],
  standing: Standing,
  sent: readonly Sent[],
  bounceDays: number,
): Promise<void> {
  const byId = new Map(sent.map((message) => [message.id, message]))
  const stands = settled.flatMap(({ id, attempt }) => {
    const now = standing.get(id)
    return now && now.state !== 'planned' ? [{ id, attempt, ...now }] : []
  })
  await insertEvents(
    ctx,
    stands.map(({ id, state, reason, attempt }) => ({
      messageId: id,
      kind: state as MessageEventKind,
      detail: { attempt, reason },
    })),
  )
  const aboutOf = (id: string) => {
    const { patientId, template, touch, channel } = byId.get(id)!
    return { messageId: id as never, patientId: patientId as PatientId, template, touch, channel }
  }
  const of = (wanted: MessageState) => stands.filter(({ state }) => state === wanted)
  await ctx.emitMany(
    messageSent,
    of('accepted').map(({ id }) => aboutOf(id)),
  )
  await ctx.emitMany(
    messageFailed,
    of('failed').map(({ id, reason }) => ({ ...aboutOf(id), reason: reason ?? '' })),
  )
  const until = new Date(ctx.clock.now().getTime() + bounceDays * 86_400_000)
  await suppressAddresses(
    ctx,
    stands.flatMap(({ id, reason }) => suppressionOf(reason, byId.get(id)!, until)),
  )
  await stopWhatMust(ctx, settled, byId)
}

/** A hard bounce stands for a while; a refusal by the person themselves until somebody has asked them. */
function suppressionOf(
  reason: string | null,
  { id, addressIndex, channel, toMasked }: Sent,
  bouncesUntil: Date,
): NewSuppression[] {
  if (!addressIndex || (reason !== 'address-unknown' && reason !== 'refused-by-recipient')) return []
  const about = { channel, index: addressIndex, masked: toMasked, messageId: id }
  return reason === 'address-unknown'
    ? [{ ...about, source: 'delivery', reason: 'bounced', until: bouncesUntil }]
    : [{ ...about, source: 'delivery', reason: 'complained', until: null }]
}
