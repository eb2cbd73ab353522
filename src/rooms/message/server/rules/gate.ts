import { dateIn, minuteOfDay } from '../../../../platform/clock.ts'
import type { MessagePolicy } from '../../contract/rule.ts'
import type {
  Channel,
  GuardianReason,
  HoldKind,
  MessageState,
  Purpose,
  Reason,
  SuppressionReason,
} from '../../contract/words.ts'
import type { Topic } from '../../contract/topic.ts'
import { isWithin, type Span } from '../../../patient/contract/good-hours.ts'
import { isHeldOut } from './holdout.ts'
import { nextMorning } from './quiet-hours.ts'
import { fullCap, overShare, type Sent } from './ration.ts'
import { goodHoursFrom } from './good-hours.ts'
import { openFrom, sendDaysOf, shutUntil, type Holidays } from './send-window.ts'

/** What is known of the person at the moment of sending. */
export interface Person {
  id: string
  state: 'active' | 'deceased' | 'merged'
  /** Under 14 on this day. */
  isChild: boolean
  hasGuardian: boolean
  /** A child with an address of its own, to which nothing goes, and none of the guardian's. */
  ownAddressOnly: boolean
  /** Refused by themselves: the whole purpose by this way, or this topic. */
  optedOut: 'purpose' | 'topic' | undefined
  /** What they ticked when the card was opened; undefined while nobody has asked. */
  consent: { service?: boolean | undefined; promotion?: boolean | undefined }
  /** A tag stands that asks for no promotion: 勿扰, 危急. */
  quiet: boolean
  /** What else stands against a promotion now. */
  holds: readonly { kind: HoldKind; since: Date }[]
  /** What has left the house for them, or is just leaving it, as far back as any rule looks. */
  sent: readonly Sent[]
  hasAddress: boolean
  /** When they like to be reached, as far as it is known. */
  goodHours?: Span | undefined
  suppressed: { reason: SuppressionReason; since: Date; until: Date | null } | null
  /** Whether they may be written to by this channel and template: undefined where the channel asks for no right. */
  right?: boolean | undefined
  /** Why they may not, in the words of the ledger of rights, way by way. */
  whyNot?: string | undefined
}

export interface Gated {
  id: string
  /** What it is about. */
  touch: string
  channel: Channel
  purpose: Purpose
  topic: Topic
  urgent: boolean
  /** Answers what the person asked for. */
  answers: boolean
  /** A good wish, which is out of place in a bad hour. */
  greeting: boolean
  /** Asks what somebody thinks of us. */
  opinion?: boolean
  /** Whose comparison group counts. */
  campaign: string
  notAfter: Date | null
  /** False once it has been tried or held up, or where a person has chosen the moment. */
  mayWait?: boolean
}

export interface Moment {
  now: Date
  timeZone: string
  policy: MessagePolicy
  holidays: Holidays
  /** Which share of people the campaign of this message leaves out. */
  holdoutPercent: number
}

/** What a check looked at when it held a message: numbers, codes, dates and times of the organization's clock. */
export type Saw = Record<string, string | number>
export type Verdict =
  | { kind: 'send' }
  | {
      kind: 'end'
      state: Extract<MessageState, 'suppressed' | 'expired' | 'failed' | 'blocked'>
      reason: Reason
      saw?: Saw
    }
  | { kind: 'wait'; until: Date; reason: Reason; saw?: Saw }
type Held = Exclude<Verdict, { kind: 'send' }>
type Check = (message: Gated, person: Person, moment: Moment) => Held | undefined

const suppressed = (reason: Reason, saw: Saw = {}): Held => ({ kind: 'end', state: 'suppressed', reason, saw })
const failed = (reason: Reason, saw: Saw = {}): Held => ({ kind: 'end', state: 'failed', reason, saw })
const isOutward = ({ channel }: Gated) => channel !== 'in-app'
/** Neither a clinical alert nor an answer: what people did not ask for at this moment. */
export const isRationed = (message: Pick<Gated, 'urgent' | 'answers'>) => !message.urgent && !message.answers

