import { describe, expect, test } from 'vitest'
import { securityPolicy } from '../../organization/contract/settings.ts'
import { isSessionOver, isStrongPassword, owedStep, passwordExpiresAt, sessionCookie, takeGuess, wantsSecondFactor, type Failures } from './rules.ts'

const policy = securityPolicy.parse({})
const now = new Date('2026-03-02T02:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)
const DAY = 24 * 60

describe('what a session owes', () => {
  const nurse = { secondFactorAt: null, totpConfirmedAt: null, passwordSetAt: ago(DAY), passwordExpires: true, roles: ['service-manager'] }
  test.each([
    ['a nurse without second factor', {}, null],
    ['a nurse who has set one', { totpConfirmedAt: ago(DAY) }, 'second-factor'],
    ['a nurse who has shown it', { totpConfirmedAt: ago(DAY), secondFactorAt: now }, null],
    ['a password of 89 days', { passwordSetAt: ago(89 * DAY) }, null],
    ['a password of 90 days', { passwordSetAt: ago(90 * DAY) }, 'change-password'],
    ['the second factor comes before the old password', { passwordSetAt: ago(91 * DAY), totpConfirmedAt: ago(DAY) }, 'second-factor'],
    ['an administrator without second factor', { roles: ['audit-administrator'] }, 'set-up-second-factor'],
    ['a demonstration administrator', { roles: ['audit-administrator'], passwordExpires: false }, null],
    ['a demonstration password of a year', { passwordSetAt: ago(365 * DAY), passwordExpires: false }, null],
  ] as const)('%s', (_name, change, step) => expect(owedStep({ ...nurse, ...change }, policy, now)).toBe(step))

  test('everybody has to show a second factor where the policy says so', () => {
    const strict = securityPolicy.parse({ secondFactorForAll: true })
    expect(owedStep(nurse, strict, now)).toBe('set-up-second-factor')
    expect(wantsSecondFactor(['physician'], policy)).toBe(false)
  })

  test('a shorter life of passwords counts for those that exist', () => {
    expect(passwordExpiresAt(nurse, securityPolicy.parse({ passwordDaysMax: 30 }))?.toISOString()).toBe('2026-03-31T02:00:00.000Z')
  })
})

test.each([
  [29, 29, false],
  [30, 30, false],
  [60, 31, true],
  [719, 5, false],
  [721, 5, true],
])('a session of %i minutes, idle for %i: over %s', (age, idle, over) =>
  expect(isSessionOver({ createdAt: ago(age), lastSeenAt: ago(idle) }, policy, now)).toBe(over),
)

test.each([
  ['Peiban-2026', true],
  ['abcdefg1', false],
  ['Abcdefg1', true],
  ['abcdef1!', true],
  ['Ab1!', false],
  ['ABCDEFGH', false],
  ['李素珍Li2026', true],
  ['Lisuzhen-2026', false],
  ['x-LISUZHEN-1', false],
])('%s as a password of lisuzhen: %s', (password, accepted) => expect(isStrongPassword(password, 'lisuzhen', policy)).toBe(accepted))

test('the house may ask for twelve characters', () => {
  const strict = securityPolicy.parse({ passwordLengthMin: 12 })
  expect(isStrongPassword('Peiban-2026', 'lisuzhen', strict)).toBe(false)
  expect(isStrongPassword('Peiban-2026!', 'lisuzhen', strict)).toBe(true)
})

describe('guessing', () => {
  const none: Failures = { count: 0, since: null, lockedUntil: null }
  const guess = (failures: Failures, at: Date) => {
    const attempt = takeGuess(failures, policy, at)
    return attempt.isLocked ? failures : attempt.after
  }

  test('the fifth guess within fifteen minutes locks for fifteen', () => {
    let failures = none
    for (let n = 1; n <= 4; n++) failures = guess(failures, now)
    expect(failures).toMatchObject({ count: 4, lockedUntil: null })
    failures = guess(failures, now)
    expect(failures.lockedUntil?.toISOString()).toBe('2026-03-02T02:15:00.000Z')
    expect(takeGuess(failures, policy, now)).toEqual({ isLocked: true, until: failures.lockedUntil })
  })

  test('after the lock one begins anew', () => {
    const locked = { count: 5, since: ago(20), lockedUntil: ago(1) }
    expect(guess(locked, now)).toEqual({ count: 1, since: now, lockedUntil: null })
  })

  test('old failures are forgotten', () => expect(guess({ count: 4, since: ago(15), lockedUntil: null }, now).count).toBe(1))
  test('young ones are not', () => expect(guess({ count: 3, since: ago(14), lockedUntil: null }, now).count).toBe(4))
})

test('the cookie is out of reach of scripts and other sites, and travels encrypted where it can', () => {
  expect(sessionCookie('t', true)).toBe('peiban_session=t; Path=/; HttpOnly; SameSite=Lax; Secure')
  expect(sessionCookie('', false)).toBe('peiban_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0')
})
