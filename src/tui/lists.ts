import type { Engine } from '../domain/engine.ts'
import { PagedList, type ListListener } from './list/paged-list.ts'
import type { ListView } from './list/view.ts'
import type { Readable } from './readable.ts'
import { batchSource } from './screens/batches/source.ts'
import { trendHeight } from './screens/batches/trend.ts'
import { KIND_ROWS, SUMMARY_ROWS } from './screens/diff/layout.ts'
import { combinationSource, listingSource } from './screens/diff/source.ts'
import { detailHeight } from './screens/errors/detail.tsx'
import { errorSource } from './screens/errors/source.ts'
import { scheduleLayout } from './screens/schedule/layout.ts'
import { slotSource } from './screens/schedule/source.ts'
import { taskSource } from './screens/tasks/source.ts'
import type { Lists, Size, State } from './state.ts'

/** The long lists of a session, by name: each shows itself in the state. */
export type PagedLists = { [Name in keyof Lists]: PagedOf<Lists[Name]> }

type PagedOf<View> = View extends ListView<infer Row, infer By> ? PagedList<Row, By> : never

/** What the lists need of the session. */
export interface ListHost {
  engine: Engine
  readable: Readable
  state(): State
  show(lists: Partial<Lists>): void
  error(thrown: unknown): void
}

export function createLists(host: ListHost): PagedLists {
  const { tasks, slots, errors, batches, diff, listings } = host.state().lists
  return {
    tasks: new PagedList(
      taskSource(host),
      tasks,
      listener(host, (view) => ({ tasks: view })),
    ),
    slots: new PagedList(
      slotSource(host),
      slots,
      listener(
        host,
        (view) => ({ slots: view }),
        (state) => scheduleLayout(state).slots,
      ),
    ),
    errors: new PagedList(
      errorSource(host),
      errors,
      listener(
        host,
        (view) => ({ errors: view }),
        ({ size }) => listHeight(size) - detailHeight(size),
      ),
    ),
    batches: new PagedList(
      batchSource(host),
      batches,
      listener(
        host,
        (view) => ({ batches: view }),
        ({ size }) => listHeight(size) - trendHeight(size),
      ),
    ),
    diff: new PagedList(
      combinationSource(host),
      diff,
      listener(
        host,
        (view) => ({ diff: view }),
        ({ size }) => listHeight(size) - SUMMARY_ROWS,
      ),
    ),
    listings: new PagedList(
      listingSource(host),
      listings,
      listener(
        host,
        (view) => ({ listings: view }),
        ({ size }) => listHeight(size) - KIND_ROWS,
      ),
    ),
  }
}

function listener<Row, By extends string>(
  host: ListHost,
  named: (view: ListView<Row, By>) => Partial<Lists>,
  height = ({ size }: State) => listHeight(size),
): ListListener<Row, By> {
  return {
    show: (view) => host.show(named(view)),
    error: (thrown) => host.error(thrown),
    height: () => height(host.state()),
  }
}

/** Rows of a list that has a screen to itself: all but the edges, the heads and the footer. */
export function listHeight({ rows }: Size): number {
  return Math.max(1, rows - 4)
}
