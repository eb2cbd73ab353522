import { expect, test } from 'vitest'
import { securityPolicy } from '../../organization/contract/settings.ts'
import { createAttemptLimiter } from './attempt-limiter.ts'

const policy = securityPolicy.parse({})
const at = (minutes: number) => new Date(Date.parse('2026-03-02T02:00:00Z') + minutes * 60_000)

test('an address has sixty wrong guesses in fifteen minutes, and is told how long to wait', () => {
  const limiter = createAttemptLimiter()
  for (let n = 0; n < 60; n++) expect(limiter.takeFrom('10.0.0.1', at(n / 60))).toBeUndefined()
  expect(limiter.takeFrom('10.0.0.1', at(5))).toBe(600)
  expect(limiter.takeFrom('10.0.0.2', at(5))).toBeUndefined()
  expect(limiter.takeFrom('10.0.0.1', at(15))).toBeUndefined()
})

test('right guesses do not count: a whole clinic may sit behind one address', () => {
  const limiter = createAttemptLimiter()
  for (let n = 0; n < 500; n++) {
    expect(limiter.takeFrom('10.0.0.1', at(0))).toBeUndefined()
    limiter.giveBack('10.0.0.1')
  }
})

test('a login that does not exist locks like a real one', () => {
  const limiter = createAttemptLimiter()
  const locked = Array.from({ length: 6 }, () => limiter.takeUnknown('o/niemand', policy, at(0)).isLocked)
  expect(locked).toEqual([false, false, false, false, false, true])
  expect(limiter.takeUnknown('o/jemand', policy, at(0)).isLocked).toBe(false)
  expect(limiter.takeUnknown('o/niemand', policy, at(15)).isLocked).toBe(false)
})

test('nobody can fill its memory: the oldest entries go first', () => {
  const limiter = createAttemptLimiter()
  for (let n = 0; n < 60; n++) limiter.takeFrom('first', at(0))
  for (let n = 0; n < 20_000; n++) limiter.takeFrom(`10.${n}`, at(0))
  expect(limiter.takeFrom('first', at(0))).toBeUndefined()
})
