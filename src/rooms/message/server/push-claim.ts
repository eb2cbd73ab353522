import type { WriteContext } from '../../../platform/context/context.ts'
import { wechatWays, type WeChatToSend, type WeChatWays } from '../../wechat/server/index.ts'
import type { TemplateDefinition } from '../contract/template.ts'
import { aboutOf, candidateOf, hold, holdoutsOf, note, waitForStop, type Judged } from './claim.ts'
import { blocksSeenBy, type BlocksSeen } from './block-audience.ts'
import { markClaimed, type Claimed } from './claim-store.ts'
import { sealContent } from './content-seal.ts'
import { loadAddressees, type Addressee } from './facts-store.ts'
import { endSentBefore } from './fence.ts'
import type { Office } from './office.ts'
import { lockCounts } from './person-lock.ts'
import { addPhones } from './phones.ts'
import { isUnfit, prepare, waitForMending, type Candidate, type Prepared } from './prepare.ts'
import { setWay, takeDuePush } from './push-store.ts'
import { byPush, chooseWay, ladderOf, wantedBy, type WayChoice } from './push-way.ts'
import { reachOf, takeRight, type TakenRight } from './right.ts'
import { isPush, type PushChannel, type Reach } from './rules/channel-right.ts'
import type { Content } from './rules/compose.ts'
import { isRationed } from './rules/gate.ts'
import { rationDaysOf } from './rules/ration.ts'
import { stopFor } from './rules/stop.ts'
import { findOpenStops } from './stop-store.ts'
import { insertEvents, type MessageRow } from './store.ts'
import { templatesInForce, type InForce } from './templates.ts'
import { endWithdrawn } from './withdraw-store.ts'

/** A message that is claimed, holds its right, and has to be handed over. */
export interface PushOutgoing {
  id: string
  patientId: string
  template: string
  touch: string
  channel: MessageRow['channel']
  attempt: number
  toMasked: string
  /** It goes by the first open of several ways. */
  ladder: boolean
  addressIndex: null
  /** The next step of its ladder, where there is one. */
  next: { channel: MessageRow['channel']; rung: number } | null
  /** The try before may have gone out: no other way is tried. */
  doubtful: boolean
  urgent: boolean
  notAfter: Date | null
  push: WeChatToSend
}

/** Who takes this right has lost it to another at the last moment: it is looked at again after this. */
const AGAIN_MS = 5000

type WithWays = Office & { wechat: WeChatWays }

/**
 * Takes due messages, chooses the way of each at this very moment, judges it, takes the right it needs and marks what goes
 * out; all in the caller's transaction.
 */
export async function claimPush(
  ctx: WriteContext,
  plainOffice: Office,
  options: { claimedBy: string; leaseMs: number; limit: number },
): Promise<{ taken: number; outgoing: PushOutgoing[] }> {
  const now = ctx.clock.now()
  const taken = await takeDuePush(ctx.tx, ctx.organizationId, now, options.limit)
  // Rights are taken in the order of patients, so that two senders never wait for each other.
  const rows = (await endSentBefore(ctx, await endWithdrawn(ctx, taken))).toSorted((a, b) =>
    a.patient_id < b.patient_id ? -1 : 1,
  )
  if (rows.length === 0) return { taken: taken.length, outgoing: [] }
  await lockCounts(
    ctx.tx,
    ctx.organizationId,
    rows.filter(isRationed).map((row) => row.patient_id),
  )
  const office: WithWays = { ...plainOffice, wechat: await wechatWays(ctx) }
  const facts = await factsOf(ctx, office, rows)
  const stops = await findOpenStops(ctx.db, ctx.organizationId)
  const judged: Judged[] = []
  const going: { row: MessageRow; to: Addressee; version: number; content: Content; right: Taken }[] = []
  for (const before of rows) {
    // Of a right that is gone by now, taken within this batch or by another sender, the ladder is looked at once more.
    for (let turn = 0; turn < 2; turn++) {
      const way = await wayOf(ctx, office, facts, before)
      if (!way) break
      const { row, to, template } = way
      const stop = stopFor(stops, row, null)
      const candidate = { ...candidateOf(ctx, row), shown: facts.seen(to?.id ?? '') }
      const prepared = stop
        ? waitForStop(stop, row, now)
        : waitIfBroken(way.broken, candidate, prepare(ctx, candidate, to, template, office, facts.holdouts), now)
      const version = template?.version ?? row.template_version ?? 0
      if (prepared.kind !== 'send') {
        // Words too long for this way, by a block for somebody's segment or by a value, are not cut: the next carries them.
        if (isUnfit(prepared) && (await toNextStep(ctx, row, template?.definition, 'unfit'))) break
        judged.push({ row, to, prepared, version })
        break
      }
      const right = await takeFor(ctx, row, to!, template?.definition, office)
      if (right.kind === 'taken') {
        note(to, row, now)
        going.push({ row, to: to!, version, content: prepared.content, right })
        break
      }
      if (turn > 0) {
        const prepared = await withoutRight(ctx, row, template?.definition, right.because)
        if (prepared) judged.push({ row, to, version, prepared })
        break
      }
      for (const [id, reach] of await reachOf(ctx, [{ patientId: to!.id, viaGuardian: to!.viaGuardian }]))
        facts.reach.set(id, reach)
    }
  }
  await hold(ctx, office, judged)
  return { taken: taken.length, outgoing: await markGoing(ctx, office, options, going, facts.templates) }
}

