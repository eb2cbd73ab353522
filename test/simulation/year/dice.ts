/** Chance from a seed (mulberry32), so that a year can be lived again. */
export class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** From 0 up to 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let t = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }

  /** A whole number, both ends included. */
  from(low: number, high: number): number {
    return low + Math.floor(this.next() * (high - low + 1))
  }

  happens(chance: number): boolean {
    return this.next() < chance
  }

  one<T>(of: readonly T[]): T | undefined {
    return of[Math.floor(this.next() * of.length)]
  }

  /** One of several by weight. */
  weighted<T>(of: readonly (readonly [weight: number, value: T])[]): T {
    let left = this.next() * of.reduce((sum, [weight]) => sum + weight, 0)
    for (const [weight, value] of of) if ((left -= weight) < 0) return value
    return of.at(-1)![1]
  }
}
