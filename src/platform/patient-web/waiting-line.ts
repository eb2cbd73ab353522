import type { ApiProblem } from '../web/api/api-problem.ts'

/**
 * What has not arrived: kept on this phone until it has, and no longer. Each thing has its id, so that one that arrived
 * without our hearing of it counts once.
 */
export interface WaitingLine<T extends { clientId: string }> {
  waiting: () => T[]
  put: (one: T) => void
  drop: (clientId: string) => void
  /**
   * Sends what waits, in its order, until the line fails again. What is refused goes: it will be refused for ever.
   * @returns how many still wait
   */
  send: (send: (one: T) => Promise<unknown>) => Promise<number>
}

/** @param name of the place in the phone's store */
export function waitingLine<T extends { clientId: string }>(name: string): WaitingLine<T> {
  const waiting = (): T[] => {
    try {
      const kept: unknown = JSON.parse(localStorage.getItem(name) ?? '[]')
      return Array.isArray(kept) ? (kept as T[]) : []
    } catch {
      return []
    }
  }
  const keep = (all: readonly T[]): void => {
    try {
      if (all.length === 0) localStorage.removeItem(name)
      else localStorage.setItem(name, JSON.stringify(all))
    } catch {
      // A browser that keeps nothing: what cannot be sent is said on the page.
    }
  }
  const drop = (clientId: string) => keep(waiting().filter((one) => one.clientId !== clientId))
  return {
    waiting,
    put: (one) => keep([...waiting().filter(({ clientId }) => clientId !== one.clientId), one]),
    drop,
    async send(send) {
      for (const one of waiting()) {
        // Taken back while the one before it was on its way.
        if (!waiting().some(({ clientId }) => clientId === one.clientId)) continue
        try {
          await send(one)
        } catch (error) {
          const { status = 0 } = error as Partial<ApiProblem>
          if (status === 0 || status === 401 || status >= 500) break
        }
        drop(one.clientId)
      }
      return waiting().length
    },
  }
}
