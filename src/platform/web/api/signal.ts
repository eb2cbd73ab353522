/** A value that pages can watch: the smallest store that `useSyncExternalStore` takes. */
export interface Signal<T> {
  get: () => T
  set: (value: T) => void
  watch: (listener: () => void) => () => void
}

export function signal<T>(initial: T): Signal<T> {
  const listeners = new Set<() => void>()
  let current = initial
  return {
    get: () => current,
    set(value) {
      if (Object.is(value, current)) return
      current = value
      for (const listener of listeners) listener()
    },
    watch(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
