import type { Transaction } from './database.ts'

/** What a worker of this process would else find only at its next look. */
export type Nudge = 'events' | 'care'

const nudges = new WeakMap<Transaction, Set<Nudge>>()

/** Once this transaction is committed, and only then, whoever does such work is told that there is some. */
export function nudgeAfter(tx: Transaction, nudge: Nudge): void {
  const known = nudges.get(tx)
  if (known) known.add(nudge)
  else nudges.set(tx, new Set([nudge]))
}

export function nudgesAfter(tx: Transaction): ReadonlySet<Nudge> {
  return nudges.get(tx) ?? new Set()
}
