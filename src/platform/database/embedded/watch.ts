import { setTimeout as sleep } from 'node:timers/promises'
import { endServer, isRunning, signal, type ProcessMark } from './process.ts'
import { keepFresh, release } from './record.ts'
import { both } from './refusal.ts'

const LOOK_EVERY_MS = 1_000
const PAUSE_MAX_MS = 30_000
const endingSignals = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const

/**
 * Looks after a running server: one that dies (killed for want of memory, a full disk) is started again on the same
 * port, with growing pauses and for ever, so that Peiban recovers by itself when the cause is gone.
 * @param relaunch starts it again and returns its new process
 * @returns ends the watch and the server
 */
export function watch(home: string, first: ProcessMark, relaunch: () => Promise<ProcessMark>, log: (line: string) => void): () => Promise<void> {
  let current = first
  const ending = new AbortController()
  let mending: Promise<void> | undefined

  const mend = async (): Promise<void> => {
    log(both('ServerDied', { pid: current.pid }))
    for (let pause = 250; !ending.signal.aborted; pause = Math.min(2 * pause, PAUSE_MAX_MS)) {
      try {
        current = await relaunch()
        log(both('ServerBack', { pid: current.pid }))
        return
      } catch (error) {
        log((error as Error).message)
        await sleep(pause, undefined, { ref: false, signal: ending.signal }).catch(() => {})
      }
    }
  }
  const look = setInterval(() => {
    keepFresh(home)
    if (!mending && !isRunning(current)) mending = mend().finally(() => (mending = undefined))
  }, LOOK_EVERY_MS).unref()

  // A process that ends without `stop()` takes the server along; only `kill -9` leaves it for the next start.
  const onExit = () => isRunning(current) && signal(current.pid, 'SIGINT')
  process.once('exit', onExit)
  const signals = endingSignals.map((name) => {
    const onSignal = () => void endUnheard(name)
    process.on(name, onSignal)
    return () => process.off(name, onSignal)
  })

  let ended: Promise<void> | undefined
  return () => (ended ??= end())

  async function end(): Promise<void> {
    ending.abort()
    clearInterval(look)
    await mending
    await endServer(current)
    process.off('exit', onExit)
    for (const off of signals) off()
    release(home)
  }

  /** A signal that the application does not listen to (yet: it is still starting) ends it, after the server. */
  async function endUnheard(name: NodeJS.Signals): Promise<void> {
    if (process.listenerCount(name) > 1) return
    ended ??= end()
    await ended
    process.kill(process.pid, name)
  }
}
