import { STAGES, type Stage } from '../contract/words.ts'

/** Everybody begins here. */
export const FIRST: Stage = STAGES[0]

const rankOf = (stage: Stage | null): number => (stage === null ? -1 : STAGES.indexOf(stage))

export function isForward(from: Stage | null, to: Stage): boolean {
  return rankOf(to) > rankOf(from)
}

/**
 * Where rules bring somebody: the furthest stage whose rule holds, if it lies ahead. Rules never lead back, and whoever
 * stands nowhere yet begins at the beginning.
 * @returns undefined when they stay where they are
 */
export function furthest(from: Stage | null, holding: readonly Stage[]): Stage | undefined {
  const ahead = holding.filter((stage) => isForward(from, stage)).toSorted((a, b) => rankOf(b) - rankOf(a))[0]
  return ahead ?? (from === null ? FIRST : undefined)
}

/** Whether rules leave somebody alone on this day. */
export function rests(restsUntil: string | null, today: string): boolean {
  return restsUntil !== null && restsUntil > today
}
