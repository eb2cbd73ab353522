import type { SecurityPolicy } from '../../organization/contract/settings.ts'
import { takeGuess, type Attempt, type Failures } from './rules.ts'

/** How many wrong guesses one address has in a window. A clinic behind one router shares it, so it is generous. */
const ADDRESS_FAILURES_MAX = 60
const ADDRESS_WINDOW_MS = 15 * 60_000
/** Keys kept at most; the oldest is forgotten first, so that nobody can fill the memory. */
const KEYS_MAX = 20_000

/**
 * Counts guesses in the memory of this process: by address, and for logins that do not exist, which must lock like
 * real ones so that nobody learns which are real. What protects an account itself is counted in its row.
 */
export interface AttemptLimiter {
  /** Counts a guess from an address. @returns seconds to wait when it has had too many, else undefined */
  takeFrom(address: string, now: Date): number | undefined
  /** A right guess does not count. */
  giveBack(address: string): void
  /** Counts a guess at a login that does not exist. */
  takeUnknown(login: string, policy: SecurityPolicy, now: Date): Attempt
}

export function createAttemptLimiter(): AttemptLimiter {
  const addresses = new Map<string, { count: number; since: number }>()
  const unknown = new Map<string, Failures>()
  return {
    takeFrom(address, now) {
      const at = now.getTime()
      const known = addresses.get(address)
      const entry = known && at - known.since < ADDRESS_WINDOW_MS ? known : { count: 0, since: at }
      if (entry.count >= ADDRESS_FAILURES_MAX) return Math.ceil((entry.since + ADDRESS_WINDOW_MS - at) / 1000)
      keep(addresses, address, { ...entry, count: entry.count + 1 })
      return undefined
    },
    giveBack(address) {
      const entry = addresses.get(address)
      if (entry) entry.count = Math.max(0, entry.count - 1)
    },
    takeUnknown(login, policy, now) {
      const attempt = takeGuess(unknown.get(login) ?? { count: 0, since: null, lockedUntil: null }, policy, now)
      if (!attempt.isLocked) keep(unknown, login, attempt.after)
      return attempt
    },
  }
}

function keep<T>(entries: Map<string, T>, key: string, value: T): void {
  entries.delete(key)
  entries.set(key, value)
  if (entries.size > KEYS_MAX) entries.delete(entries.keys().next().value!)
}