/** In this order; the first that objects decides, and is what staff are told. The words themselves are read afterwards. */
const BEFORE_WORDS: readonly Check[] = [
  consent,
  suppression,
  life,
  guardian,
  hours,
  goodHours,
  frequency,
  share,
  comparison,
]
const AFTER_WORDS: readonly Check[] = [way, deadline]

/** Whether the person, the hour and the measure allow a message now. Pure: the same facts give the same verdict. */
export function judge(message: Gated, person: Person, moment: Moment): Verdict {
  return first(BEFORE_WORDS, message, person, moment)
}

/** Whether there is a way to them, and it is not too late: asked once the words have passed. */
export function judgeWay(message: Gated, person: Person, moment: Moment): Verdict {
  return first(AFTER_WORDS, message, person, moment)
}

function first(checks: readonly Check[], message: Gated, person: Person, moment: Moment): Verdict {
  for (const check of checks) {
    const held = check(message, person, moment)
    if (held) return held.kind === 'wait' ? inTime(held, message, moment) : held
  }
  return { kind: 'send' }
}

/** What would wait beyond its deadline is said to be over at once, so that nobody waits for it. */
function inTime(held: Extract<Held, { kind: 'wait' }>, message: Gated, moment: Moment): Held {
  if (!message.notAfter || held.until < message.notAfter) return held
  // Somebody may enter the guardian, or read in the days off, any minute: until the deadline there is hope.
  const mayResume = ['guardian-missing', 'guardian-address-missing', 'holidays-unknown'].includes(held.reason)
  if (mayResume && message.notAfter > moment.now) return { ...held, until: message.notAfter }
  return tooLate(message.notAfter, moment, held.reason)
}

function consent({ channel, purpose }: Gated, person: Person): Held | undefined {
  // The message centre is the person's own place; a consent is about being written to.
  if (channel === 'in-app' && purpose !== 'promotion') return undefined
  if (purpose !== 'promotion') return person.consent.service === false ? suppressed('consent-withheld') : undefined
  // 消费者权益保护法 §29, 广告法 §43: no promotion without having been asked for it.
  return person.consent.promotion === true ? undefined : suppressed('consent-missing')
}

function suppression(message: Gated, { optedOut, suppressed: address }: Person, moment: Moment): Held | undefined {
  if (optedOut) return suppressed('opted-out', optedOut === 'topic' ? { topic: message.topic } : {})
  if (!isOutward(message) || !address) return undefined
  const saw = {
    reason: address.reason,
    since: dateIn(address.since, moment.timeZone),
    ...(address.until ? { until: dateIn(address.until, moment.timeZone) } : {}),
  }
  if (address.reason === 'bounced') return failed('address-unknown', saw)
  return suppressed(address.reason === 'complained' ? 'complained' : 'address-suppressed', saw)
}

const HOLDS: Record<HoldKind, Reason> = {
  crisis: 'in-crisis',
  alert: 'open-alert',
  complaint: 'open-complaint',
  admission: 'in-hospital',
}

/** A complaint is no bad hour: whoever has one open may still be wished well on a festival. */
const NO_WISHES: ReadonlySet<HoldKind> = new Set(['crisis', 'alert', 'admission'])

/**
 * The dead get nothing; who is ill in bed, in a crisis or has a complaint open gets no promotion, and care as before. A good
 * wish is care that none of them needs on that day (S0-42), and whoever complains is not asked how content they are (S3-24).
 */
function life({ purpose, greeting, opinion }: Gated, person: Person, { timeZone }: Moment): Held | undefined {
  if (person.state !== 'active') return suppressed(person.state)
  const isPromotion = purpose === 'promotion'
  if (!isPromotion && !greeting && !opinion) return undefined
  if (person.quiet) return suppressed('quiet-tag')
  const order = Object.keys(HOLDS)
  const holds = isPromotion || opinion ? person.holds : person.holds.filter(({ kind }) => NO_WISHES.has(kind))
  const [hold] = holds.toSorted((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind))
  return hold && suppressed(HOLDS[hold.kind], { since: dateIn(hold.since, timeZone) })
}

