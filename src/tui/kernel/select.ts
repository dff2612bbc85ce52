import { createContext, use, useRef, useSyncExternalStore } from 'react'
import type { State } from '../state.ts'
import type { Store } from '../store.ts'
import { required } from './required.ts'

/** The store that components read. */
export const StoreContext = createContext<Pick<Store<State>, 'get' | 'subscribe'> | null>(null)

/** Lines of a screen between its edges. */
export function useHeight(): number {
  return useSelect(({ size }) => size.rows - EDGES)
}

/** The two edges and the line at the foot. */
export const EDGES = 3

/**
 * What `select` finds in the state. The component is drawn anew when that is another value, or, where it is a list or
 * a record, when one of its parts is: `select` may gather parts of the state, but must make none.
 *
 *     const { list, shown } = useSelect(({ lists, shown }) => ({ list: lists.tasks, shown }))
 */
export function useSelect<T>(select: (state: State) => T): T {
  const store = required(use(StoreContext), 'store')
  const last = useRef<{ value: T }>(null)
  return useSyncExternalStore(store.subscribe, () => {
    const value = select(store.get())
    if (!last.current || !same(last.current.value, value)) last.current = { value }
    return last.current.value
  })
}

function same(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  const parts = new Map<string, unknown>(Object.entries(other))
  const entries = Object.entries(one)
  return entries.length === parts.size && entries.every(([name, part]) => Object.is(part, parts.get(name)))
}
