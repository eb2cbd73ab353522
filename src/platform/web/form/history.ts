/** Steps back and forth. `key` names what was edited last, so that a word typed is one step and not five. */
export interface History<T> {
  past: readonly T[]
  now: T
  future: readonly T[]
  key?: string
}

/** Steps that are kept: a long afternoon's work. */
const STEPS_MAX = 300

export const begin = <T>(now: T): History<T> => ({ past: [], now, future: [] })

/** What has not changed is no step. Edits in a row under one key are one step. */
export function edit<T>(history: History<T>, next: T, key?: string): History<T> {
  if (next === history.now) return history
  const joins = key !== undefined && key === history.key && history.past.length > 0
  const past = joins ? history.past : [...history.past, history.now].slice(-STEPS_MAX)
  return { past, now: next, future: [], key }
}

export function undo<T>(history: History<T>): History<T> {
  const before = history.past.at(-1)
  if (before === undefined) return history
  return { past: history.past.slice(0, -1), now: before, future: [history.now, ...history.future] }
}

export function redo<T>(history: History<T>): History<T> {
  const [after, ...future] = history.future
  if (after === undefined) return history
  return { past: [...history.past, history.now], now: after, future }
}
