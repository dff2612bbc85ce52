/** A value outside React that components watch through `useSyncExternalStore`. */
export interface Store<T> {
  get(): T
  /** Replaces the named fields and tells the listeners. */
  set(patch: Partial<T>): void
  subscribe: (listener: () => void) => () => void
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    set(patch) {
      value = { ...value, ...patch }
      for (const listener of listeners) listener()
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
