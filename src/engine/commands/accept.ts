import { sqlTime } from '../../domain/clock.ts'
import type { Changed } from '../../domain/command.ts'
import { ZafraError } from '../../domain/error.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Core } from '../core.ts'
import { reactivateDetails } from '../details.ts'
import { resolved } from './chosen.ts'
import { reopen } from './retry.ts'

/** How many of the doubtful attempts of a batch are looked at in one read. */
const PAGE = 500

/**
 * Takes the suspect outputs of the chosen tasks for good: from now on they are history, and the detail tasks that
 * waited for them may run, for which their batch is opened again where it had ended. No task changes its state.
 */
export async function accept(core: Core, asked: TaskFilter): Promise<Changed> {
  const { store, live, publisher, clock } = core
  const refused: Changed['refused'] = []
  const reopened = new Set<string>()
  let changed = 0
  for (const id of asked.ids ?? (await suspects(core, asked))) {
    const at = sqlTime(clock.now())
    try {
      const details = await reactivateDetails(core, id)
      const [, ready = 0] = await store.commit([
        { type: 'output_accepted', task_id: id, at },
        { type: 'dependents_ready', task_id: id },
        ...details.changes,
      ])
      changed += 1
      const task = await store.task(id)
      if (!task) continue
      for (const each of [task, ...details.tasks]) publisher.publish({ type: 'task', task: each })
      if (ready > 0) reopened.add(task.execution_batch)
    } catch (error) {
      if (!(error instanceof ZafraError && error.code === 'conflict')) throw error
      refused.push({ id, reason: 'it has no suspect output that waits to be accepted' })
    }
  }
  for (const batch_id of reopened) await reopen(core, batch_id)
  if (reopened.size > 0 && !live.draining) core.kick()
  return { changed, refused }
}

async function suspects(core: Core, asked: TaskFilter): Promise<number[]> {
  const { batch, ids, ...rest } = await resolved(core, asked)
  if (batch === undefined) return []
  const named = ids && new Set(ids)
  const open: number[] = []
  for (let offset = 0; ; offset += PAGE) {
    const { doubts } = await core.store.doubtful(batch, { offset, limit: PAGE })
    for (const { verdict, accepted_at, task_id } of doubts) {
      const waits = verdict === 'suspect' && accepted_at === null
      if (waits && (!named || named.has(task_id))) open.push(task_id)
    }
    if (doubts.length < PAGE) break
  }
  return core.store.taskIds({ ...rest, batch, ids: open })
}
