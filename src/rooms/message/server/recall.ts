import type { Tenant } from '../../../platform/context/context.ts'
import type { House } from '../../../platform/context/house.ts'
import { findRecalled } from './withdraw-store.ts'

/** So often a sender asks whether what it holds is still to go: between that and the line lies one round trip. */
export const RECALL_MS = 250

/** What a sender holds, for as long as it is under way. */
export interface Held {
  isWanted(id: string): boolean
  /** One of them is over. */
  done(id: string): void
  stop(): void
}

/**
 * Watches over messages between their claim and their last dot: an opt-out, a death or a withdrawal in the meantime holds
 * back what has not gone on the line. What takes longer than `patienceMs` is not sent either: its claim would run out.
 */
export function watchHeld(
  house: Pick<House, 'databases' | 'log'>,
  tenant: Tenant,
  ids: readonly string[],
  patienceMs: number,
): Held {
  const open = new Set(ids)
  const recalled = new Set<string>()
  const until = performance.now() + patienceMs
  const look = async (): Promise<void> => {
    try {
      for (const id of await findRecalled(house.databases.of(tenant.id), tenant.id, [...open])) recalled.add(id)
    } catch (error) {
      // Whether they are still to go is not known, so for now they are not.
      house.log.error(
        { err: error as Error, organizationId: tenant.id },
        'messages under way could not be looked after',
      )
      for (const id of open) recalled.add(id)
    }
    if (open.size > 0) timer = setTimeout(() => void look(), RECALL_MS)
  }
  let timer: NodeJS.Timeout | null = setTimeout(() => void look(), RECALL_MS)
  return {
    isWanted: (id) => !recalled.has(id) && performance.now() < until,
    done: (id) => void open.delete(id),
    stop: () => {
      open.clear()
      if (timer) clearTimeout(timer)
      timer = null
    },
  }
}
