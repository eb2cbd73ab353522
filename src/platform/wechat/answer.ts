/** What the servers of WeChat and WeCom refuse, by what it means for whoever asked; their codes are in `codes.json`. */
export const REFUSALS = {
  /** They are busy, or two calls met: the same again soon. */
  busy: { then: 'again', afterMinutes: 1 },
  'minute-quota': { then: 'again', afterMinutes: 2 },
  /** Quotas of a day begin anew at midnight in Beijing. */
  'daily-quota': { then: 'tomorrow' },
  /** Not even a new access token was taken. */
  token: { then: 'again', afterMinutes: 5 },
  /** Secret, appid or the address list is wrong: nothing goes out until a person has mended it. */
  credential: { then: 'alarm' },
  'no-permission': { then: 'alarm' },
  'unknown-recipient': { then: 'forget-address' },
  /** Does not follow, is no contact: another way reaches them. */
  'not-following': { then: 'other-way' },
  /** Their own account is frozen or closed, perhaps for a while: what they have allowed stands. */
  'user-limited': { then: 'other-way' },
  'refused-by-recipient': { then: 'withdraw-right' },
  'window-closed': { then: 'other-way' },
  'window-used': { then: 'other-way' },
  'limit-reached': { then: 'other-way' },
  /** The same to everybody would fail the same: a campaign stops, and its author mends it. */
  template: { then: 'mend' },
  page: { then: 'mend' },
  content: { then: 'mend' },
  /** Words that the platform does not let through: the same words by another way would be no better. */
  'risky-content': { then: 'mend' },
  /** A code that works once has been used, is too old or never was. */
  'code-spent': { then: 'give-up' },
  /** What is asked about is not there (any more): a mass message, a code to scan. */
  gone: { then: 'give-up' },
  other: { then: 'give-up' },
} as const satisfies Record<string, { then: Consequence; afterMinutes?: number }>

export type Consequence =
  | 'again'
  | 'tomorrow'
  | 'alarm'
  | 'forget-address'
  | 'other-way'
  | 'withdraw-right'
  | 'mend'
  | 'give-up'

export type Refusal = keyof typeof REFUSALS

/** What came of a call. Nothing is thrown for what another house's server may answer. */
export type Answer<T> =
  | { kind: 'ok'; value: T }
  | { kind: 'refused'; refusal: Refusal; code: number; text: string }
  /** Refused by our own knowledge of the rules before anything was sent. */
  | { kind: 'held-back'; refusal: Refusal; text: string }
  /** No answer. `uncertain`: it may have been taken nevertheless. */
  | { kind: 'unreachable'; text: string; uncertain: boolean }

export type NotOk = Exclude<Answer<never>, { kind: 'ok' }>

export function ok<T>(value: T): Answer<T> {
  return { kind: 'ok', value }
}

export function heldBack(refusal: Refusal, text: string): NotOk {
  return { kind: 'held-back', refusal, text }
}

/** What the sender should do about it. */
export function consequenceOf(answer: NotOk): { then: Consequence; afterMinutes?: number } {
  return answer.kind === 'unreachable' ? { then: 'again', afterMinutes: 2 } : REFUSALS[answer.refusal]
}
