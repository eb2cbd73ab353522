import type { WriteContext } from '../../../platform/context/context.ts'
import { messageFailed, messageSent } from '../contract/events.ts'
import { topicOf } from '../contract/topic.ts'
import type { MessageEventKind } from '../contract/words.ts'
import { CHANNEL_ABILITIES } from './channel.ts'
import { markDelivered, markHeld, takeDue } from './claim-store.ts'
import { openContent, sealContent } from './content-seal.ts'
import { blocksSeenBy } from './block-audience.ts'
import { loadAddressees, type Addressee } from './facts-store.ts'
import { endSentBefore } from './fence.ts'
import { findHoldouts } from './holdout-store.ts'
import { askForGuardians } from './guardian.ts'
import type { Office } from './office.ts'
import { lockCounts } from './person-lock.ts'
import { addPhones } from './phones.ts'
import { countedReading } from './counted-reading.ts'
import { aboutOf, claimOutward, type ClaimOptions, type Judged, type Outgoing } from './outgoing.ts'
import { prepare, type Prepared } from './prepare.ts'
import { relativesOf } from './relatives.ts'
import { isRationed, type Saw } from './rules/gate.ts'
import { rationDaysOf } from './rules/ration.ts'
import { stopFor } from './rules/stop.ts'
import { findOpenStops } from './stop-store.ts'
import { insertEvents, type EventDetail, type EventLine, type MessageRow } from './store.ts'
import { templatesInForce } from './templates.ts'
import { endWithdrawn } from './withdraw-store.ts'

export { aboutOf, type Judged, type Outgoing }

/** Takes due messages, judges each at this very moment, and marks those that go out; all in the caller's transaction. */
export async function claimBatch(
  ctx: WriteContext,
  office: Office,
  options: ClaimOptions,
): Promise<{ taken: number; outgoing: Outgoing[] }> {
  const now = ctx.clock.now()
  const taken = await takeDue(ctx.tx, ctx.organizationId, now, options.limit)
  const rows = await endSentBefore(ctx, await endWithdrawn(ctx, taken))
  if (rows.length === 0) return { taken: taken.length, outgoing: [] }
  const outward = rows.filter((row) => CHANNEL_ABILITIES[row.channel].outward)
  await lockCounts(
    ctx.tx,
    ctx.organizationId,
    outward.filter(isRationed).map((row) => row.patient_id),
  )
  const holdouts = await holdoutsOf(ctx, office, rows)
  const people = await loadAddressees(
    ctx,
    rows.map((row) => row.patient_id),
    rationDaysOf(office.rules.policy, new Set(outward.map((row) => row.purpose))),
    rows.some((row) => row.purpose === 'promotion' || row.greeting || row.opinion),
  )
  if (rows.some(({ channel }) => channel === 'sms')) await addPhones(ctx, people)
  const relatives = await relativesOf(ctx, rows, people)
  const templates = await templatesInForce(
    ctx,
    rows.map((row) => row.template),
  )
  const counted = await countedReading(ctx, rows, templates)
  const seen = await blocksSeenBy(ctx, templates, people)
  const stops = await findOpenStops(ctx.db, ctx.organizationId)
  let mails = options.mails
  const judged = rows.map((row): Judged => {
    const to = row.relative_id ? relatives.get(row.id) : people.get(row.patient_id)
    const template = templates.get(row.template)
    const candidate = { ...candidateOf(ctx, row), countsReading: counted.has(row.id), shown: seen(to?.id ?? '') }
    const prepared = prepare(ctx, candidate, to, template, office, holdouts)
    const stop = stopFor(stops, row, to?.email ?? null)
    const throttled = !stop && prepared.kind === 'send' && row.channel === 'email' && !row.urgent && mails-- <= 0
    if (prepared.kind === 'send' && !throttled && !stop) note(to, row, now)
    return {
      row,
      to,
      version: template?.version ?? row.template_version ?? 0,
      prepared:
        stop && prepared.kind === 'send'
          ? waitForStop(stop, row, now)
          : throttled
            ? { kind: 'wait', until: new Date(now.getTime() + 60_000), reason: 'throttled' }
            : prepared,
    }
  })
  await hold(ctx, office, judged)
  await deliverInHouse(ctx, judged)
  return { taken: taken.length, outgoing: await claimOutward(ctx, office, options, judged) }
}

