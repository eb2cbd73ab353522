/**
 * A small seeded generator (sfc32 by Chris Doty-Humphrey, public domain; passes PractRand), chosen because its state
 * is four 32-bit words: reseeding one object per patient costs nothing, so every patient can own a stream and
 * patient k is the same whatever slice is generated. Not for secrets.
 */
export class Random {
  private a = 0
  private b = 0
  private c = 0
  private counter = 1
  private spare = 0
  private hasSpare = false

  /** A stream of its own for the three numbers; equal numbers give an equal stream. */
  constructor(seed: number, index = 0, purpose = 0) {
    this.reseed(seed, index, purpose)
  }

  /** Starts the stream of (seed, index, purpose) in this object; `purpose` keeps e.g. names apart from blood values. */
  reseed(seed: number, index: number, purpose: number): this {
    this.a = mix(seed ^ 0x9e3779b9)
    this.b = mix(this.a ^ index)
    this.c = mix(this.b ^ Math.imul(purpose + 1, 0x85ebca6b))
    this.counter = 1
    this.hasSpare = false
    // sfc32 needs about 12 rounds before seeds that differ in one bit look unrelated.
    for (let round = 0; round < 12; round++) this.uint32()
    return this
  }

  /** An integer from 0 to 2^32 - 1. */
  uint32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0
    this.counter = (this.counter + 1) | 0
    this.a = this.b ^ (this.b >>> 9)
    this.b = (this.c + (this.c << 3)) | 0
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0
    return sum >>> 0
  }

  /** A number from 0 (included) to 1 (excluded). */
  unit(): number {
    return this.uint32() / 4294967296
  }

  /** True with the given probability. */
  chance(probability: number): boolean {
    return this.unit() < probability
  }

  /** A number from `low` (included) to `high` (excluded). */
  between(low: number, high: number): number {
    return low + (high - low) * this.unit()
  }

  /** An integer from `low` to `high`, both included. */
  integer(low: number, high: number): number {
    return low + Math.floor((high - low + 1) * this.unit())
  }

  /** A draw of the standard normal distribution (Box–Muller; the second of each pair is kept for the next call). */
  normal(): number {
    if (this.hasSpare) {
      this.hasSpare = false
      return this.spare
    }
    const radius = Math.sqrt(-2 * Math.log(1 - this.unit()))
    const angle = 2 * Math.PI * this.unit()
    this.spare = radius * Math.sin(angle)
    this.hasSpare = true
    return radius * Math.cos(angle)
  }

  /** A waiting time with the given mean. */
  exponential(mean: number): number {
    return -mean * Math.log(1 - this.unit())
  }

  /** A count with the given mean (Knuth's product method: meant for means below about 30). */
  poisson(mean: number): number {
    const limit = Math.exp(-mean)
    let count = 0
    for (let product = this.unit(); product > limit; product *= this.unit()) count++
    return count
  }

  /** One element, all equally likely. Throws on an empty list. */
  choice<T>(values: readonly T[]): T {
    if (values.length === 0) throw new Error('choice from an empty list')
    return values[Math.floor(values.length * this.unit())] as T
  }
}

/** Murmur3's finaliser: spreads one changed bit over all 32. */
export function mix(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) | 0
}

export type Sampler<T> = (random: Random) => T

/**
 * A sampler that draws each value with probability proportional to its weight, in constant time (Walker's alias
 * method): one table is built per list, millions of draws are made from it. Throws when no weight is positive.
 */
export function weighted<T>(pairs: ReadonlyArray<readonly [T, number]>): Sampler<T> {
  const total = pairs.reduce((sum, [, weight]) => sum + weight, 0)
  if (!(total > 0)) throw new Error('weights must sum to more than 0')
  const size = pairs.length
  const values = pairs.map(([value]) => value)
  const share = pairs.map(([, weight]) => (weight / total) * size)
  const alias = new Int32Array(size)
  const small: number[] = []
  const large: number[] = []
  share.forEach((probability, at) => (probability < 1 ? small : large).push(at))
  while (small.length > 0 && large.length > 0) {
    const low = small.pop() as number
    const high = large.pop() as number
    alias[low] = high
    share[high] = (share[high] as number) + (share[low] as number) - 1
    ;((share[high] as number) < 1 ? small : large).push(high)
  }
  // What is left differs from 1 by rounding only.
  for (const at of [...small, ...large]) share[at] = 1
  const threshold = Float64Array.from(share)
  return (random) => {
    const at = Math.floor(size * random.unit())
    return values[random.unit() < (threshold[at] as number) ? at : (alias[at] as number)] as T
  }
}
