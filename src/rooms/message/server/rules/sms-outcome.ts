import type { SmsClass } from '../../../../platform/sms/provider.ts'
import type { SmsAnswer } from '../../../sms/server/index.ts'
import type { Reason } from '../../contract/words.ts'
import type { Settled } from '../settle-store.ts'
import { ATTEMPTS_MAX, retryAt } from './retry.ts'
import { stopOfSms } from './stop.ts'

/** An account that is off, unknown or empty is mended by people: it is tried again after this, until the deadline. */
const ACCOUNT_PAUSE_MS = 30 * 60_000

/** Why a short message ended, in the words of the ledger. */
export const SMS_REASONS: Record<SmsClass, Reason> = {
  throttled: 'throttled',
  'bad-number': 'address-unknown',
  blacklisted: 'refused-by-recipient',
  unreachable: 'not-reached',
  template: 'sms-template',
  signature: 'sms-template',
  content: 'refused-content',
  auth: 'sms-account',
  balance: 'sms-account',
  fault: 'temporary',
}

/** What becomes of a message after the room of short messages has answered. Pure. */
export function smsSettledOf(message: { id: string; attempt: number }, answer: SmsAnswer, now: Date): Settled {
  const { id, attempt } = message
  const base = { id, attempt, reply: '', reason: null, nextAt: null, uncertain: false }
  if (answer.kind === 'open')
    return { ...base, state: 'deferred', reason: 'in-doubt', nextAt: answer.askAt, uncertain: true }
  if (answer.kind === 'lost')
    return { ...base, state: 'failed', reason: 'in-doubt', reply: answer.reply, uncertain: true }
  if (answer.kind === 'undelivered') return { ...base, state: 'failed', reason: SMS_REASONS[answer.class] }
  if (answer.kind !== 'refused') return { ...base, state: 'accepted', reply: answer.kind }
  const refused = { ...base, reply: answer.reply, reason: SMS_REASONS[answer.class] }
  const wait = (until: Date): Settled => ({ ...refused, state: 'deferred', nextAt: until })
  if (answer.class === 'throttled') return wait(answer.notBefore ?? new Date(now.getTime() + 60_000))
  if (answer.class === 'auth' || answer.class === 'balance') return wait(new Date(now.getTime() + ACCOUNT_PAUSE_MS))
  if (answer.class === 'fault')
    return attempt < ATTEMPTS_MAX ? wait(retryAt(now, attempt, 5)) : { ...refused, state: 'failed', reason: 'gave-up' }
  const stop = stopOfSms(answer.class, answer.code)
  return { ...refused, state: 'failed', ...(stop ? { stop } : {}) }
}