/** A person decides when: it is looked at now and then, and at its deadline it ends. */
export function waitForStop(
  reason: 'campaign-paused' | 'sending-stopped',
  row: MessageRow,
  now: Date,
): Extract<Prepared, { kind: 'wait' }> {
  const until = new Date(now.getTime() + STOP_PAUSE_MS)
  return { kind: 'wait', until: row.not_after && row.not_after < until ? row.not_after : until, reason }
}

const STOP_PAUSE_MS = 3_600_000

/** What goes now counts for what comes after it in the same batch. */
export function note(to: Addressee | undefined, row: MessageRow, at: Date): void {
  // What a relative is told is none of what the person is told.
  if (row.relative_id || !CHANNEL_ABILITIES[row.channel].outward || to?.sent.some(({ id }) => id === row.id)) return
  const { id, touch, channel, purpose } = row
  to?.sent.push({ id, touch, channel, purpose, at, rationed: isRationed(row) })
}

/** Only promotion is compared. */
export function holdoutsOf(
  ctx: WriteContext,
  office: Office,
  rows: readonly Pick<MessageRow, 'purpose' | 'campaign' | 'template'>[],
): Promise<Map<string, number>> {
  const campaigns = rows.filter(({ purpose }) => purpose === 'promotion').map((row) => row.campaign ?? row.template)
  return findHoldouts(ctx.tx, ctx.organizationId, campaigns, office.rules.policy.holdoutPercent, ctx.clock.now())
}

/** Whoever writes by hand has chosen the hour; what is tried again, or was just held up by the crowd, has waited already. */
const BY_HAND = 'by-hand'

export function candidateOf(ctx: WriteContext, row: MessageRow) {
  const { values_sealed: values, content_sealed: content } = row
  return {
    id: row.id,
    touch: row.touch,
    template: row.template,
    channel: row.channel,
    purpose: row.purpose,
    topic: topicOf(row),
    urgent: row.urgent,
    answers: row.answers,
    greeting: row.greeting,
    opinion: row.opinion,
    campaign: row.campaign ?? row.template,
    notAfter: row.not_after,
    mayWait: row.source !== BY_HAND && row.attempts === 0 && row.reason !== 'throttled',
    approved: row.approved_leaks,
    values: values ? (JSON.parse(ctx.sealer.open(ctx.organizationId, values)) as Record<string, string>) : {},
    rendered: content ? openContent(ctx, content) : null,
  }
}

/** What ends here or waits. */
export async function hold(ctx: WriteContext, office: Office, judged: readonly Judged[]): Promise<void> {
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
        saw: prepared.saw,
        content: prepared.toApprove ? sealContent(ctx, prepared.toApprove) : null,
        nextAt: isEnd ? null : prepared.until,
      },
    ]
  })
  await markHeld(ctx.tx, ctx.organizationId, held)
  const lines = held.map(({ id, state, reason, nextAt, saw }): EventLine => ({
    messageId: id,
    kind: nextAt ? 'waiting' : (state as MessageEventKind),
    detail: verdictDetail(office, { reason, saw, until: nextAt }),
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

/** What is kept of a verdict: which check, what it saw, by which rules, until when. */
export function verdictDetail(
  { rules }: Office,
  { reason, saw, until }: { reason: string | null; saw?: Saw | undefined; until?: Date | null },
): EventDetail {
  return {
    reason,
    rule: rules.version,
    ...(saw && Object.keys(saw).length > 0 ? { saw } : {}),
    ...(until ? { until: until.toISOString() } : {}),
  }
}

async function deliverInHouse(ctx: WriteContext, judged: readonly Judged[]): Promise<void> {
  const delivered = judged.flatMap(({ row, prepared, version }) =>
    prepared.kind === 'send' && !CHANNEL_ABILITIES[row.channel].outward
      ? [{ row, id: row.id, version, content: sealContent(ctx, prepared.content) }]
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
