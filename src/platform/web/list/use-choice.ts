import { useCallback, useState } from 'react'

export interface Choice {
  chosen: ReadonlySet<string>
  toggle: (key: string) => void
  toggleAll: () => void
  clear: () => void
  /** All, some or none of the rows at hand. */
  state: 'all' | 'some' | 'none'
}

/** Which rows are chosen; a row that has left the list is no longer chosen. */
export function useChoice(keys: readonly string[]): Choice {
  const [kept, setKept] = useState<ReadonlySet<string>>(new Set())
  const chosen = new Set(keys.filter((key) => kept.has(key)))
  const toggle = useCallback((key: string) => setKept((before) => toggled(before, key)), [])
  const clear = useCallback(() => setKept(new Set()), [])
  const state = chosen.size === 0 ? 'none' : chosen.size === keys.length ? 'all' : 'some'
  return { chosen, toggle, clear, state, toggleAll: () => setKept(state === 'all' ? new Set() : new Set(keys)) }
}

function toggled(before: ReadonlySet<string>, key: string): Set<string> {
  const after = new Set(before)
  if (!after.delete(key)) after.add(key)
  return after
}
