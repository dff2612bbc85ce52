import type { Query, Views } from '../../domain/query.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import { batchInView } from '../overview.ts'
import type { ViewParts } from '../views.ts'

/** The database walks past every row before a page: beyond so many a list is quicker. */
const FAR = 2000

/** The beginning by id the database itself has in order; all else is answered from a list that is kept. */
export async function tasksView(
  parts: ViewParts,
  { filter: asked, sort, offset, limit, find }: Extract<Query, { type: 'tasks' }>,
): Promise<Views['tasks']> {
  const { reads, lists } = parts
  const filter = await withBatchOfError(parts, asked)
  // The database would look at every text once for the page, and once more to count.
  const looked = filter.match !== undefined || filter.check !== undefined || filter.complete !== undefined
  const far = looked || offset > FAR
  if (needsList(filter) || (sort && sort.by !== 'id') || find !== undefined || far) {
    const order = sort ?? ({ by: 'id', descending: false } as const)
    const page = { sort: order, offset, limit, ...(find !== undefined && { find }) }
    const { ids, total, position } = await lists.page(filter, page)
    const { tasks } = await reads.tasks({ ids }, { offset: 0, limit: ids.length })
    const byId = new Map(tasks.map((task) => [task.id, task]))
    return { total, position, tasks: ids.flatMap((id) => byId.get(id) ?? []) }
  }
  const page = await reads.tasks(filter, { descending: sort?.descending ?? false, offset, limit })
  return { ...page, position: null }
}

/** The ids of all chosen tasks, in order. @throws ZafraError `usage` where the search makes no sense */
export async function taskIds(
  parts: Pick<ViewParts, 'reads' | 'lists'>,
  asked: TaskFilter,
): Promise<number[]> {
  const filter = await withBatchOfError(parts, asked)
  return needsList(filter) ? parts.lists.ids(filter) : parts.reads.taskIds(filter)
}

/** Whether the filter says something that the database cannot answer. */
export function needsList(filter: TaskFilter): boolean {
  return filter.search !== undefined || filter.error !== undefined
}

/** A group of failures is one of a batch: of the one that `errors` answers about where none is named. */
async function withBatchOfError(
  { reads }: Pick<ViewParts, 'reads'>,
  filter: TaskFilter,
): Promise<TaskFilter> {
  if (filter.error === undefined || filter.batch !== undefined) return filter
  const batch = await batchInView(reads)
  return batch ? { ...filter, batch: batch.batch_id } : filter
}
