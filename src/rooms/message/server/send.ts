import type { WriteContext } from '../../../platform/context/context.ts'
import type { PatientId, StaffId } from '../../../platform/contract/index.ts'
import { messageSent } from '../contract/events.ts'
import { messageProblem } from '../contract/problems.ts'
import { topicOf } from '../contract/topic.ts'
import type { Channel } from '../contract/words.ts'
import { CHANNEL_ABILITIES } from './channel.ts'
import { blocksSeenInHouse, type BlocksSeen } from './block-audience.ts'
import { holdoutsOf, verdictDetail } from './claim.ts'
import { sealContent } from './content-seal.ts'
import { loadAddressees, type Addressee } from './facts-store.ts'
import { askForGuardians } from './guardian.ts'
import type { NewMessage, SentMessage } from './new-message.ts'
import { readOffice, type Office } from './office.ts'
import { prepare } from './prepare.ts'
import type { Content } from './rules/compose.ts'
import {
  BY_LADDER,
  findByTouch,
  findLastOfTemplate,
  insertEvents,
  insertMessages,
  keyOf,
  type EventDetail,
  type EventLine,
  type NewMessageRow,
} from './store.ts'
import { templatesInForce, type InForce } from './templates.ts'

/** Tells a person something, once per touch. @throws Problem TemplateUnknown @returns one row per channel */
export function sendMessage(ctx: WriteContext, message: NewMessage): Promise<SentMessage[]> {
  return sendMessages(ctx, [message])
}

/**
 * Puts messages to many people into the ledger in the caller's transaction: a handful of statements for hundreds.
 * What stays in the house (the message centre) is delivered at once, what leaves it is taken up by the sender. Asking
 * again for a touch that the ledger knows adds nothing. Whoever was merged is told as the person they were merged into.
 */
export async function sendMessages(ctx: WriteContext, messages: readonly NewMessage[]): Promise<SentMessage[]> {
  if (messages.length === 0) return []
  const templates = await templatesInForce(
    ctx,
    messages.map((message) => message.template),
  )
  const unknown = messages.find((message) => !templates.has(message.template))
  if (unknown) throw messageProblem('TemplateUnknown', { code: unknown.template })
  const people = await loadAddressees(
    ctx,
    messages.map((message) => message.patientId),
  )
  const asked = askedRows(messages, templates, people)
  const known = await findByTouch(
    ctx.db,
    ctx.organizationId,
    asked.map(({ to, message }) => ({ patientId: to.id, touch: message.touch })),
  )
  const fresh = asked.filter((entry) => !known.has(entry.key))
  const judged = await rowsOf(ctx, fresh)
  const rows = judged.map(({ row }) => row)
  const added = await insertMessages(ctx.tx, ctx.organizationId, rows)
  // Somebody else may have told of the same touch while we looked: their row stands.
  const lost = rows.filter((row) => !added.has(row.id))
  if (lost.length > 0)
    for (const [key, row] of await findByTouch(
      ctx.db,
      ctx.organizationId,
      lost.map((row) => ({ patientId: row.patient_id, touch: row.touch })),
    ))
      known.set(key, row)
  await tellOf(
    ctx,
    judged.filter(({ row }) => added.has(row.id)),
  )
  const byKey = new Map(rows.filter((row) => added.has(row.id)).map((row) => [keyOf(row), row]))
  return asked.flatMap(({ key, to, message, channel }) => {
    const row = byKey.get(key) ?? known.get(key)
    return row
      ? [{ id: row.id, patientId: to.id, touch: message.touch, channel, state: row.state, created: byKey.has(key) }]
      : []
  })
}

interface Asked {
  key: string
  message: NewMessage
  channel: Channel
  to: Addressee
  template: InForce
  /** Goes by the first way that is open when it is sent. */
  isLadder: boolean
}

/** One entry per person, touch and channel, in the order asked; people who do not exist are left out. */
function askedRows(
  messages: readonly NewMessage[],
  templates: ReadonlyMap<string, InForce>,
  people: ReadonlyMap<string, Addressee>,
): Asked[] {
  const entries = new Map<string, Asked>()
  for (const message of messages) {
    const to = people.get(message.patientId)
    const template = templates.get(message.template)!
    if (!to) continue
    for (const channel of message.channels ?? template.definition.channels) {
      const key = `${to.id} ${message.touch} ${channel}`
      if (!entries.has(key)) entries.set(key, { key, message, channel, to, template, isLadder: false })
    }
    // Whoever names the channels wants those and no others.
    const [first] = message.channels ? [] : (template.definition.ladder ?? [])
    const key = `${to.id} ${message.touch} ${BY_LADDER}`
    if (first && !entries.has(key)) entries.set(key, { key, message, channel: first, to, template, isLadder: true })
  }
  return [...entries.values()]
}

/** A row, and what the gate said of it where it was judged already. */
interface JudgedRow {
  row: NewMessageRow
  verdict: EventDetail | null
}

