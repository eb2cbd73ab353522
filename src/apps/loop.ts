import type { House } from '../platform/context/house.ts'

export interface Loop {
  /** Looks now instead of at the next pause. */
  wake(): void
  stop(): Promise<void>
}

/**
 * Calls `look` again and again: at once while it finds something, else after `pauseMs`. A failure is logged and
 * followed by a longer pause, at most 30 s, so that a database that is away is not hammered.
 * @param look returns how much it found; after `rest()` its pause is kept whatever wakes it, so that work gathers
 */
export function startLoop(
  house: Pick<House, 'log'>,
  name: string,
  pauseMs: number,
  look: (rest: () => void) => Promise<number>,
): Loop {
  let stopped = false
  let woken = false
  let resting = false
  let wakeUp = (): void => {}
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms)
      wakeUp = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  const run = async (): Promise<void> => {
    let failures = 0
    while (!stopped) {
      woken = false
      resting = false
      try {
        const found = await look(() => (resting = true))
        failures = 0
        if (found > 0) continue
      } catch (error) {
        if (stopped) return
        failures += 1
        house.log.error({ err: error, loop: name }, 'loop failed')
      }
      if ((!woken || resting) && !stopped)
        await pause(failures === 0 ? pauseMs : Math.min(30_000, pauseMs * 2 ** failures))
    }
  }
  const running = run()
  return {
    wake: () => {
      woken = true
      if (!resting) wakeUp()
    },
    stop: async () => {
      stopped = true
      wakeUp()
      await running
    },
  }
}
