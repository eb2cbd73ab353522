import { useCallback, useReducer } from 'react'
import { begin, edit, redo, undo, type History } from './history.ts'

export type Edit<T> = (change: (before: T) => T, key?: string) => void

type Act<T> = { kind: 'edit'; change: (before: T) => T; key?: string } | { kind: 'undo' } | { kind: 'redo' }

function reduce<T>(history: History<T>, act: Act<T>): History<T> {
  if (act.kind === 'undo') return undo(history)
  return act.kind === 'redo' ? redo(history) : edit(history, act.change(history.now), act.key)
}

/** A value with its way back and forth. The functions stay the same, so that rows are not drawn again for them. */
export function useHistory<T>(first: T) {
  const [history, act] = useReducer(reduce<T>, first, begin<T>)
  return {
    now: history.now,
    canUndo: history.past.length > 0,
    canRedo: history.future.length > 0,
    edit: useCallback<Edit<T>>((change, key) => act({ kind: 'edit', change, key }), []),
    undo: useCallback(() => act({ kind: 'undo' }), []),
    redo: useCallback(() => act({ kind: 'redo' }), []),
  }
}
