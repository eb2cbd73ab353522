/**
 * Shares as this house tells them: with how many they are of, and with what is not known. A share of fewer than
 * `PERCENT_MIN` is no percentage; a difference names nobody better below `WINNER_MIN` on either side.
 */
export const PERCENT_MIN = 30
export const WINNER_MIN = 100

/** The 97.5 % point of the normal distribution: intervals are of 95 %. */
const Z = 1.959964

export interface Share {
  count: number
  n: number
  /** Of 1, with its 95 % interval (Wilson 1927); null below `PERCENT_MIN`. */
  share: number | null
  low: number | null
  high: number | null
}

/** @throws RangeError when there are more than all, or fewer than none */
export function shareOf(count: number, n: number): Share {
  if (!(count >= 0 && count <= n)) throw new RangeError(`${count} of ${n} is no share`)
  if (n < PERCENT_MIN) return { count, n, share: null, low: null, high: null }
  const p = count / n
  const middle = p + (Z * Z) / (2 * n)
  const half = Z * Math.sqrt((p * (1 - p)) / n + (Z * Z) / (4 * n * n))
  const scale = 1 + (Z * Z) / n
  return { count, n, share: p, low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) }
}

export interface Difference {
  /** First minus second, in shares of 1, with its 95 % interval (Newcombe 1998, method 10); null below `PERCENT_MIN`. */
  difference: number | null
  low: number | null
  high: number | null
  /** Only where both groups are large enough and the interval leaves nought out. */
  better: 'first' | 'second' | null
}

export function differenceOf(first: Share, second: Share): Difference {
  if (first.share === null || second.share === null) return { difference: null, low: null, high: null, better: null }
  const difference = first.share - second.share
  const low = difference - Math.hypot(first.share - first.low!, second.high! - second.share)
  const high = difference + Math.hypot(first.high! - first.share, second.share - second.low!)
  const isLarge = Math.min(first.n, second.n) >= WINNER_MIN
  const better = !isLarge || (low <= 0 && high >= 0) ? null : difference > 0 ? 'first' : 'second'
  return { difference, low, high, better }
}