/**
 * The right is gone. A first try chooses its way anew in a moment; one that was tried before keeps to its way no longer: it
 * takes the next step, or ends. Undefined: it has moved.
 */
async function withoutRight(
  ctx: WriteContext,
  row: MessageRow,
  definition: TemplateDefinition | undefined,
  because: string,
): Promise<Prepared | undefined> {
  const saw = { why: `${row.channel}:${because}` }
  if (row.attempts === 0)
    return { kind: 'wait', until: new Date(ctx.clock.now().getTime() + AGAIN_MS), reason: 'no-right', saw }
  if (await toNextStep(ctx, row, definition, because)) return undefined
  return { kind: 'end', state: 'failed', reason: 'no-right', saw }
}

async function toNextStep(
  ctx: WriteContext,
  row: MessageRow,
  definition: TemplateDefinition | undefined,
  because: string,
): Promise<boolean> {
  const ladder = ladderOf(row, definition)
  const rung = ladder.indexOf(row.channel) + 1
  const channel = row.rung === null ? undefined : ladder[rung]
  if (!channel) return false
  await moveTo(ctx, row, { kind: 'open', channel, rung, skipped: [`${row.channel}:${because}`] })
  return true
}

type Taken = Extract<TakenRight, { kind: 'taken' }>

async function factsOf(ctx: WriteContext, office: WithWays, rows: readonly MessageRow[]) {
  const ids = rows.map((row) => row.patient_id)
  const days = rationDaysOf(office.rules.policy, new Set(rows.map((row) => row.purpose)))
  const people = await loadAddressees(ctx, ids, days)
  const codes = rows.map((row) => row.template)
  const templates = await templatesInForce(ctx, codes)
  if ([...templates.values()].some(({ definition }) => definition.ladder?.includes('sms'))) await addPhones(ctx, people)
  const asked = [...people.values()].map(({ id, viaGuardian }) => ({ patientId: id, viaGuardian }))
  const reach = await reachOf(ctx, asked)
  const seen = await blocksSeenBy(ctx, templates, people)
  return { people, templates, reach, seen, holdouts: await holdoutsOf(ctx, office, rows) }
}

interface Facts {
  people: ReadonlyMap<string, Addressee>
  templates: ReadonlyMap<string, InForce>
  reach: Map<string, Reach>
  seen: BlocksSeen
  holdouts: ReadonlyMap<string, number>
}

/**
 * The way a message goes by. One that was tried before keeps its own: it may be on its way. Undefined: it has moved to a way
 * that another sender sees to.
 */
async function wayOf(
  ctx: WriteContext,
  office: WithWays,
  { people, templates, reach }: Facts,
  row: MessageRow,
): Promise<{ row: MessageRow; to: Addressee | undefined; template: InForce | undefined; broken: boolean } | undefined> {
  const template = templates.get(row.template)
  const person = people.get(row.patient_id)
  const found = { row, template, broken: false }
  if (!person) return { ...found, to: undefined }
  if (row.attempts > 0) return { ...found, to: byPush(person, true, true, []) }
  const choice = chooseWay(ctx, row, person, template?.definition, office, reach.get(person.id)!)
  if (choice.kind === 'shut')
    return { ...found, to: byPush(person, false, choice.known, choice.skipped), broken: choice.broken }
  if (choice.channel !== row.channel) await moveTo(ctx, row, choice)
  if (!isPush(choice.channel)) return undefined
  const moved = { ...row, channel: choice.channel, rung: row.rung === null ? null : choice.rung }
  return { ...found, row: moved, to: byPush(person, true, true, choice.skipped) }
}