/** Not the child instead: it waits, and somebody is asked to enter the guardian. */
function guardian(message: Gated, person: Person, { now, timeZone, policy }: Moment): Held | undefined {
  const reason = person.isChild ? lackOf(person, isOutward(message)) : undefined
  return reason && { kind: 'wait', until: nextMorning(now, timeZone, policy.hours.service), reason }
}

function lackOf({ hasGuardian, ownAddressOnly }: Person, outward: boolean): GuardianReason | undefined {
  if (!hasGuardian) return 'guardian-missing'
  return outward && ownAddressOnly ? 'guardian-address-missing' : undefined
}

function hours(message: Gated, _person: Person, { now, timeZone, policy, holidays }: Moment): Held | undefined {
  if (!isOutward(message) || message.urgent) return undefined
  const shut = shutUntil(now, timeZone, sendDaysOf(policy, message.purpose, message.channel), holidays)
  return shut ? { kind: 'wait', ...shut } : undefined
}

/**
 * What may wait comes when the person likes to be reached, within the hours that are permitted. Not what is urgent or answers
 * them, nor what belongs to an hour: the way to a report, an appointment that is near, whatever its deadline leaves no time for.
 */
function goodHours(message: Gated, person: Person, { now, timeZone, policy, holidays }: Moment): Held | undefined {
  const span = person.goodHours
  if (!span || !isOutward(message) || !isRationed(message) || message.mayWait === false) return undefined
  if (message.purpose === 'service' && message.topic !== 'follow-up') return undefined
  if (isWithin(minuteOfDay(now, timeZone) % 1440, span)) return undefined
  const send = sendDaysOf(policy, message.purpose, message.channel)
  const good = goodHoursFrom(now, { timeZone, span, send, holidays, notAfter: message.notAfter })
  return good && { kind: 'wait', reason: 'good-hours', until: good.at, saw: { from: good.from, to: good.to } }
}

function frequency(message: Gated, { sent }: Person, moment: Moment): Held | undefined {
  if (!isOutward(message) || !isRationed(message)) return undefined
  const full = fullCap(message, sent, moment.policy.caps, moment.now)
  if (!full) return undefined
  const { until, ...saw } = full
  return { kind: 'wait', until: opening(message, until, moment), reason: 'daily-limit', saw }
}

function share(message: Gated, { sent }: Person, moment: Moment): Held | undefined {
  if (!isOutward(message) || message.purpose !== 'promotion') return undefined
  const saw = overShare(message, sent, moment.policy.share, moment.now)
  if (!saw) return undefined
  const tomorrow = nextMorning(moment.now, moment.timeZone, moment.policy.hours.promotion)
  return { kind: 'wait', until: opening(message, tomorrow, moment), reason: 'promotion-share', saw }
}

/** Left out in the message centre as well: somebody who reads it there is no comparison. */
function comparison({ purpose, campaign }: Gated, person: Person, { holdoutPercent }: Moment): Held | undefined {
  if (purpose !== 'promotion' || !isHeldOut(campaign, person.id, holdoutPercent)) return undefined
  return suppressed('holdout', { campaign, percent: holdoutPercent })
}

function way(message: Gated, { hasAddress, right, whyNot }: Person): Held | undefined {
  if (!isOutward(message)) return undefined
  if (!hasAddress) return failed('no-address')
  return right === false ? failed('no-right', whyNot ? { why: whyNot } : {}) : undefined
}

function deadline({ notAfter }: Gated, _person: Person, moment: Moment): Held | undefined {
  return notAfter !== null && notAfter <= moment.now ? tooLate(notAfter, moment) : undefined
}

function tooLate(notAfter: Date, { timeZone }: Moment, because?: Reason): Held {
  const saw = { notAfter: dateIn(notAfter, timeZone), ...(because ? { because } : {}) }
  return { kind: 'end', state: 'expired', reason: 'too-late', saw }
}

function opening({ purpose, channel }: Gated, instant: Date, { timeZone, policy, holidays }: Moment): Date {
  return openFrom(instant, timeZone, sendDaysOf(policy, purpose, channel), holidays)
}
