/** A code lives ten minutes and bears five tries. */
export const CODE_MINUTES = 10
export const CODE_TRIES = 5

/** Per phone: one a minute, five an hour, ten a day; the limits Chinese SMS providers themselves keep for codes. */
const LIMITS = [
  { seconds: 60, most: 1 },
  { seconds: 3600, most: 5 },
  { seconds: 86_400, most: 10 },
] as const

/**
 * How long one must wait before another code may go to a phone.
 * @param sent when codes went there within the last day
 * @returns seconds, 0 when one may go now
 */
export function secondsToWait(sent: readonly Date[], now: Date): number {
  const ages = sent.map((at) => (now.getTime() - at.getTime()) / 1000).toSorted((a, b) => a - b)
  const waits = LIMITS.map(({ seconds, most }) => {
    // The oldest of the `most` latest has to leave the window.
    const deciding = ages[most - 1]
    return deciding === undefined || deciding >= seconds ? 0 : Math.ceil(seconds - deciding)
  })
  return Math.max(0, ...waits)
}

/** Six digits from chance. @param chance at least twelve hexadecimal digits */
export function codeFrom(chance: string): string {
  return (BigInt(`0x${chance.slice(-12)}`) % 1_000_000n).toString().padStart(6, '0')
}
