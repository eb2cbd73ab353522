import { providerByCode, type PaceLimits, type Provider } from './provider.ts'

/** What one sender has left at one provider. Instants are ISO. */
export interface SavedPace {
  tokens: number
  at: string
  /** Nothing goes before this. */
  heldUntil?: string
  /** Throttles in a row: each makes the wait four times as long. */
  strikes?: number
  /** Fewer connections than usual, until then. */
  narrowTo?: number
  narrowUntil?: string
}

/** A plain object by key; whoever stores it need not look inside. */
export type SavedPaces = Record<string, SavedPace>

interface Pace {
  limits: PaceLimits
  tokens: number
  /** Of `tokens`, milliseconds. */
  at: number
  heldUntil: number
  strikes: number
  narrowTo: number
  narrowUntil: number
  onTheirWay: number
  /** The last instant that was promised to one sent away. */
  promised: number
}

export type PaceAnswer = { mayGo: true } | { mayGo: false; waitMs: number }

const GO: PaceAnswer = { mayGo: true }
const HOLD_MAX_MS = 24 * 3_600_000
const NARROW_MS = 3_600_000
/** How soon to ask again when only a connection is wanting: one of those on their way will have come back. */
const ASK_AGAIN_MS = 50

/** Names a bucket: one sender at one provider; domains of no known provider each have their own. */
export function paceKey(provider: Provider, domain: string, sender: string): string {
  const whose = provider.code === 'other' ? `other:${domain.toLowerCase()}` : provider.code
  return `${whose}|${sender.toLowerCase()}`
}

/**
 * Token buckets by provider and sender. Time is handed in, in milliseconds; the state outlives the process where the
 * caller stores what `save` gives.
 */
export class Paces {
  readonly #paces = new Map<string, Pace>()
  readonly #limitsOf: (provider: Provider) => PaceLimits

  /** @param limitsOf an organization's own limits where they differ from the table */
  constructor(saved: SavedPaces = {}, limitsOf: (provider: Provider) => PaceLimits = ({ limits }) => limits) {
    this.#limitsOf = limitsOf
    for (const [key, pace] of Object.entries(saved)) this.#paces.set(key, this.#restored(key, pace))
  }

  /** Takes a token and a connection, or says how long to wait. */
  tryTake(key: string, now: number): PaceAnswer {
    const pace = this.#paceOf(key, now)
    if (now < pace.heldUntil) return { mayGo: false, waitMs: pace.heldUntil - now }
    refill(pace, now)
    if (pace.tokens < 1)
      return { mayGo: false, waitMs: Math.ceil(((1 - pace.tokens) * 60_000) / pace.limits.perMinute) }
    if (pace.onTheirWay >= connectionsOf(pace, now)) return { mayGo: false, waitMs: ASK_AGAIN_MS }
    pace.tokens -= 1
    pace.onTheirWay += 1
    return GO
  }

  /** One that was taken is over; `unused` when it surely did not reach the provider. */
  release(key: string, { unused = false, accepted = false } = {}): void {
    const pace = this.#paces.get(key)
    if (!pace) return
    pace.onTheirWay = Math.max(0, pace.onTheirWay - 1)
    if (unused) pace.tokens = Math.min(pace.limits.burst, pace.tokens + 1)
    if (accepted) pace.strikes = 0
  }

  /** The provider said it was too much. @returns until when everything under the key waits */
  hold(key: string, now: number, minutes: number, narrows = false): number {
    const pace = this.#paceOf(key, now)
    // Several answers of the same moment are one strike.
    if (now >= pace.heldUntil) {
      const ms = Math.min(HOLD_MAX_MS, minutes * 60_000 * 4 ** Math.min(pace.strikes, 10))
      pace.strikes += 1
      pace.heldUntil = now + ms
      if (narrows) {
        pace.narrowTo = Math.max(1, Math.floor(connectionsOf(pace, now) / 2))
        pace.narrowUntil = pace.heldUntil + NARROW_MS
      }
    } else pace.heldUntil = Math.max(pace.heldUntil, now + minutes * 60_000)
    pace.tokens = 0
    pace.at = pace.heldUntil
    return pace.heldUntil
  }

  /** In how many milliseconds one may go that has `ahead` before it. */
  waitFor(key: string, now: number, ahead: number): number {
    const pace = this.#paceOf(key, now)
    if (now >= pace.heldUntil) refill(pace, now)
    const missing = ahead + 1 - pace.tokens
    const held = Math.max(0, pace.heldUntil - now)
    return held + (missing <= 0 ? 0 : Math.ceil((missing * 60_000) / pace.limits.perMinute))
  }

  /** A time for one that is sent away for now: one after the other, so that they do not all come back at once. */
  slotFor(key: string, now: number, ahead: number): number {
    const pace = this.#paceOf(key, now)
    const slot = Math.max(now + this.waitFor(key, now, ahead), pace.promised + 60_000 / pace.limits.perMinute)
    pace.promised = slot
    return slot
  }

  /** What must not be forgotten; buckets that are full and free say nothing and are left out. */
  save(now: number): SavedPaces {
    const saved: SavedPaces = {}
    for (const [key, pace] of this.#paces) {
      if (now >= pace.heldUntil) refill(pace, now)
      const isHeld = pace.heldUntil > now
      const isNarrow = pace.narrowUntil > now
      if (!isHeld && !isNarrow && pace.strikes === 0 && pace.tokens >= pace.limits.burst) {
        if (pace.onTheirWay === 0) this.#paces.delete(key)
        continue
      }
      saved[key] = {
        tokens: pace.tokens,
        at: new Date(pace.at).toISOString(),
        ...(isHeld ? { heldUntil: new Date(pace.heldUntil).toISOString() } : {}),
        ...(pace.strikes > 0 ? { strikes: pace.strikes } : {}),
        ...(isNarrow ? { narrowTo: pace.narrowTo, narrowUntil: new Date(pace.narrowUntil).toISOString() } : {}),
      }
    }
    return saved
  }

  #paceOf(key: string, now: number): Pace {
    let pace = this.#paces.get(key)
    if (!pace) {
      const limits = this.#limitsFor(key)
      pace = { ...REST, limits, tokens: limits.burst, at: now }
      this.#paces.set(key, pace)
    }
    return pace
  }

  #restored(key: string, saved: SavedPace): Pace {
    const limits = this.#limitsFor(key)
    return {
      ...REST,
      limits,
      tokens: Math.min(limits.burst, saved.tokens),
      at: Date.parse(saved.at),
      heldUntil: saved.heldUntil ? Date.parse(saved.heldUntil) : 0,
      strikes: saved.strikes ?? 0,
      narrowTo: saved.narrowTo ?? Infinity,
      narrowUntil: saved.narrowUntil ? Date.parse(saved.narrowUntil) : 0,
    }
  }

  #limitsFor(key: string): PaceLimits {
    return this.#limitsOf(providerByCode(key.slice(0, key.indexOf('|')).split(':', 1)[0]!))
  }
}

const REST = { heldUntil: 0, strikes: 0, narrowTo: Infinity, narrowUntil: 0, onTheirWay: 0, promised: 0 }

function connectionsOf(pace: Pace, now: number): number {
  return now < pace.narrowUntil ? Math.min(pace.narrowTo, pace.limits.connections) : pace.limits.connections
}

/** A clock that was set back gives nothing and takes nothing. */
function refill(pace: Pace, now: number): void {
  if (now <= pace.at) return
  pace.tokens = Math.min(pace.limits.burst, pace.tokens + ((now - pace.at) * pace.limits.perMinute) / 60_000)
  pace.at = now
}
