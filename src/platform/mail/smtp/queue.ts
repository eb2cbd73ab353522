import type { Paces } from '../pace/paces.ts'
import type { Job } from './job.ts'

/** Asked again after this at the latest, though a bucket may name a longer wait. */
const LOOK_AGAIN_MS = 5_000

/**
 * What waits, one line for each bucket, so that a provider that takes little holds up nobody else. Lines take turns.
 */
export class PacedQueue {
  readonly #lines = new Map<string, Job[]>()
  readonly #paces: Paces | null
  #size = 0

  constructor(paces: Paces | null) {
    this.#paces = paces
  }

  get size(): number {
    return this.#size
  }

  /** How many wait in one line. */
  ahead(key: string): number {
    return this.#lines.get(key)?.length ?? 0
  }

  add(job: Job): void {
    const line = this.#lines.get(job.key)
    if (line) line.push(job)
    else this.#lines.set(job.key, [job])
    this.#size += 1
  }

  /** What came back goes first. */
  addInFront(job: Job): void {
    const line = this.#lines.get(job.key)
    if (line) line.unshift(job)
    else this.#lines.set(job.key, [job])
    this.#size += 1
  }

  /** One that may go at this moment, or in how many milliseconds to ask again; null when nothing waits. */
  take(now: number): Job | { waitMs: number } | null {
    let waitMs = Infinity
    for (const [key, line] of this.#lines) {
      const answer = this.#paces && key !== '' ? this.#paces.tryTake(key, now) : { mayGo: true as const }
      if (!answer.mayGo) {
        waitMs = Math.min(waitMs, answer.waitMs)
        continue
      }
      const job = line.shift()!
      // To the end of the round.
      this.#lines.delete(key)
      if (line.length > 0) this.#lines.set(key, line)
      this.#size -= 1
      return job
    }
    return waitMs === Infinity ? null : { waitMs: Math.min(waitMs, LOOK_AGAIN_MS) }
  }

  /** Takes out what is not to wait any longer: one line, or all. */
  drain(key?: string): Job[] {
    const keys = key === undefined ? [...this.#lines.keys()] : [key]
    const jobs = keys.flatMap((one) => this.#lines.get(one) ?? [])
    for (const one of keys) this.#lines.delete(one)
    this.#size -= jobs.length
    return jobs
  }
}
