import type { ReadContext, WriteContext } from '../context/context.ts'
import type { Listener } from '../context/room.ts'
import type { EventType } from '../contract/event.ts'
import { codeOf, leaves, type Condition } from './grammar.ts'
import type { FactBook } from './book.ts'

/** Names of what changes the answer of a condition: events, and reasons under which rooms wake people themselves. */
export function wokenBy(facts: FactBook, condition: Condition): Set<string> {
  const kinds = new Set(leaves(condition).flatMap((leaf) => facts.find(codeOf(leaf)) ?? []))
  return new Set([...kinds].flatMap(({ wakes }) => wakes.map((by) => (typeof by === 'string' ? by : by.name))))
}

/**
 * Listeners that look at a person anew when a fact of another room has changed: one per event, and only where a
 * condition that is in force asks for a kind that the event changes. So a campaign that sends to everybody wakes nobody
 * unless somebody has asked for its messages.
 */
export function wakeListeners(
  facts: FactBook,
  wake: (ctx: WriteContext, patientIds: readonly string[], reason: string) => Promise<void>,
): Listener[] {
  const kindsOf = new Map<EventType, string[]>()
  for (const { code, wakes } of facts.kinds)
    for (const by of wakes) if (typeof by !== 'string') kindsOf.set(by, [...(kindsOf.get(by) ?? []), code])
  return [...kindsOf].map(([event, codes]) => ({
    name: `condition/look-at-${event.name}`,
    event,
    handle: async (ctx: WriteContext, payload: { patientId?: string | null; patientIds?: string[] }) => {
      const patientIds = [...(payload.patientIds ?? []), ...(payload.patientId ? [payload.patientId] : [])]
      if (patientIds.length > 0) await wake(ctx, patientIds, event.name)
    },
    isWanted: (ctx: ReadContext) => ctx.facts.isAskedFor(ctx, codes),
  })) as Listener[]
}