/** What the platform refuses for everybody is no fault of this person's: the message waits until somebody has mended it. */
function waitIfBroken(broken: boolean, candidate: Candidate, prepared: Prepared, now: Date): Prepared {
  const isShut = prepared.kind === 'end' && (prepared.reason === 'no-right' || prepared.reason === 'render')
  return broken && isShut ? waitForMending(candidate, now, 'wechat-template') : prepared
}

async function moveTo(ctx: WriteContext, row: MessageRow, choice: Extract<WayChoice, { kind: 'open' }>): Promise<void> {
  const { channel, rung, skipped } = choice
  await setWay(ctx.tx, ctx.organizationId, { id: row.id, channel, rung, nextAt: ctx.clock.now() })
  await insertEvents(ctx, [
    { messageId: row.id, kind: 'next-way', detail: { reason: null, saw: { channel, why: skipped.join(' ') } } },
  ])
}

function takeFor(
  ctx: WriteContext,
  row: MessageRow,
  to: Addressee,
  definition: TemplateDefinition | undefined,
  office: WithWays,
): Promise<TakenRight> {
  const channel = row.channel as PushChannel
  const wanted = wantedBy(channel, definition, office.wechat) ?? { template: '', apps: [] }
  return takeRight(ctx, {
    messageId: row.id,
    patientId: to.id,
    viaGuardian: to.viaGuardian,
    channel,
    template: wanted.template,
    apps: wanted.apps,
  })
}

async function markGoing(
  ctx: WriteContext,
  office: WithWays,
  { claimedBy, leaseMs }: { claimedBy: string; leaseMs: number },
  going: readonly { row: MessageRow; to: Addressee; version: number; content: Content; right: Taken }[],
  templates: ReadonlyMap<string, InForce>,
): Promise<PushOutgoing[]> {
  const masked = (address: string) => `…${address.slice(-4)}`
  const claims = going.map(({ row, to, version, content, right }): Claimed => ({
    id: row.id,
    toMasked: masked(right.address),
    viaGuardian: to.viaGuardian,
    version,
    locale: to.locale,
    content: row.content_sealed ? null : sealContent(ctx, content),
    unsubscribeIndex: null,
    messageId: row.message_id ?? `<${row.id}@${office.idHost}>`,
    // Its room asks what became of it before it sends again.
    mayDouble: false,
    countsReading: false,
  }))
  await markClaimed(ctx.tx, ctx.organizationId, claimedBy, new Date(ctx.clock.now().getTime() + leaseMs), claims)
  await insertEvents(
    ctx,
    going.map(({ row }) => ({
      messageId: row.id,
      kind: 'claimed',
      detail: { attempt: row.attempts + 1, rule: office.rules.version },
    })),
  )
  return going.flatMap(({ row, content, right }): PushOutgoing[] => {
    const push = toSend(row, content, right)
    if (!push) return []
    const ladder = ladderOf(row, templates.get(row.template)?.definition)
    const rung = ladder.indexOf(row.channel) + 1
    const next = row.rung !== null && rung > 0 && ladder[rung] ? { channel: ladder[rung], rung } : null
    const doubtful = row.uncertain || row.state === 'claimed'
    return [
      {
        ...aboutOf(row),
        id: row.id,
        attempt: row.attempts + 1,
        ladder: row.rung !== null,
        toMasked: masked(right.address),
        addressIndex: null,
        next,
        doubtful,
        urgent: row.urgent,
        notAfter: row.not_after,
        push,
      },
    ]
  })
}

function toSend(row: MessageRow, { wechat }: Content, { app, address, basis }: Taken): WeChatToSend | undefined {
  if (!wechat) return undefined
  const about = { id: row.id, app, address }
  switch (row.channel) {
    case 'wechat-template':
    case 'wechat-notice':
    case 'mini-notice': {
      if (!('templateId' in wechat)) return undefined
      const { templateId, values, link } = wechat
      return { ...about, channel: row.channel, templateId, values, link }
    }
    case 'wechat-chat':
      return 'text' in wechat ? { ...about, channel: row.channel, text: wechat.text } : undefined
    case 'wecom-mass':
      return 'text' in wechat ? { ...about, channel: row.channel, text: wechat.text, staffUserId: basis } : undefined
    default:
      return undefined
  }
}