async function rowsOf(ctx: WriteContext, fresh: readonly Asked[]): Promise<JudgedRow[]> {
  if (fresh.length === 0) return []
  const spaced = fresh.filter(isSpaced)
  const last = await findLastOfTemplate(
    ctx.db,
    ctx.organizationId,
    spaced.map(({ to, message: { template, touch } }) => ({ patientId: to.id, template, touch })),
  )
  const office = await readOffice(ctx)
  const holdouts = await holdoutsOf(
    ctx,
    office,
    fresh.map(({ message, template: { definition } }) => ({
      purpose: definition.purpose,
      template: definition.code,
      campaign: message.campaign ?? null,
    })),
  )
  const seen = await blocksSeenInHouse(ctx, fresh)
  // By person and template: what this very call lets go. The same touch by another channel is no second message.
  const going = new Map<string, string>()
  return fresh.map((entry) => {
    const { touch, template } = entry.message
    const pair = `${entry.to.id} ${template}`
    const told = last.get(`${pair} ${touch}`)
    const before = going.get(pair)
    const tooSoon =
      isSpaced(entry) &&
      ((before !== undefined && before !== touch) ||
        (told !== undefined &&
          ctx.clock.now().getTime() - told.getTime() < entry.template.definition.daysBetween * 86_400_000))
    if (isSpaced(entry) && before === undefined) going.set(pair, touch)
    if (!tooSoon) return deliverOrPlan(ctx, entry, office, holdouts, seen)
    const row = { ...planned(ctx, entry), state: 'suppressed' as const, reason: 'too-soon', next_at: null }
    return { row, verdict: { reason: 'too-soon', saw: { days: entry.template.definition.daysBetween } } }
  })
}

/** The message centre lists all there is; what comes to a person's own letter box does not come again and again. */
function isSpaced({ template, channel }: Asked): boolean {
  return template.definition.daysBetween > 0 && CHANNEL_ABILITIES[channel].outward
}

function planned(
  ctx: WriteContext,
  { message, channel, to, isLadder, template: { definition, version } }: Asked,
): NewMessageRow {
  const now = ctx.clock.now()
  const sendAt = message.sendAt ?? now
  const { values = {}, source = 'message', sourceKey = null } = message
  return {
    id: ctx.ids.next(),
    patient_id: to.id,
    touch: message.touch,
    channel,
    template: definition.code,
    template_version: version,
    purpose: definition.purpose,
    topic: topicOf(definition),
    locale: to.locale,
    urgent: definition.urgent,
    // Definitions that were kept before this word are read as they are.
    answers: definition.answers ?? false,
    greeting: message.greeting || (definition.greeting ?? false),
    opinion: definition.opinion ?? false,
    campaign: message.campaign ?? null,
    values_sealed: Object.keys(values).length > 0 ? ctx.sealer.seal(ctx.organizationId, JSON.stringify(values)) : null,
    content_sealed: null,
    to_masked: null,
    via_guardian: to.viaGuardian && !message.relative,
    state: 'planned',
    reason: null,
    next_at: sendAt,
    not_after: message.notAfter ?? new Date(sendAt.getTime() + definition.validDays * 86_400_000),
    message_id: null,
    unsubscribe_index: null,
    source,
    source_key: sourceKey,
    created_by: ctx.actor.id as StaffId | null,
    created_at: now,
    sent_at: null,
    rung: isLadder ? 0 : null,
    relative_id: message.relative?.id ?? null,
    relative_sealed: message.relative ? ctx.sealer.seal(ctx.organizationId, message.relative.phone) : null,
  }
}

/** What stays in the house and is due is delivered here and now. */
function deliverOrPlan(
  ctx: WriteContext,
  entry: Asked,
  office: Office,
  holdouts: ReadonlyMap<string, number>,
  seen: BlocksSeen,
): JudgedRow {
  const row = planned(ctx, entry)
  const now = ctx.clock.now()
  if (CHANNEL_ABILITIES[entry.channel].outward || (row.next_at && row.next_at > now)) return { row, verdict: null }
  const { id, touch, channel, purpose, urgent, answers, greeting, opinion } = row
  const what = { id, touch, channel, purpose, topic: topicOf(row), urgent, answers, greeting, opinion }
  const candidate = {
    ...what,
    campaign: row.campaign ?? row.template,
    notAfter: row.not_after,
    approved: [],
    values: entry.message.values ?? {},
    rendered: null,
    shown: seen(entry.to.id),
  }
  const prepared = prepare(ctx, candidate, entry.to, entry.template, office, holdouts)
  const seal = (content: Content) => sealContent(ctx, content)
  if (prepared.kind === 'send') {
    const sent = { content_sealed: seal(prepared.content), values_sealed: null, sent_at: now }
    return { row: { ...row, ...sent, state: 'accepted', next_at: null }, verdict: { rule: office.rules.version } }
  }
  const { reason, saw, toApprove } = prepared
  const until = prepared.kind === 'wait' ? prepared.until : null
  const verdict = verdictDetail(office, { reason, saw, until })
  const content_sealed = toApprove ? seal(toApprove) : null
  const state = prepared.kind === 'end' ? prepared.state : row.state
  return { row: { ...row, state, reason, next_at: until, content_sealed }, verdict }
}

async function tellOf(ctx: WriteContext, judged: readonly JudgedRow[]): Promise<void> {
  await askForGuardians(
    ctx,
    judged.map(({ row }) => ({ patientId: row.patient_id, reason: row.reason })),
  )
  await insertEvents(
    ctx,
    judged.flatMap(({ row, verdict }): EventLine[] => {
      const kind = row.state === 'planned' ? 'waiting' : (row.state as EventLine['kind'])
      return verdict ? [{ messageId: row.id, kind, detail: verdict }] : []
    }),
  )
  const sent = judged.flatMap(({ row }) => (row.state === 'accepted' ? [row] : []))
  await ctx.emitMany(
    messageSent,
    sent.map((row) => ({
      messageId: row.id as never,
      patientId: row.patient_id as PatientId,
      template: row.template,
      touch: row.touch,
      channel: row.channel,
    })),
  )
}
