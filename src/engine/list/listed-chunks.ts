import { setImmediate } from 'node:timers/promises'
import type { TaskFilter } from '../../domain/filter.ts'
import type { ListedTask, Reads } from '../../domain/store.ts'

/** Few enough that reading them holds nothing up. */
const CHUNK = 500

/** The chosen tasks after the id `after`, piece by piece, with room for other work in between. */
export async function* listedChunks(
  reads: Pick<Reads, 'listedTasks'>,
  filter: TaskFilter,
  after = 0,
): AsyncGenerator<ListedTask[]> {
  for (let last = after; ;) {
    const tasks = await reads.listedTasks(filter, { after: last, limit: CHUNK })
    if (tasks.length > 0) yield tasks
    if (tasks.length < CHUNK) return
    last = tasks.at(-1)?.id ?? last
    await setImmediate()
  }
}
