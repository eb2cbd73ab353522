import type { Device } from '../contract/words.ts'

/** A date of birth has few values: after so many wrong ones the link is locked, and staff give another. */
export const TRIES = 5

/** How long a link works that stands in a message, unless whoever sends it says otherwise. */
export const MESSAGE_DAYS = 30
/** A code on a screen is scanned at once or not at all. */
export const CODE_DAYS = 1

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/**
 * How long a session lasts, unused and at most. On a phone that is not said to be the person's own it ends like one of a
 * bank; on their own, daily check-ins of a plan keep it alive, and after 30 days the link and the date are asked again.
 */
const LIMITS = {
  passing: { idleMs: 30 * MINUTE_MS, mostMs: 8 * 60 * MINUTE_MS },
  staying: { idleMs: 3 * DAY_MS, mostMs: 30 * DAY_MS },
}

const limitsOf = (stays: boolean) => LIMITS[stays ? 'staying' : 'passing']

export function sessionEndsAt(stays: boolean, openedAt: Date): Date {
  return new Date(openedAt.getTime() + limitsOf(stays).mostMs)
}

export interface SessionTimes {
  stays: boolean
  lastSeenAt: Date
  expiresAt: Date
}

/** Whether a session has run out, by idleness or by age. */
export function isSessionOver({ stays, lastSeenAt, expiresAt }: SessionTimes, now: Date): boolean {
  return now >= expiresAt || now.getTime() - lastSeenAt.getTime() > limitsOf(stays).idleMs
}

export function wayEndsAt(days: number, now: Date): Date {
  return new Date(now.getTime() + days * DAY_MS)
}

/** Pages of patients begin with `/my`; nothing else may stand behind a link, or it would lead anywhere. */
export function isOwnPage(page: string): boolean {
  return /^\/my(?:\/[a-z0-9-]+){0,2}$/.test(page)
}

/** What staff see of the browser: enough to tell the person's phone from a computer at work. */
export function deviceOf(userAgent: string): Device {
  return /mobile|android|iphone|ipad|harmony|micromessenger/i.test(userAgent) ? 'phone' : 'computer'
}

/**
 * The patient's cookie. Lax: a link in a mail finds its reader signed in; another site's form brings no cookie along.
 * @param seconds how long the browser keeps it; undefined: until it is closed; 0: takes it away
 */
export function patientCookie(token: string, { isSecure, seconds }: { isSecure: boolean; seconds?: number }): string {
  const age = seconds === undefined ? '' : `; Max-Age=${seconds}`
  return `peiban_patient=${token}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${age}`
}
