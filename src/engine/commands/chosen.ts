import type { Changed } from '../../domain/command.ts'
import { ZafraError } from '../../domain/error.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Task, TaskStatus } from '../../domain/task.ts'
import type { Core } from '../core.ts'
import { needsList, taskIds } from '../views/tasks.ts'

/**
 * The choice as the database can make it: without ids within one batch, the named one, else the latest; what is
 * searched for as the ids that are found now.
 * @throws ZafraError `not_found` where there is no batch, `usage` where the search makes no sense
 */
export async function resolved(core: Core, asked: TaskFilter): Promise<TaskFilter> {
  const filter = await withinBatch(core, asked)
  if (!needsList(filter)) return filter
  const ids = await taskIds({ reads: core.store, lists: core.lists }, filter)
  return { ids, ...(filter.batch !== undefined && { batch: filter.batch }) }
}

/** Without ids a choice stays within one batch: the named one, else the latest. */
export async function withinBatch(core: Core, filter: TaskFilter): Promise<TaskFilter> {
  if (filter.ids || filter.batch !== undefined) return filter
  const latest = await core.store.latestBatch()
  if (!latest) throw new ZafraError('not_found', 'there is no batch yet; zafra run starts one')
  return { ...filter, batch: latest.batch_id }
}

/** The ids named one by one to which it cannot be done, with the reason. */
export async function refusals(
  core: Core,
  filter: TaskFilter,
  verb: string,
  allowed: readonly TaskStatus[],
): Promise<Changed['refused']> {
  const refused: Changed['refused'] = []
  for (const id of filter.ids ?? []) {
    const task = await core.store.task(id)
    if (!task) refused.push({ id, reason: 'there is no such task' })
    else if (!allowed.includes(task.status)) {
      refused.push({ id, reason: whyNot(task, verb, allowed) })
    }
  }
  return refused
}

function whyNot({ status, depends_on }: Task, verb: string, allowed: readonly TaskStatus[]): string {
  return status === 'skipped' && depends_on !== null
    ? `it is skipped, as its main task gave it nothing to work from: ${verb} that one, ${depends_on}`
    : `it is ${status}; ${verb} needs one of: ${allowed.join(', ')}`
}
