import type { Batch } from '../domain/batch.ts'
import type { Change, Store } from '../domain/store.ts'

/**
 * `store`, and every write that is acknowledged is told before it resolves.
 * @param wrote hears the changes, and the batch where one was written with them
 */
export function watchStore(store: Store, wrote: (changes: readonly Change[], batch?: Batch) => void): Store {
  return {
    ...store,
    async commit(changes) {
      const touched = await store.commit(changes)
      wrote(changes)
      return touched
    },
    async insertBatch(batch, tasks, max_attempts, also = []) {
      const inserted = await store.insertBatch(batch, tasks, max_attempts, also)
      wrote(also, inserted)
      return inserted
    },
  }
}
