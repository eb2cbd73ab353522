import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

/** Makes ids. UUIDv7: ordered by time, so that new rows land at the end of an index. */
export interface Ids {
  next<T extends string = string>(): T
}

export function uuidV7Ids(clock: Clock): Ids {
  const random = randomPool()
  return { next: <T extends string>() => uuidV7(clock.now().getTime(), random()) as T }
}

/** Ten random bytes at a time out of a few thousand: one call into the system serves hundreds of ids. */
function randomPool(): () => Buffer {
  let pool = Buffer.alloc(0)
  let at = 0
  return () => {
    if (at + 10 > pool.length) {
      pool = randomBytes(5120)
      at = 0
    }
    return pool.subarray(at, (at += 10))
  }
}

/** Ids that repeat for the same seed: for tests whose answers are compared. */
export function countingIds(prefix = 0): Ids {
  let count = prefix
  return { next: <T extends string>() => `00000000-0000-7000-8000-${(++count).toString(16).padStart(12, '0')}` as T }
}

function uuidV7(millisecond: number, random: Buffer): string {
  random[0] = (random[0]! & 0x0f) | 0x70
  random[2] = (random[2]! & 0x3f) | 0x80
  const hex = Math.trunc(millisecond).toString(16).padStart(12, '0') + random.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
