import type { AttemptChannel, AttemptOutcome } from '../../contract/words.ts'

export interface Tried {
  channel: AttemptChannel
  outcome: AttemptOutcome
}

/** Nobody answered: what counts towards losing contact. A relative who answers, or a refusal, is an answer. */
const VAIN: readonly AttemptOutcome[] = ['no-answer', 'busy', 'switched-off', 'wrong-number']

export function isVain(outcome: AttemptOutcome): boolean {
  return VAIN.includes(outcome)
}

/** How far a telephone call came: 0 it was none, 1 nobody answered, 2 a relative did, 3 the person was on the line, 4 and went on talking. */
export function reachOf({ channel, outcome }: Tried): 0 | 1 | 2 | 3 | 4 {
  if (channel !== 'phone') return 0
  if (outcome === 'reached') return 4
  if (outcome === 'refused' || outcome === 'call-back') return 3
  return outcome === 'family-answered' ? 2 : 1
}

export interface AttemptVerdict {
  /** Vain tries since somebody last answered. */
  vain: number
  channels: number
  /** So many on so many channels: contact is lost, and the owner decides. */
  lost: boolean
}

/** @param tried oldest first */
export function judgeAttempts(tried: readonly Tried[], limits: { most: number; channels: number }): AttemptVerdict {
  const answered = tried.findLastIndex((one) => !isVain(one.outcome))
  const vain = tried.slice(answered + 1)
  const channels = new Set(vain.map((one) => one.channel)).size
  return { vain: vain.length, channels, lost: vain.length >= limits.most && channels >= limits.channels }
}

/** Whether one more try on a channel has to say why: contact is lost, or the tries are spent and the channel is no new one. */
export function needsReason(
  tried: readonly Tried[],
  channel: AttemptChannel,
  limits: { most: number; channels: number },
): boolean {
  const verdict = judgeAttempts(tried, limits)
  if (verdict.lost) return true
  const vain = tried.slice(tried.length - verdict.vain)
  return verdict.vain >= limits.most && vain.some((one) => one.channel === channel)
}
