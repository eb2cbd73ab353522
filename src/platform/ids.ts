import { randomBytes } from 'node:crypto'
import type { Clock } from './clock.ts'

/** Makes ids. UUIDv7: ordered by time, so that new rows land at the end of an index. */
export interface Ids {
  next<T extends string = string>(): T
}

/**
 * Within one millisecond the twelve bits behind it count, from a random start in their lower half: what one process made
 * one after the other sorts that way too, which is the order in which events are delivered. Beyond 4,095 the next
 * millisecond is lent (RFC 9562, 6.2, method 1).
 */
export function uuidV7Ids(clock: Clock): Ids {
  const random = randomPool()
  let millisecond = -Infinity
  let count = 0
  return {
    next: <T extends string>() => {
      const now = clock.now().getTime()
      const bytes = random()
      if (now > millisecond || millisecond - now > SET_BACK_MS) {
        millisecond = now
        count = bytes.readUInt16BE(0) & 0x7ff
      } else if (++count > 0xfff) {
        millisecond += 1
        count = 0
      }
      return uuidV7(millisecond, count, bytes) as T
    },
  }
}

/** A clock that is further behind than this was set back, and counts. */
const SET_BACK_MS = 60_000

/** A place in a list that was sent back: what is no id begins the list anew, as no place does. */
export function idOf(cursor: string | undefined): string | undefined {
  return cursor !== undefined && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(cursor) ? cursor : undefined
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

function uuidV7(millisecond: number, count: number, random: Buffer): string {
  random.writeUInt16BE(0x7000 | count, 0)
  random[2] = (random[2]! & 0x3f) | 0x80
  const hex = Math.trunc(millisecond).toString(16).padStart(12, '0') + random.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
