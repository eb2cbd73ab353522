import type { ReadContext } from '../../../platform/context/context.ts'
import { APPROVABLE, type Approvable } from '../contract/words.ts'
import { CHANNEL_ABILITIES } from './channel.ts'
import type { Addressee } from './facts-store.ts'
import type { Office } from './office.ts'
import type { ShownBlocks } from './rules/block-audience.ts'
import { composeInApp, composeMail, type Content } from './rules/compose.ts'
import { isPush } from './rules/channel-right.ts'
import { composeSms } from './rules/compose-sms.ts'
import { composeWeChat } from './rules/compose-wechat.ts'
import { judge, judgeWay, type Gated, type Saw, type Verdict } from './rules/gate.ts'
import { isLiquidError } from './rules/liquid.ts'
import { unfitFor, unknownIn } from './rules/unfit.ts'
import { leaksOf } from './rules/private-content.ts'
import { withReading } from './rules/reading-links.ts'
import { readingTokenOf, TRAP } from './reading-token.ts'
import type { InForce } from './templates.ts'
import { unsubscribeTokenOf } from './unsubscribe-token.ts'

/** A message on its way to the gate. */
export interface Candidate extends Gated {
  values: Record<string, string>
  /** What an earlier try rendered: it goes out again as it was. */
  rendered: Content | null
  /** What a second person has let go of these very words. */
  approved: readonly string[]
  /** The code of its template. */
  template?: string
  /** Its template counts reading, and the person does not mind. */
  countsReading?: boolean
  /** Of the segments that blocks of its template are for: in which of them they are. */
  shown?: ShownBlocks
}

export type Prepared =
  | { kind: 'send'; content: Content; unsubscribe: string | null; countsReading: boolean }
  | (Exclude<Verdict, { kind: 'send' }> & {
      /** Held back for a second person, who has to see what it says. */
      toApprove?: Content
    })

/** Takes a message through the gate, renders it and reads what it says: everything that is decided at the moment of sending. */
export function prepare(
  ctx: Pick<ReadContext, 'clock' | 'tenant' | 'sealer' | 'organizationId'>,
  candidate: Candidate,
  to: Addressee | undefined,
  template: InForce | undefined,
  office: Office,
  holdouts: ReadonlyMap<string, number> = new Map(),
): Prepared {
  if (!to) return failed('no-address')
  const person = to.person(candidate.purpose, candidate.channel, candidate)
  const moment = {
    now: ctx.clock.now(),
    timeZone: ctx.tenant.timeZone,
    policy: office.rules.policy,
    holidays: office.rules.holidays,
    holdoutPercent: holdouts.get(candidate.campaign) ?? office.rules.policy.holdoutPercent,
  }
  const verdict = judge(candidate, person, moment)
  if (verdict.kind !== 'send') return verdict
  if (!template && !candidate.rendered)
    return failed(office.expiredTemplates.has(candidate.template ?? '') ? 'template-expired' : 'template-gone')
  // Not set up yet: whoever sets it up within the deadline sends what waits.
  if (candidate.channel === 'sms' && !office.sms && !candidate.rendered)
    return waitForMending(candidate, moment.now, 'sms-account')
  if (isPush(candidate.channel) && !candidate.rendered && !office.wechat?.appsOf(candidate.channel).length)
    return waitForMending(candidate, moment.now, 'wechat-account')
  // A short message holds its way to refuse in its words: what is approved without one is not rendered.
  const byMail = candidate.channel === 'email'
  const token =
    byMail && candidate.purpose !== 'service' && office.webAddress ? unsubscribeTokenOf(ctx, candidate.id) : null
  // 消费者权益保护法 §29: a promotion that shows no way to refuse it is not sent.
  if (byMail && candidate.purpose === 'promotion' && !token)
    return { kind: 'end', state: 'blocked', reason: 'no-way-to-refuse' }
  const unsubscribe = token ? `${office.webAddress}/api/u/${token}` : null
  const content = candidate.rendered ?? render(candidate, to, template!, office, unsubscribe)
  if ('kind' in content) return content
  const held = heldWords(content, candidate, office, unsubscribe)
  if (held) return held
  const way = judgeWay(candidate, person, moment)
  if (way.kind !== 'send') return way
  // Last, so that the check of the words has read the addresses that people are led to, not ours.
  const countsReading = Boolean(candidate.countsReading && byMail && !candidate.rendered && office.webAddress)
  const words = countsReading ? counted(ctx, candidate.id, content, office, unsubscribe) : content
  return { kind: 'send', content: words, unsubscribe: token, countsReading }
}

