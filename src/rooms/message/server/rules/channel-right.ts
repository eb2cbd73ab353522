/** Channels on which an address is not enough: the person must have given a right to be written to. */
export const PUSH_CHANNELS = ['wechat-template', 'wechat-notice', 'wechat-chat', 'mini-notice', 'wecom-mass'] as const
export type PushChannel = (typeof PUSH_CHANNELS)[number]

/** What a right rests on, by channel, and whether a person of the staff has to confirm each message. */
export const RIGHT_MODELS: Record<
  PushChannel,
  { model: 'following' | 'consent' | 'window' | 'contact'; confirmed: boolean }
> = {
  'wechat-template': { model: 'following', confirmed: false },
  'wechat-notice': { model: 'consent', confirmed: false },
  'wechat-chat': { model: 'window', confirmed: false },
  'mini-notice': { model: 'consent', confirmed: false },
  'wecom-mass': { model: 'contact', confirmed: true },
}

/**
 * Mass messages that a customer gets from us in a calendar month. The platform's own limit was 4 a month and is, since 2025,
 * as many as the month has days (developer.work.weixin.qq.com/document/path/92135): ours stays, for their peace.
 */
export const MASS_PER_MONTH = 4

/** One right of one account. */
export interface Right {
  accountId: string
  /** `wechat:<appid>`, `wecom:<corpid>`. */
  app: string
  channel: PushChannel
  /** The platform's template; '' where the right is not bound to one. */
  template: string
  basis: string
  /** Null: as often as one likes. */
  left: number | null
  closesAt: Date | null
  withdrawnAt: Date | null
}

/** What changes about an account's rights when something happens; instants as ISO text, since it is kept as proof. */
export type RightChange =
  | { change: 'grant'; channel: PushChannel; template: string; basis: string; count: number | null }
  | { change: 'open'; channel: PushChannel; basis: string; count: number; closesAt: string }
  /** Without a basis or template: all of them. */
  | { change: 'withdraw'; channel: PushChannel; template?: string; basis?: string }

/** A step of a ladder: a channel and, where that has templates of its own, the platform's template. */
export interface Rung {
  channel: string
  template?: string
}

export type WhyNot =
  | 'no-address'
  | 'not-known-there'
  | 'not-following'
  | 'no-contact'
  | 'consent-missing'
  | 'consent-withdrawn'
  | 'consent-used'
  | 'window-closed'
  | 'window-used'
  | 'month-full'

/** What is known of a person's ways at this moment. */
export interface Reach {
  rights: readonly Right[]
  /** Mass messages taken in this calendar month, by account. */
  massThisMonth: ReadonlyMap<string, number>
  /** Of channels that need an address only: whether there is one. */
  hasAddress: (channel: string) => boolean
}

export type RungVerdict = { ok: true; right: Right | null; needsStaff: boolean } | { ok: false; because: WhyNot }

export function isPush(channel: string): channel is PushChannel {
  return (PUSH_CHANNELS as readonly string[]).includes(channel)
}

/** Whether this step may be used now, by which right; otherwise why not. */
export function rungVerdict({ channel, template = '' }: Rung, reach: Reach, now: Date): RungVerdict {
  if (!isPush(channel))
    return reach.hasAddress(channel)
      ? { ok: true, right: null, needsStaff: false }
      : { ok: false, because: 'no-address' }
  const { model, confirmed } = RIGHT_MODELS[channel]
  // Only consents are given for a template; the others let any of the account's templates through.
  const bound = model === 'consent' ? template : ''
  const mine = reach.rights.filter((right) => right.channel === channel && right.template === bound)
  if (mine.length === 0) return { ok: false, because: MISSING[model] }
  const standing = mine.filter(({ withdrawnAt }) => withdrawnAt === null)
  if (standing.length === 0) return { ok: false, because: WITHDRAWN[model] }
  const open = standing.filter(({ closesAt }) => closesAt === null || closesAt > now)
  if (open.length === 0) return { ok: false, because: 'window-closed' }
  const left = open.filter((right) => right.left === null || right.left > 0)
  if (left.length === 0) return { ok: false, because: model === 'window' ? 'window-used' : 'consent-used' }
  const free = left.filter(
    ({ accountId }) => model !== 'contact' || (reach.massThisMonth.get(accountId) ?? 0) < MASS_PER_MONTH,
  )
  const [first] = free.toSorted(bySparingness)
  return first ? { ok: true, right: first, needsStaff: confirmed } : { ok: false, because: 'month-full' }
}

const MISSING = {
  following: 'not-known-there',
  consent: 'consent-missing',
  window: 'window-closed',
  contact: 'not-known-there',
} as const
const WITHDRAWN = {
  following: 'not-following',
  consent: 'consent-withdrawn',
  window: 'window-closed',
  contact: 'no-contact',
} as const

/** What closes first goes first; a right without end is kept for last only beside one that would be lost. */
export function bySparingness(a: Right, b: Right): number {
  const close = (right: Right) => right.closesAt?.getTime() ?? Infinity
  if (close(a) !== close(b)) return close(a) < close(b) ? -1 : 1
  return (a.left ?? -1) - (b.left ?? -1)
}

/** The first step of a ladder that may be used now, and why those before it may not. */
export function chooseRung(
  ladder: readonly Rung[],
  reach: Reach,
  now: Date,
): { chosen: (Rung & { right: Right | null; needsStaff: boolean }) | null; skipped: (Rung & { because: WhyNot })[] } {
  const skipped: (Rung & { because: WhyNot })[] = []
  for (const rung of ladder) {
    const verdict = rungVerdict(rung, reach, now)
    if (verdict.ok) return { chosen: { ...rung, right: verdict.right, needsStaff: verdict.needsStaff }, skipped }
    skipped.push({ ...rung, because: verdict.because })
  }
  return { chosen: null, skipped }
}
