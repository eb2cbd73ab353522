import { instantAt } from '../../../../platform/clock.ts'
import { REFUSALS, type Refusal } from '../../../../platform/wechat/answer.ts'
import type { WeChatAnswer } from '../../../wechat/server/index.ts'
import type { Reason } from '../../contract/words.ts'
import type { Settled } from '../settle-store.ts'
import { ATTEMPTS_MAX, retryAt } from './retry.ts'
import { stopOfWeChat } from './stop.ts'

/** An account that is off or refused is mended by people: it is tried again after this, until the deadline. */
const ACCOUNT_PAUSE_MS = 30 * 60_000
/** Who has to confirm a message is asked by the room wechat; the ledger looks again so often. */
const WITH_STAFF_MS = 12 * 60 * 60_000

/** What becomes of a message and of the right that it holds. */
export interface PushSettled {
  settled: Settled
  /** `held`: the same message goes again with it. */
  right: 'used' | 'given-back' | 'held' | { refused: Refusal }
  /** Shut for this message: the next step of its ladder, where there is one. */
  nextWay: boolean
}

/** Why a message ended, in the words of the ledger. */
export const PUSH_REASONS: Record<Refusal, Reason> = {
  busy: 'temporary',
  'minute-quota': 'throttled',
  'daily-quota': 'throttled',
  token: 'temporary',
  credential: 'wechat-account',
  'no-permission': 'wechat-account',
  'unknown-recipient': 'address-unknown',
  'not-following': 'no-right',
  'user-limited': 'not-reached',
  'refused-by-recipient': 'refused-by-recipient',
  'window-closed': 'no-right',
  'window-used': 'no-right',
  'limit-reached': 'limit-reached',
  template: 'wechat-template',
  page: 'wechat-template',
  content: 'wechat-template',
  'risky-content': 'refused-content',
  'code-spent': 'refused',
  gone: 'in-doubt',
  other: 'refused',
}

/** Tomorrow at midnight in Beijing, when quotas of a day begin anew. */
function tomorrow(now: Date): Date {
  const today = new Date(now.getTime() + 8 * 3_600_000).toISOString().slice(0, 10)
  return instantAt(today, 24 * 60, 'Asia/Shanghai')
}

/** A message that was handed over: what it costs to wait, and whether another way is left. */
export interface PushTried {
  id: string
  attempt: number
  /** Its ladder goes on, and it is sure that nothing of the tries before went out. */
  hasNextWay?: boolean
  urgent?: boolean
  notAfter?: Date | null
}

/** What becomes of a message after the room wechat has answered. Pure. */
export function pushSettledOf(message: PushTried, answer: WeChatAnswer, now: Date): PushSettled {
  const { id, attempt } = message
  const base = { id, attempt, reply: '', reason: null, nextAt: null, uncertain: false }
  const done = (settled: Settled, right: PushSettled['right'], nextWay = false): PushSettled => ({
    settled,
    right,
    nextWay,
  })
  switch (answer.kind) {
    case 'accepted':
      return done({ ...base, state: 'accepted' }, 'used')
    case 'tasked':
      return done(
        { ...base, state: 'deferred', reason: 'with-staff', nextAt: new Date(now.getTime() + WITH_STAFF_MS) },
        'held',
      )
    case 'open':
      return done({ ...base, state: 'deferred', reason: 'in-doubt', nextAt: answer.askAt, uncertain: true }, 'held')
    case 'lost':
      return done({ ...base, state: 'failed', reason: 'in-doubt', reply: answer.reply, uncertain: true }, 'used')
    case 'undelivered':
      // Whether it went out will not be learned any more.
      if (answer.refusal === 'gone') return done({ ...base, state: 'failed', reason: 'in-doubt' }, 'used')
      return done({ ...base, state: 'failed', reason: PUSH_REASONS[answer.refusal] }, { refused: answer.refusal }, true)
    case 'refused':
      return refusedOf(message, answer, now)
  }
}

function refusedOf(
  message: PushTried,
  { refusal, reply }: Extract<WeChatAnswer, { kind: 'refused' }>,
  now: Date,
): PushSettled {
  const { id, attempt } = message
  const reason: Reason = refusal === 'account' ? 'wechat-account' : PUSH_REASONS[refusal]
  const base = { id, attempt, reply, reason, nextAt: null, uncertain: false }
  const wait = (nextAt: Date): PushSettled =>
    cannotWait(message, nextAt)
      ? { settled: { ...base, state: 'failed' }, right: 'given-back', nextWay: true }
      : { settled: { ...base, state: 'deferred', nextAt }, right: 'given-back', nextWay: false }
  const stop = stopOfWeChat(refusal)
  const fail = (nextWay: boolean): PushSettled => ({
    settled: { ...base, state: 'failed', ...(stop ? { stop } : {}) },
    right: refusal === 'account' ? 'given-back' : { refused: refusal },
    nextWay,
  })
  if (refusal === 'account') return wait(new Date(now.getTime() + ACCOUNT_PAUSE_MS))
  const rule: { then: string; afterMinutes?: number } = REFUSALS[refusal]
  switch (rule.then) {
    case 'again':
      return message.attempt < ATTEMPTS_MAX
        ? wait(retryAt(now, message.attempt, rule.afterMinutes ?? 1))
        : { settled: { ...base, state: 'failed', reason: 'gave-up' }, right: 'given-back', nextWay: true }
    case 'tomorrow':
      return wait(tomorrow(now))
    case 'alarm':
      return wait(new Date(now.getTime() + ACCOUNT_PAUSE_MS))
    default:
      // What a platform's censors have refused is read by a person before it goes anywhere.
      return fail(refusal !== 'risky-content')
  }
}

/** Whoever is in danger, and what would be too late by then, goes by the next way at once. */
function cannotWait({ hasNextWay, urgent, notAfter }: PushTried, nextAt: Date): boolean {
  return hasNextWay === true && (urgent === true || (notAfter != null && notAfter <= nextAt))
}
