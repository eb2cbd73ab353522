import { providerOf } from '../../../../platform/mail/pace/provider.ts'
import { verdictOf, type Verdict, type VerdictClass } from '../../../../platform/mail/pace/verdict.ts'
import type { MailOutcome } from '../../../../platform/mail/transport.ts'
import type { Reason } from '../../contract/words.ts'
import type { Settled } from '../settle-store.ts'
import { ATTEMPTS_MAX, retryAt } from './retry.ts'
import { stopOfMail } from './stop.ts'

type Tried = { id: string; attempt: number }
type Refused = Exclude<MailOutcome, { kind: 'accepted' }>

/** After a login that is refused the server is asked again this often: somebody has to mend it. */
const LOGIN_PAUSE_MS = 5 * 60_000
/** What a provider holds against us as we stand is mended by people: until then each try makes it worse. */
const POLICY_MINUTES = 60

/** Why a message ended, in the words of the ledger; what is not here is tried again. */
const ENDS: Partial<Record<VerdictClass, Reason>> = {
  'hard-bounce': 'address-unknown',
  complaint: 'refused-by-recipient',
  content: 'refused-content',
  refused: 'refused',
}

/** What becomes of a message after the mail transport has answered. Pure. @param to whom it went to, for its provider */
export function mailSettledOf({ id, attempt }: Tried, outcome: MailOutcome, to: string, now: Date): Settled {
  const base = { id, attempt, reply: outcome.reply, nextAt: null, uncertain: false }
  if (outcome.kind === 'accepted') return { ...base, state: 'accepted', reason: null }
  const free = outcome.kind === 'deferred' ? freeOf(outcome, now) : undefined
  if (free) return { ...base, ...free, isFree: true }
  if (outcome.kind === 'deferred' && outcome.code === undefined) {
    // A broken connection says nothing about the address; only an answer is read for its meaning.
    const uncertain = outcome.uncertain === true
    return attempt < ATTEMPTS_MAX
      ? {
          ...base,
          uncertain,
          state: 'deferred',
          reason: 'unreachable',
          nextAt: later(retryAt(now, attempt, 5), outcome),
        }
      : { ...base, uncertain, state: 'failed', reason: 'gave-up' }
  }
  const verdict = verdictOfOutcome(outcome, to)
  const stop = stopOfMail(verdict, to)
  const answered = stop ? { ...base, stop } : base
  const end = isToTryAgain(outcome, verdict) ? undefined : ENDS[verdict.class]
  if (end) return { ...answered, state: 'failed', reason: end }
  if (attempt >= ATTEMPTS_MAX) return { ...answered, state: 'failed', reason: 'gave-up' }
  const isPolicy = verdict.class === 'policy'
  const soonest = retryAt(
    now,
    attempt,
    isPolicy ? Math.max(POLICY_MINUTES, verdict.retryMinutes) : verdict.retryMinutes,
  )
  return {
    ...answered,
    state: 'deferred',
    reason: isPolicy ? 'sender-refused' : 'temporary',
    nextAt: later(soonest, outcome),
  }
}

function later(soonest: Date, outcome: Refused): Date {
  const notBefore = outcome.kind === 'deferred' ? outcome.notBefore : null
  return notBefore && notBefore > soonest ? notBefore : soonest
}

/** What never came near the server is no try: it waits for its turn, for a login that is mended, or for another look. */
function freeOf(
  { unsent, notBefore }: Extract<MailOutcome, { kind: 'deferred' }>,
  now: Date,
): Pick<Settled, 'state' | 'reason' | 'nextAt'> | undefined {
  switch (unsent) {
    case 'paced':
      return { state: 'deferred', reason: 'throttled', nextAt: notBefore ?? new Date(now.getTime() + 60_000) }
    case 'login':
      return { state: 'deferred', reason: 'mail-login', nextAt: new Date(now.getTime() + LOGIN_PAUSE_MS) }
    case 'recalled':
    case 'closed':
      return { state: 'planned', reason: null, nextAt: now }
    default:
      return undefined
  }
}

/** A 4xx that no rule knows, or a meaning that says so whatever its first digit. */
function isToTryAgain({ kind }: Refused, { isTemporary, class: meaning }: Verdict): boolean {
  return isTemporary || (kind === 'deferred' && meaning !== 'hard-bounce')
}

/** What an answer means by the rules of whoever keeps the mailbox: the transport's own reading, or one made here. */
export function verdictOfOutcome(outcome: Refused, to: string): Verdict {
  if (outcome.verdict) return outcome.verdict
  return verdictOf(providerOf(to.slice(to.lastIndexOf('@') + 1)), answerIn(outcome))
}

/** Some transports put words of their own before what the server said. */
function answerIn({ reply, code }: Pick<Refused, 'reply' | 'code'>): string {
  const found = /(?:^|[\s:])([45]\d\d[ -].*)$/s.exec(reply)?.[1]
  return found ?? (code === undefined ? reply : `${code} ${reply}`)
}

/** An answer of which only the words are left: that of a journal. */
export function outcomeOfReply(reply: string): Refused {
  const code = Number(/^\d{3}/.exec(reply)?.[0] ?? 0)
  return code >= 400 && code < 500 ? { kind: 'deferred', reply, code } : { kind: 'rejected', reply, code }
}
