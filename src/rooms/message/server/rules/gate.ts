import type { Channel, GuardianReason, MessageState, Purpose, Reason } from '../../contract/words.ts'
import { nextMorning, quietUntil, type Hours } from './quiet-hours.ts'

/** What is known of the person at the moment of sending. */
export interface Person {
  state: 'active' | 'deceased' | 'merged'
  /** Under 14 on this day. */
  isChild: boolean
  hasGuardian: boolean
  /** A child with an address of its own, to which nothing goes, and none of the guardian's. */
  ownAddressOnly: boolean
  optedOut: boolean
  /** What they ticked when the card was opened; undefined while nobody has asked. */
  consent: { service?: boolean | undefined; promotion?: boolean | undefined }
  /** A tag stands that asks for no promotion: 勿扰, 危急. */
  quiet: boolean
  /** Mails that have gone out to them in 24 hours and in 7 days. */
  sentDay: number
  sentWeek: number
  hasAddress: boolean
  addressIsBad: boolean
}

export interface Gated {
  channel: Channel
  purpose: Purpose
  urgent: boolean
  notAfter: Date | null
}

export interface Moment {
  now: Date
  timeZone: string
  hours: Hours
  perDay: number
  perWeek: number
}

export type Verdict =
  | { kind: 'send' }
  | { kind: 'end'; state: Extract<MessageState, 'suppressed' | 'expired' | 'failed'>; reason: Reason }
  | { kind: 'wait'; until: Date; reason: Reason }

const suppressed = (reason: Reason): Verdict => ({ kind: 'end', state: 'suppressed', reason })
const failed = (reason: Reason): Verdict => ({ kind: 'end', state: 'failed', reason })

/**
 * Whether a message may go now. The order is that of importance: what the person wants stands before what is
 * convenient. The words themselves are judged afterwards, when they are rendered.
 */
export function judge(message: Gated, person: Person, moment: Moment): Verdict {
  if (person.state === 'deceased') return suppressed('deceased')
  if (person.state === 'merged') return suppressed('merged')
  const refusal = refusalOf(message, person)
  if (refusal) return suppressed(refusal)
  const outward = message.channel !== 'in-app'
  const lack = person.isChild ? lackOf(person, outward) : undefined
  // Not the child instead: it waits, and somebody is asked to enter the guardian.
  if (lack && !isTooLate(message, moment))
    return { kind: 'wait', until: nextMorning(moment.now, moment.timeZone, moment.hours), reason: lack }
  const quiet = outward && !message.urgent ? quietUntil(moment.now, moment.timeZone, moment.hours) : null
  if (quiet) return { kind: 'wait', until: quiet, reason: 'quiet-hours' }
  if (isTooLate(message, moment)) return { kind: 'end', state: 'expired', reason: 'too-late' }
  if (!outward) return { kind: 'send' }
  if (!person.hasAddress) return failed('no-address')
  if (person.addressIsBad) return failed('address-unknown')
  if (!message.urgent && (person.sentDay >= moment.perDay || person.sentWeek >= moment.perWeek))
    return { kind: 'wait', until: nextMorning(moment.now, moment.timeZone, moment.hours), reason: 'daily-limit' }
  return { kind: 'send' }
}

const isTooLate = ({ notAfter }: Gated, { now }: Moment) => notAfter !== null && notAfter <= now

function lackOf({ hasGuardian, ownAddressOnly }: Person, outward: boolean): GuardianReason | undefined {
  if (!hasGuardian) return 'guardian-missing'
  return outward && ownAddressOnly ? 'guardian-address-missing' : undefined
}

function refusalOf({ channel, purpose }: Gated, person: Person): Reason | undefined {
  if (person.optedOut) return 'opted-out'
  // The message centre is the person's own place; a consent is about being written to.
  if (channel === 'in-app' && purpose !== 'promotion') return undefined
  if (purpose !== 'promotion') return person.consent.service === false ? 'consent-withheld' : undefined
  if (person.quiet) return 'quiet-tag'
  // 消费者权益保护法 §29, 广告法 §43: no promotion without having been asked for it.
  return person.consent.promotion === true ? undefined : 'consent-missing'
}
