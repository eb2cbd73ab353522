import type { Cap, CapScope, MessagePolicy } from '../../contract/rule.ts'
import type { Channel, Purpose } from '../../contract/words.ts'

/** A message that has left the house for somebody, or is just leaving it. */
export interface Sent {
  id: string
  /** What it was about: told by several channels it is one thing that somebody was told. */
  touch: string
  channel: Channel
  purpose: Purpose
  at: Date
  /** Neither a clinical alert nor an answer to what they asked for. */
  rationed: boolean
}

/** How far back any rule looks: the longest window there may be (contract/rule.ts). */
export const RATION_DAYS = 90
const DAY_MS = 86_400_000
const SPANS = { day: 1, week: 7, month: 30 } as const satisfies Record<keyof Cap, number>

/** How far back these rules look for messages of these purposes: what is older need not be read. */
export function rationDaysOf(
  { caps, share }: Pick<MessagePolicy, 'caps' | 'share'>,
  purposes: ReadonlySet<Purpose>,
): number {
  const scopes = (['all', 'care', 'promotion'] as const).filter((scope) => scope === 'all' || purposes.has(scope))
  const spans = (Object.entries(SPANS) as [keyof Cap, number][]).filter(([span]) =>
    scopes.some((scope) => caps[scope][span] !== null),
  )
  const counts = purposes.has('promotion') && share.percent < 100
  return Math.max(0, ...spans.map(([, days]) => days), counts ? share.days : 0)
}

export interface Full {
  scope: CapScope
  sent: number
  most: number
  days: number
  /** When enough of them have fallen out of the window for one more. */
  until: Date
}

/**
 * Which limit of a person is reached, the one that lasts longest; undefined when there is room for one more. What counts is
 * what a person is told, by whichever channels: the ways of WeChat are not three allowances, and a mail with its short
 * message is one thing.
 */
export function fullCap(
  message: { touch: string; purpose: Purpose },
  sent: readonly Sent[],
  caps: MessagePolicy['caps'],
  now: Date,
): Full | undefined {
  const scopes: CapScope[] = message.purpose === 'service' ? ['all'] : ['all', message.purpose]
  const counted = toldOf(
    sent.filter((one) => one.rationed),
    message.touch,
  )
  let longest: Full | undefined
  for (const scope of scopes) {
    const ofScope = scope === 'all' ? counted : counted.filter(({ purpose }) => purpose === scope)
    for (const [span, days] of Object.entries(SPANS) as [keyof Cap, number][]) {
      const most = caps[scope][span]
      if (most === null) continue
      const since = now.getTime() - days * DAY_MS
      const within = ofScope.filter(({ at }) => at.getTime() > since)
      if (within.length < most) continue
      const until = new Date(within[most - 1]!.at.getTime() + days * DAY_MS)
      if (!longest || until > longest.until) longest = { scope, sent: within.length, most, days, until }
    }
  }
  return longest
}

/** Each thing that was told, once, the newest first; in-house it is looked up and not told, and what is at hand does not count. */
function toldOf(sent: readonly Sent[], touch: string): Sent[] {
  const newestFirst = sent
    .filter((one) => one.channel !== 'in-app' && one.touch !== touch)
    .toSorted((a, b) => b.at.getTime() - a.at.getTime())
  const seen = new Set<string>()
  return newestFirst.filter((one) => seen.size < seen.add(one.touch).size)
}

/** Whether one more promotion would be too large a share of all that a person gets; undefined when it would not. */
export function overShare(
  message: { touch: string },
  sent: readonly Sent[],
  { percent, days }: MessagePolicy['share'],
  now: Date,
): { promotional: number; all: number; percent: number; days: number } | undefined {
  if (percent >= 100) return undefined
  const since = now.getTime() - days * DAY_MS
  const within = toldOf(sent, message.touch).filter(({ at }) => at.getTime() > since)
  const promotional = within.filter(({ purpose }) => purpose === 'promotion').length
  const isOver = (promotional + 1) * 100 > percent * (within.length + 1)
  return isOver ? { promotional, all: within.length, percent, days } : undefined
}
