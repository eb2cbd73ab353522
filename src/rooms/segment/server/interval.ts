/** Below so many no percentage is shown (figures-and-refusals.md). */
export const SHARE_FROM = 30

/** Standard normal quantile of 97.5 %. */
const Z = 1.959964

/**
 * A share in percent with its 95 % interval by Wilson (1927), which keeps within 0 and 100 for small numbers as well.
 * @returns null where there are too few
 */
export function shareOf(part: number, whole: number): { percent: number; low: number; high: number } | null {
  if (whole < SHARE_FROM) return null
  const p = part / whole
  const z2 = (Z * Z) / whole
  const middle = (p + z2 / 2) / (1 + z2)
  const half = (Z / (1 + z2)) * Math.sqrt((p * (1 - p)) / whole + z2 / (4 * whole))
  const round = (share: number) => Math.round(share * 1000) / 10
  return { percent: round(p), low: round(Math.max(0, middle - half)), high: round(Math.min(1, middle + half)) }
}
