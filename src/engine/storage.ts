import { ZafraError } from '../domain/error.ts'
import type { Store } from '../domain/store.ts'
import type { Core, Live } from './core.ts'

/** Milliseconds between two tries to write what happened while the disk refuses. */
const STORAGE_RETRY = 2000

/**
 * The store, with what the person must know of it among the alerts: that the disk refuses writes, until it takes
 * one again, and what becomes of the database file.
 * @param changed called when an alert comes or goes
 */
export function watchStorage(store: Store, alerts: Live['alerts'], changed: () => void): Store {
  store.onTrouble(({ code, message }) => {
    if (message === null) alerts.delete(code)
    else alerts.set(code, { code, message })
    changed()
  })
  function refuse(message: string): void {
    if (alerts.get('storage')?.message === message) return
    alerts.set('storage', { code: 'storage', message })
    changed()
  }
  async function noted<T>(write: Promise<T>): Promise<T> {
    try {
      const done = await write
      if (alerts.delete('storage')) changed()
      return done
    } catch (error) {
      if (isStorage(error)) refuse(`nothing new starts: ${error.message}`)
      throw error
    }
  }
  return {
    ...store,
    commit: (changes) => noted(store.commit(changes)),
    insertBatch: (...batch) => noted(store.insertBatch(...batch)),
  }
}

/** Does what writes, again and again while the disk refuses; gives up only when the engine closes. */
export async function untilWritten<T>({ live, clock }: Core, write: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await write()
    } catch (error) {
      if (!isStorage(error) || live.closing) throw error
      await new Promise<void>((again) => clock.after(STORAGE_RETRY, again))
    }
  }
}

function isStorage(error: unknown): error is ZafraError {
  return error instanceof ZafraError && error.code === 'storage'
}
