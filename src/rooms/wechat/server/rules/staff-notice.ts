import { addDays, dateIn, instantAt, minuteOfDay } from '../../../../platform/clock.ts'
import { consequenceOf, type Answer } from '../../../../platform/wechat/answer.ts'
import type { StaffNotice } from '../../../../platform/wecom/contacts.ts'
import type { StaffTopic } from '../../contract/staff-notice.ts'

/** Nobody is called to their phone in the night for what waits until morning. */
const DAY_FROM = 7 * 60
const DAY_TO = 21 * 60
const MINUTE_MS = 60_000
const USELESS_AFTER_MS = 24 * 60 * MINUTE_MS
const ALARM_AFTER_MINUTES = 30

/** WeCom takes the same words of the same application to the same people for one message for so long. */
export const SAME_MESSAGE_MS = 30 * MINUTE_MS

/** When something is told, and from when on it is of no use any more. A result that somebody has to act on knows no night. */
export function whenToTell(topic: StaffTopic, now: Date, timeZone: string): { at: Date; notAfter: Date } {
  const today = dateIn(now, timeZone)
  const notAfter =
    topic === 'digest' ? instantAt(addDays(today, 1), 0, timeZone) : new Date(now.getTime() + USELESS_AFTER_MS)
  const minute = minuteOfDay(now, timeZone)
  if (topic === 'alert' || (minute >= DAY_FROM && minute < DAY_TO)) return { at: now, notAfter }
  return { at: instantAt(minute < DAY_FROM ? today : addDays(today, 1), DAY_FROM, timeZone), notAfter }
}

/** Many tasks that come at once are told of in one message; what leads to one thing is told by itself. */
export function isGathered(topic: StaffTopic): boolean {
  return topic === 'urgent-task'
}

export interface Settled {
  /** `claimed`: nobody knows what became of it; the same words are said again. */
  state: 'planned' | 'claimed' | 'accepted' | 'undelivered' | 'expired'
  nextAt: Date | null
  providerId: string | null
  refusal: string | null
  code: string | null
  reply: string
}

/** What becomes of a notice after WeCom's answer. */
export function settledOf(
  answer: Answer<StaffNotice>,
  { userId, notAfter, now }: { userId: string; notAfter: Date; now: Date },
): Settled {
  const base = { providerId: null, refusal: null, code: null, reply: '', nextAt: null }
  const again = (state: 'planned' | 'claimed', minutes: number, rest: Partial<Settled>): Settled => {
    const nextAt = new Date(now.getTime() + minutes * MINUTE_MS)
    return nextAt < notAfter ? { ...base, ...rest, state, nextAt } : { ...base, ...rest, state: 'expired' }
  }
  if (answer.kind === 'ok') {
    const { messageId, unknown, unlicensed } = answer.value
    // The answer names people in small letters, whatever was asked.
    const isAmong = (users: readonly string[]) => users.some((one) => one.toLowerCase() === userId.toLowerCase())
    if (isAmong(unknown)) return { ...base, state: 'undelivered', refusal: 'not-following', code: 'invaliduser' }
    if (isAmong(unlicensed)) return { ...base, state: 'undelivered', refusal: 'no-licence', code: 'unlicenseduser' }
    return { ...base, state: 'accepted', providerId: messageId || null }
  }
  const { then, afterMinutes = 60 } = consequenceOf(answer)
  if (answer.kind === 'unreachable')
    return again(answer.uncertain ? 'claimed' : 'planned', afterMinutes, { code: 'unreachable', reply: answer.text })
  const said = {
    refusal: answer.refusal,
    code: answer.kind === 'refused' ? String(answer.code) : 'held-back',
    reply: answer.text,
  }
  if (then === 'again' || then === 'tomorrow') return again('planned', afterMinutes, said)
  // Nothing goes by the account until somebody mends it; it is tried until the notice is of no use.
  if (then === 'alarm') return again('planned', ALARM_AFTER_MINUTES, said)
  return { ...base, ...said, state: 'undelivered' }
}
