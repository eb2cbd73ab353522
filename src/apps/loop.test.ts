import { Writable } from 'node:stream'
import { afterEach, expect, test, vi } from 'vitest'
import { createLogger, silent } from '../platform/log.ts'
import { startLoop, type Loop } from './loop.ts'

const HOUR_MS = 3_600_000
const loops: Loop[] = []
afterEach(() => Promise.all(loops.splice(0).map((loop) => loop.stop())))

/** A loop that says when it looked. */
function looking(
  pauseMs: number,
  look: (count: number, rest: () => void) => number | Promise<number>,
  log = silent,
): Loop & { looks: number[] } {
  const looks: number[] = []
  const loop = startLoop({ log }, 'test', pauseMs, async (rest) => look(looks.push(performance.now()), rest))
  loops.push(loop)
  return { ...loop, looks }
}
const until = (condition: () => void) => vi.waitFor(condition, { timeout: 20_000, interval: 5 })

test('looks at once while there is something, then waits', async () => {
  const { looks } = looking(HOUR_MS, (count) => (count < 5 ? 1 : 0))
  await until(() => expect(looks).toHaveLength(5))
  expect(looks[4]! - looks[0]!).toBeLessThan(HOUR_MS / 1000)
})

test('looks again after its pause', async () => {
  const { looks } = looking(30, () => 0)
  await until(() => expect(looks.length).toBeGreaterThan(3))
  const pauses = looks.slice(1).map((at, n) => at - looks[n]!)
  expect(Math.min(...pauses)).toBeGreaterThan(25)
})

test('a wake ends the pause', async () => {
  const loop = looking(HOUR_MS, () => 0)
  await until(() => expect(loop.looks).toHaveLength(1))
  loop.wake()
  await until(() => expect(loop.looks).toHaveLength(2))
})

test('a wake in the middle of a look is not lost', async () => {
  let finish = (): void => {}
  const loop = looking(HOUR_MS, (count) => (count === 1 ? new Promise((resolve) => (finish = () => resolve(0))) : 0))
  await until(() => expect(loop.looks).toHaveLength(1))
  loop.wake()
  finish()
  await until(() => expect(loop.looks).toHaveLength(2))
})

test('after a rest the pause is kept whatever wakes it, and the next look may be woken again', async () => {
  const loop = looking(200, (count, rest) => {
    if (count === 1) rest()
    return 0
  })
  await until(() => expect(loop.looks).toHaveLength(1))
  const waking = setInterval(() => loop.wake(), 5)
  await until(() => expect(loop.looks.length).toBeGreaterThan(2))
  clearInterval(waking)
  expect(loop.looks[1]! - loop.looks[0]!).toBeGreaterThan(195)
})

test('a wake in the middle of a look that rests is heeded after the pause', async () => {
  let finish = (): void => {}
  const loop = looking(30, (count, rest) => {
    if (count > 1) return 0
    rest()
    return new Promise((resolve) => (finish = () => resolve(0)))
  })
  await until(() => expect(loop.looks).toHaveLength(1))
  loop.wake()
  finish()
  const finished = performance.now()
  await until(() => expect(loop.looks.length).toBeGreaterThan(1))
  expect(loop.looks[1]! - finished).toBeGreaterThan(25)
})

test('a stop ends also a rest', async () => {
  const loop = looking(HOUR_MS, (_count, rest) => {
    rest()
    return 0
  })
  await until(() => expect(loop.looks).toHaveLength(1))
  await loop.stop()
})

test('a stop waits for the look that is under way, and there is no other', async () => {
  let finish = (): void => {}
  const loop = looking(0, () => new Promise((resolve) => (finish = () => resolve(1))))
  await until(() => expect(loop.looks).toHaveLength(1))
  let stopped = false
  const stopping = loop.stop().then(() => (stopped = true))
  await new Promise(setImmediate)
  expect(stopped).toBe(false)
  finish()
  await stopping
  loop.wake()
  await new Promise(setImmediate)
  expect(loop.looks).toHaveLength(1)
})

test('a stop does not wait for the pause', async () => {
  const loop = looking(HOUR_MS, () => 0)
  await until(() => expect(loop.looks).toHaveLength(1))
  await loop.stop()
})

test('after failures the pauses grow, each is logged, and a success makes them short again', async () => {
  let said = ''
  const destination = new Writable({ write: (chunk, _encoding, done) => done(void (said += String(chunk))) })
  const failing = (count: number) => {
    if (count <= 4) throw new Error('the database is away')
    return 0
  }
  const { looks } = looking(20, failing, createLogger({ destination }))
  await until(() => expect(looks.length).toBeGreaterThan(10))
  const pauses = looks.slice(1).map((at, n) => at - looks[n]!)
  // Timers may be late on a busy machine, never early (but for a millisecond of rounding).
  ;[40, 80, 160, 320].forEach((atLeast, n) => expect(pauses[n], `pause ${n + 1}`).toBeGreaterThan(atLeast - 2))
  expect(Math.min(...pauses.slice(4))).toBeLessThan(320)
  expect(said.trim().split('\n')).toHaveLength(4)
  expect(said).toContain('the database is away')
})

test('a wake ends also the pause after a failure', async () => {
  const loop = looking(HOUR_MS, (count) => {
    if (count === 1) throw new Error('away')
    return 0
  })
  await until(() => expect(loop.looks).toHaveLength(1))
  loop.wake()
  await until(() => expect(loop.looks).toHaveLength(2))
})
