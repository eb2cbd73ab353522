import { describe, expect, test } from 'vitest'
import { paceKey, Paces, type SavedPaces } from './paces.ts'
import { providerByCode, type PaceLimits } from './provider.ts'

const LIMITS: PaceLimits = { perMinute: 60, burst: 5, connections: 2, messagesPerConnection: 10 }
const T = Date.parse('2026-11-22T08:00:00Z')
const MINUTE = 60_000
const KEY = 'qq|example.org'
const paces = (saved: SavedPaces = {}, limits = { ...LIMITS, connections: 100 }) => new Paces(saved, () => limits)
/** How many may go at once. */
const burst = (pace: Paces, now: number, key = KEY) => {
  let count = 0
  while (count < 1000 && pace.tryTake(key, now).mayGo) count += 1
  return count
}

describe('token buckets', () => {
  test('a burst, then the rate, and never more than a burst saved up', () => {
    const pace = paces()
    expect(burst(pace, T)).toBe(5)
    expect(pace.tryTake(KEY, T)).toEqual({ mayGo: false, waitMs: 1000 })
    expect(burst(pace, T + 999)).toBe(0)
    expect(burst(pace, T + 1000)).toBe(1)
    expect(burst(pace, T + 3500)).toBe(2)
    expect(burst(pace, T + 60 * MINUTE)).toBe(5)
  })

  test('in the long run the rate, whatever the moments of asking', () => {
    const pace = paces()
    let gone = 0
    for (let at = 0; at < 10 * MINUTE; at += 37) {
      if (!pace.tryTake(KEY, T + at).mayGo) continue
      gone += 1
      pace.release(KEY)
    }
    expect(gone).toBeGreaterThanOrEqual(600)
    expect(gone).toBeLessThanOrEqual(605)
  })

  test('no more on their way at once than connections', () => {
    const pace = paces({}, LIMITS)
    expect(burst(pace, T)).toBe(2)
    pace.release(KEY)
    expect(burst(pace, T)).toBe(1)
    pace.release(KEY, { unused: true })
    pace.release(KEY, { unused: true })
    // What came back unused is there again: three were taken, two given back.
    expect(burst(pace, T)).toBe(2)
  })

  test('providers and senders apart; domains of nobody known apart from each other', () => {
    const pace = paces()
    const [qq, other] = [providerByCode('qq'), providerByCode('other')]
    const keys = [
      paceKey(qq, 'qq.com', 'a.org'),
      paceKey(qq, 'qq.com', 'b.org'),
      paceKey(other, 'x.com', 'a.org'),
      paceKey(other, 'y.com', 'a.org'),
    ]
    expect(keys.map((key) => burst(pace, T, key))).toEqual([5, 5, 5, 5])
    expect(paceKey(qq, 'foxmail.com', 'a.org')).toBe(keys[0])
  })

  test('a clock that is set back neither gives nor takes', () => {
    const pace = paces()
    expect(burst(pace, T)).toBe(5)
    expect(burst(pace, T - 60 * MINUTE)).toBe(0)
    expect(burst(pace, T + 2000)).toBe(2)
  })
})

describe('held by the provider', () => {
  test('nothing goes until then, then slowly; each time in a row four times as long, a day at most', () => {
    const pace = paces()
    let now = T
    for (const minutes of [15, 60, 240, 960, 1440, 1440]) {
      const until = pace.hold(KEY, now, 15)
      expect(until - now).toBe(minutes * MINUTE)
      expect(pace.tryTake(KEY, until - 1)).toMatchObject({ mayGo: false })
      expect(burst(pace, until)).toBe(0)
      expect(burst(pace, until + 1000)).toBe(1)
      now = until + 1000
    }
    pace.release(KEY, { accepted: true })
    expect(pace.hold(KEY, now, 15) - now).toBe(15 * MINUTE)
  })

  test('many answers of one moment are one strike, and the longest of them counts', () => {
    const pace = paces()
    pace.hold(KEY, T, 15)
    expect(pace.hold(KEY, T + 100, 15)).toBe(T + 100 + 15 * MINUTE)
    expect(pace.hold(KEY, T + 200, 60)).toBe(T + 200 + 60 * MINUTE)
    expect(pace.save(T + 300)[KEY]).toMatchObject({
      strikes: 1,
      heldUntil: new Date(T + 200 + 60 * MINUTE).toISOString(),
    })
  })

  test('too many connections: half as many, for an hour after', () => {
    const pace = paces({}, { ...LIMITS, connections: 4 })
    const until = pace.hold(KEY, T, 10, true)
    expect(burst(pace, until + 10_000)).toBe(2)
    expect(burst(paces(pace.save(until + 20_000), { ...LIMITS, connections: 4 }), until + 20_000)).toBe(2)
    expect(burst(pace, until + 2 * 60 * MINUTE)).toBe(2)
  })

  test('those sent away are given times one after the other', () => {
    const pace = paces()
    burst(pace, T)
    expect([0, 0, 0].map((ahead) => pace.slotFor(KEY, T, ahead) - T)).toEqual([1000, 2000, 3000])
    expect(pace.waitFor(KEY, T, 9)).toBe(10_000)
    pace.hold(KEY, T, 10)
    expect(pace.waitFor(KEY, T, 0)).toBe(10 * MINUTE + 1000)
  })
})

describe('kept across restarts', () => {
  test('what is saved goes on where it was, as plain JSON', () => {
    const pace = paces()
    burst(pace, T)
    pace.hold('netease|example.org', T, 30, true)
    const saved = JSON.parse(JSON.stringify(pace.save(T))) as SavedPaces
    const again = paces(saved)
    expect(burst(again, T)).toBe(0)
    expect(burst(again, T + 2000)).toBe(2)
    expect(again.tryTake('netease|example.org', T + 29 * MINUTE).mayGo).toBe(false)
    expect(again.hold('netease|example.org', T + 31 * MINUTE, 30) - T).toBe(151 * MINUTE)
    expect(paces(saved).save(T)).toEqual(saved)
  })

  test('what is full and free is forgotten', () => {
    const pace = paces()
    pace.tryTake(KEY, T)
    pace.release(KEY, { accepted: true })
    expect(Object.keys(pace.save(T))).toEqual([KEY])
    expect(pace.save(T + MINUTE)).toEqual({})
  })

  test('a table with a smaller burst than was saved: the smaller counts', () => {
    const saved = { [KEY]: { tokens: 900, at: new Date(T).toISOString() } }
    expect(burst(paces(saved), T)).toBe(5)
  })
})
