import type { Engine } from '../domain/engine.ts'
import type { TaskSort } from '../domain/query.ts'
import type { Task } from '../domain/task.ts'
import { PagedList, type ListListener } from './list/paged-list.ts'
import type { ListView } from './list/view.ts'
import type { Readable } from './readable.ts'
import { taskSource } from './screens/tasks/source.ts'
import type { Lists, Size, State } from './state.ts'

/** The long lists of a session, by name: each shows itself in the state. */
export interface PagedLists {
  tasks: PagedList<Task, TaskSort['by']>
}

/** What the lists need of the session. */
export interface ListHost {
  engine: Engine
  readable: Readable
  state(): State
  show(lists: Partial<Lists>): void
  error(thrown: unknown): void
}

export function createLists(host: ListHost): PagedLists {
  const { tasks } = host.state().lists
  return {
    tasks: new PagedList(
      taskSource(host),
      tasks,
      listener(host, (view) => ({ tasks: view })),
    ),
  }
}

function listener<Row, By extends string>(
  host: ListHost,
  named: (view: ListView<Row, By>) => Partial<Lists>,
): ListListener<Row, By> {
  return {
    show: (view) => host.show(named(view)),
    error: (thrown) => host.error(thrown),
    height: () => listHeight(host.state().size),
  }
}

/** Rows of a list that has a screen to itself: all but the edges, the heads and the footer. */
export function listHeight({ rows }: Size): number {
  return Math.max(1, rows - 4)
}
