import type { Bilingual } from '../../../../platform/contract/index.ts'

const MINUTE_MS = 60_000

/** Longer than a recogniser may take over one call; then another worker may take it up. */
export const LEASE_MS = 30 * MINUTE_MS

/** A server that is away for a night is waited for. */
const PAUSES_MS = [5, 30, 120, 480, 1440].map((minutes) => minutes * MINUTE_MS)

/** When it is tried again after so many tries; undefined: not any more by itself. */
export function nextTry(attempts: number, now: Date): Date | undefined {
  const pause = PAUSES_MS[attempts - 1]
  return pause === undefined ? undefined : new Date(now.getTime() + pause)
}

/**
 * Whether a line tells, in both languages, that the call becomes text: who is not told has not agreed to it (PIPL §14, §17:
 * another way of processing is told of and agreed to anew).
 */
export function tellsOfText({ zh, en }: Bilingual): boolean {
  return /文字/.test(zh) && /\b(text|writing|transcri\w+|written)\b/i.test(en)
}
