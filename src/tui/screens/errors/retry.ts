import type { TaskFilter } from '../../../domain/filter.ts'
import { FAILED } from '../../../domain/task.ts'
import { askToRetry, type Choice } from '../../acts/tasks.ts'
import { plural } from '../../format.ts'
import type { Session } from '../../session.ts'
import { batchInView } from '../../state.ts'

/** Each group is a question to the engine; who has more of them has to narrow the list. */
const MOST_GROUPS = 200

/**
 * Asks whether what failed so and is failed now is to be tried again; a task of several groups counts once.
 * @param list whose marks they are
 */
export async function askToRetryGroups(
  session: Session,
  keys: readonly string[],
  name: string,
  list?: 'errors',
): Promise<void> {
  const batch = batchInView(session.state)
  if (batch === undefined) return
  if (keys.length > MOST_GROUPS) {
    return session.notify(`${name} are too many at once: filter them to ${MOST_GROUPS} or fewer`, 'warn')
  }
  const [only] = keys
  if (keys.length === 1 && only !== undefined)
    return askToRetryFailed(session, { batch, error: only, status: FAILED }, name, list)
  const ids = new Set<number>()
  for (const error of keys) {
    const found = await session.ask({ type: 'task_ids', filter: { batch, error, status: FAILED } })
    if (!found) return
    for (const id of found) ids.add(id)
  }
  ask(session, { filter: { ids: [...ids] }, tasks: ids.size, name, list })
}

/** The same of all groups that the filter chooses. */
export async function askToRetryShown(session: Session): Promise<void> {
  const batch = batchInView(session.state)
  const { search } = session.state.lists.errors
  if (batch === undefined) return
  if (search.trim() === '') return askToRetryFailed(session, { batch, status: FAILED }, batch)
  const asked = { type: 'errors', batch_id: batch, search, offset: 0, limit: MOST_GROUPS + 1 } as const
  const page = await session.ask(asked)
  if (!page) return
  const keys = page.groups.map(({ key }) => key)
  await askToRetryGroups(session, keys, plural(page.total, 'group'))
}

async function askToRetryFailed(
  session: Session,
  filter: TaskFilter,
  name: string,
  list?: 'errors',
): Promise<void> {
  const page = await session.ask({ type: 'tasks', filter, offset: 0, limit: 1 })
  if (page) ask(session, { filter, tasks: page.total, name, list })
}

function ask(session: Session, { tasks, name, ...choice }: Choice & { tasks: number }): void {
  if (tasks === 0) session.notify(`no task of ${name} is failed now`, 'warn')
  else askToRetry(session, { ...choice, name: `${plural(tasks, 'failed task')} of ${name}` })
}
