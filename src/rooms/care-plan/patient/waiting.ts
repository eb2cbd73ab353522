import type { ApiProblem } from '../../../platform/patient-web/index.ts'
import type { Tick } from '../contract/check-in.ts'

/**
 * Ticks that have not arrived: kept on this phone until they have, and no longer. Each has its id, so that one that
 * arrived without our hearing of it ticks nothing twice.
 */
const KEPT = 'peiban.ticks'

export function waiting(): Tick[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT) ?? '[]')
    return Array.isArray(kept) ? (kept as Tick[]) : []
  } catch {
    return []
  }
}

function keep(ticks: readonly Tick[]): void {
  try {
    if (ticks.length === 0) localStorage.removeItem(KEPT)
    else localStorage.setItem(KEPT, JSON.stringify(ticks))
  } catch {
    // A browser that keeps nothing: what cannot be sent is said on the page.
  }
}

export function putWaiting(tick: Tick): void {
  keep([...waiting().filter(({ clientId }) => clientId !== tick.clientId), tick])
}

export function dropWaiting(clientId: string): void {
  keep(waiting().filter((tick) => tick.clientId !== clientId))
}

/**
 * Sends what waits, in its order, until the line fails again. What is refused goes: it will be refused for ever.
 * @returns how many still wait
 */
export async function sendWaiting(send: (tick: Tick) => Promise<unknown>): Promise<number> {
  for (const tick of waiting()) {
    // Taken back while the one before it was on its way.
    if (!waiting().some(({ clientId }) => clientId === tick.clientId)) continue
    try {
      await send(tick)
    } catch (error) {
      const { status = 0 } = error as Partial<ApiProblem>
      if (status === 0 || status === 401 || status >= 500) break
    }
    dropWaiting(tick.clientId)
  }
  return waiting().length
}