function counted(
  ctx: Pick<ReadContext, 'sealer' | 'organizationId'>,
  messageId: string,
  content: Content,
  { webAddress }: Office,
  unsubscribe: string | null,
): Content {
  const addressOf = (link: number | 'trap', url: string) => {
    const token = readingTokenOf(ctx, { messageId, link: link === 'trap' ? TRAP : link, url })
    return `${webAddress}/api/${link === 0 ? 'o' : 'l'}?t=${token}`
  }
  return { ...content, html: withReading(content.html, unsubscribe ? [unsubscribe] : [], addressOf) }
}

const MENDING_PAUSE_MS = 30 * 60_000

/** People have to do something first: it is looked at again now and then, until its deadline. */
export function waitForMending(
  { notAfter }: Candidate,
  now: Date,
  reason: 'sms-account' | 'wechat-account' | 'wechat-template',
): Prepared {
  const until = new Date(now.getTime() + MENDING_PAUSE_MS)
  return notAfter && notAfter <= until
    ? { kind: 'end', state: 'expired', reason: 'too-late', saw: { because: reason } }
    : { kind: 'wait', until, reason }
}

type Failure = 'no-address' | 'template-gone' | 'template-expired' | 'render' | 'too-long'
const failed = (reason: Failure, saw?: Saw) => ({
  kind: 'end' as const,
  state: 'failed' as const,
  reason,
  ...(saw ? { saw } : {}),
})

/** The words as they would leave: what gives a person away stays, or waits for a second person where the rules say so. */
function heldWords(
  content: Content,
  candidate: Candidate,
  office: Office,
  unsubscribe: string | null,
): Prepared | undefined {
  const ours = [candidate.values['link'] ?? '', office.from.phone, office.from.link, unsubscribe ?? '']
  const links = content.wechat && 'link' in content.wechat ? [content.wechat.link] : []
  const leaks = leaksOf({ ...content, links }, ours).filter((leak) => !candidate.approved.includes(leak))
  // What nobody can let go is named first.
  const [leak] = leaks.toSorted((a, b) => Number(isApprovable(a)) - Number(isApprovable(b)))
  if (!leak) return undefined
  const saw: Saw = { found: leaks.join(' ') }
  const mayBeApproved = isApprovable(leak) && office.rules.policy.secondApproval.includes(leak)
  return { kind: 'end', state: 'blocked', reason: leak, saw, ...(mayBeApproved ? { toApprove: content } : {}) }
}

function isApprovable(leak: string): leak is Approvable {
  return (APPROVABLE as readonly string[]).includes(leak)
}

function render(
  candidate: Candidate,
  to: Addressee,
  template: InForce,
  office: Office,
  unsubscribe: string | null,
): Content | ReturnType<typeof failed> {
  const { values, shown } = candidate
  const { outward } = CHANNEL_ABILITIES[candidate.channel]
  const input = { template: template.definition, values, to, from: office.from, unsubscribe, shown, outward }
  const compose = outward ? composeMail : composeInApp
  try {
    const content = isPush(candidate.channel)
      ? office.wechat && composeWeChat(input, candidate.channel, office.wechat)
      : candidate.channel === 'sms'
        ? office.sms && composeSms(input, office.sms)
        : compose(input)
    if (content) return content
  } catch (error) {
    if (!isLiquidError(error)) throw error
    return failed('render', whatOf(unknownIn(error)))
  }
  // Says what is to be mended: by how much it is too long first, since that is seen in no preview.
  const unfit = unfitFor(input, candidate.channel, office)
  const long = unfit.find((one) => one.kind === 'too-long')
  return long
    ? failed('too-long', { over: long.over, ...whatOf(long.what) })
    : failed('render', whatOf(unfit[0]?.what ?? ''))
}

const whatOf = (what: string): Saw => (what ? { what } : {})

/** It cannot be made for its way; by another it may. */
export const isUnfit = (prepared: Prepared): boolean =>
  prepared.kind === 'end' && (prepared.reason === 'render' || prepared.reason === 'too-long')
