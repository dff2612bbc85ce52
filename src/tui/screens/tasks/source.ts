import type { TaskFilter } from '../../../domain/filter.ts'
import type { TaskSort } from '../../../domain/task-sort.ts'
import { safeDeep } from '../../../domain/safe.ts'
import { parseSearch } from '../../../domain/search.ts'
import type { Task } from '../../../domain/task.ts'
import type { Source } from '../../list/source.ts'
import type { ListHost } from '../../lists.ts'
import { batchInView, type State } from '../../state.ts'

/** The tasks of the batch in view; filtered, sorted and found by the engine. */
export function taskSource({
  engine,
  readable,
  state,
}: Pick<ListHost, 'engine' | 'readable' | 'state'>): Source<Task, TaskSort['by']> {
  return {
    id: ({ id }) => String(id),
    check: parseSearch,
    async page({ search, sort, offset, limit, find }) {
      const filter = tasksFilter(state(), search)
      if (!filter) return { total: 0, rows: [], position: null }
      const page = await engine.query({
        type: 'tasks',
        filter,
        offset,
        limit,
        ...(sort && { sort }),
        ...(find !== null && { find: Number(find) }),
      })
      return { total: page.total, rows: safeDeep(page.tasks, readable), position: page.position }
    },
    async ids(search) {
      const filter = tasksFilter(state(), search)
      if (!filter) return []
      return (await engine.query({ type: 'task_ids', filter })).map(String)
    },
  }
}

/** What chooses the tasks on the screen; undefined while there is no batch. */
export function tasksFilter(
  state: Pick<State, 'batch' | 'shown' | 'tasks'>,
  search: string,
): TaskFilter | undefined {
  const batch = batchInView(state)
  if (batch === undefined) return undefined
  const { error } = state.tasks
  return { batch, ...(error && { error: error.key }), ...(search.trim() !== '' && { search }) }
}
