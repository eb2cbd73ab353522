import type { SecurityPolicy } from '../../organization/contract/settings.ts'
import { ADMINISTRATORS } from '../contract/permissions.ts'
import type { SignInStep } from '../contract/sign-in.ts'

const DAY_MS = 86_400_000

export interface SignInFacts {
  secondFactorAt: Date | null
  totpConfirmedAt: Date | null
  passwordSetAt: Date | null
  passwordExpires: boolean
  roles: readonly string[]
}

/** What a session still owes before it is let in. Demonstration accounts (`passwordExpires` false) are only advised. */
export function owedStep(facts: SignInFacts, policy: SecurityPolicy, now: Date): SignInStep | null {
  if (facts.totpConfirmedAt && !facts.secondFactorAt) return 'second-factor'
  const expiresAt = passwordExpiresAt(facts, policy)
  if (expiresAt && expiresAt <= now) return 'change-password'
  if (!facts.secondFactorAt && facts.passwordExpires && wantsSecondFactor(facts.roles, policy)) return 'set-up-second-factor'
  return null
}

/** Null when it does not expire. */
export function passwordExpiresAt(facts: Pick<SignInFacts, 'passwordSetAt' | 'passwordExpires'>, policy: SecurityPolicy): Date | null {
  if (!facts.passwordExpires || !facts.passwordSetAt) return null
  return new Date(facts.passwordSetAt.getTime() + policy.passwordDaysMax * DAY_MS)
}

/** The three administrators have to show a second factor (GB/T 22239 level 3), all others if the policy says so. */
export function wantsSecondFactor(roles: readonly string[], policy: SecurityPolicy): boolean {
  return policy.secondFactorForAll || ADMINISTRATORS.some((role) => roles.includes(role))
}

export interface SessionTimes {
  createdAt: Date
  lastSeenAt: Date
}

/** Whether a session has run out, by idleness or by age; the policy of the moment counts, not that of its beginning. */
export function isSessionOver({ createdAt, lastSeenAt }: SessionTimes, policy: SecurityPolicy, now: Date): boolean {
  return (
    now.getTime() - lastSeenAt.getTime() > policy.idleMinutes * 60_000 ||
    now.getTime() - createdAt.getTime() > policy.sessionHours * 3_600_000
  )
}

const CLASSES = [/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/]
/** How many of the four classes a password has to mix. */
const CLASSES_MIN = 3

/** Whether a password may be used: long enough, three of four classes, and not built around the login. */
export function isStrongPassword(password: string, login: string, policy: Pick<SecurityPolicy, 'passwordLengthMin'>): boolean {
  return (
    [...password].length >= policy.passwordLengthMin &&
    CLASSES.filter((kind) => kind.test(password)).length >= CLASSES_MIN &&
    !password.toLowerCase().includes(login.toLowerCase())
  )
}

/** How many former passwords a new one must differ from. */
export const PASSWORD_HISTORY = 5

export interface Failures {
  count: number
  since: Date | null
  lockedUntil: Date | null
}

export type Attempt = { isLocked: true; until: Date } | { isLocked: false; after: Failures }

/**
 * Takes one of the guesses that are allowed within the lock's time. The guess is counted before it is looked at, so
 * that many at once cannot all slip through; a right one gives its place back. The same rule stands as SQL in
 * `takeAttempt`; this one serves logins that do not exist, which must lock like any other.
 */
export function takeGuess(failures: Failures, policy: SecurityPolicy, now: Date): Attempt {
  if (failures.lockedUntil && failures.lockedUntil > now) return { isLocked: true, until: failures.lockedUntil }
  const windowMs = policy.lockMinutes * 60_000
  const isFresh = failures.lockedUntil !== null || !failures.since || now.getTime() - failures.since.getTime() >= windowMs
  const count = isFresh ? 1 : failures.count + 1
  return {
    isLocked: false,
    after: {
      count,
      since: isFresh ? now : failures.since,
      lockedUntil: count >= policy.failuresMax ? new Date(now.getTime() + windowMs) : null,
    },
  }
}

/** The session cookie. Lax: a link in a mail opens Peiban signed in; another site's form brings no cookie along. */
export function sessionCookie(token: string, isSecure: boolean): string {
  return `peiban_session=${token}; Path=/; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}${token ? '' : '; Max-Age=0'}`
}
