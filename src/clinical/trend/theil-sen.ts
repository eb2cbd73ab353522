/** A slope with the interval that holds it in 95 of 100 cases; without one where the points are too few to tell. */
export interface Slope {
  slope: number
  low?: number
  high?: number
}

/**
 * Theil–Sen estimate: the median slope of all pairs, which one wild value does not move. The interval is Sen's, from
 * Kendall's S (exact to 40 points, normal beyond); it begins to exist at five points.
 * Sources: Sen PK, J Am Stat Assoc 1968;63:1379-1389; Conover, Practical Nonparametric Statistics.
 * `xs` must be distinct. Undefined below two points.
 */
export function theilSen(xs: readonly number[], ys: readonly number[]): Slope | undefined {
  if (xs.length < 2) return undefined
  const slopes = new Float64Array((xs.length * (xs.length - 1)) / 2)
  let pair = 0
  for (let i = 0; i < xs.length; i += 1) {
    for (let j = i + 1; j < xs.length; j += 1) slopes[pair++] = (ys[j]! - ys[i]!) / (xs[j]! - xs[i]!)
  }
  slopes.sort()
  const reach = kendallQuantile(xs.length)
  const rank = Math.floor((slopes.length - reach) / 2)
  if (rank < 1) return { slope: median(slopes) }
  return { slope: median(slopes), low: slopes[rank - 1]!, high: slopes[slopes.length - rank]! }
}

/** Median of sorted numbers. */
function median(sorted: Float64Array): number {
  const middle = sorted.length / 2
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!
}

/** Of each number of points once: a page asks for a hundred indicators of the same exams. */
const quantiles = new Map<number, number>()

/** Smallest w with P(S > w) ≤ 0.025 for n points without ties. */
export function kendallQuantile(n: number): number {
  const known = quantiles.get(n) ?? quantileOf(n)
  quantiles.set(n, known)
  return known
}

function quantileOf(n: number): number {
  const pairs = (n * (n - 1)) / 2
  if (n > 40) return 1.959964 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  // chance[k] of k inversions among n, built one point at a time; S = pairs − 2k
  let chance = [1]
  for (let size = 2; size <= n; size += 1) {
    const next = Array.from({ length: (size * (size - 1)) / 2 + 1 }, () => 0)
    chance.forEach((p, k) => {
      for (let added = 0; added < size; added += 1) next[k + added]! += p / size
    })
    chance = next
  }
  let tail = 0
  for (let k = 0; k < chance.length; k += 1) {
    tail += chance[k]!
    if (tail > 0.025) return pairs - 2 * k
  }
  return pairs
}
