import type { Verdict } from '../pace/verdict.ts'

/** One mail for one person. */
export interface Letter {
  /** Names it in the journal and in the outcome; printable ASCII without blanks, such as its Message-ID. */
  id: string
  /** Where bounces go; empty for none. */
  from: string
  to: string
  /** The whole mail; a function is asked when a connection is about to take it, so that only a few stand in memory. */
  content: Buffer | (() => Buffer | Promise<Buffer>)
  /** Asked before it goes on the line and once more before its dot; false, and it comes back as `recalled`. */
  isWanted?: () => boolean
}

/** Where in a mail's conversation the server gave its answer. */
export type Stage = 'greeting' | 'mail' | 'rcpt' | 'data' | 'final'

export interface Answer {
  /** Code and text as the server said them. */
  reply: string
  code: number
  stage: Stage
}

export type LetterOutcome =
  /** The server has taken it over. */
  | ({ kind: 'accepted' } & Answer)
  /** The server said no and will say it again. */
  | ({ kind: 'refused'; verdict: Verdict } & Answer)
  /** The server said no, and another time it may say yes: `verdict.retryMinutes`. */
  | ({ kind: 'deferred'; verdict: Verdict } & Answer)
  /** All of it was handed over and the answer never came: the server may have taken it. Only a person or a rule decides. */
  | { kind: 'in-doubt'; reason: string }
  /** Surely not sent: it can be sent again without a doubt. */
  | { kind: 'unsent'; why: UnsentReason; reason: string; notBefore: Date | null }

export type UnsentReason =
  /** Nobody there, or no conversation came about. */
  | 'unreachable'
  /** Its provider gets no more for now; `notBefore` says until when. */
  | 'paced'
  /** The server does not let us in with our login: somebody has to mend that. */
  | 'login'
  /** Nobody wants it sent any more: see `isWanted`. */
  | 'recalled'
  /** The pool was closed. */
  | 'closed'
  /** It cannot be put on the line: address, size, or building it failed. */
  | 'unfit'
