import { batchTransition } from '../../domain/batch.ts'
import type { Changed } from '../../domain/command.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Change } from '../../domain/store.ts'
import { allowedFrom, transition } from '../../domain/task.ts'
import type { Core } from '../core.ts'
import { reactivateDetailsOf } from '../details.ts'
import { refusals, resolved } from './chosen.ts'
import { refuseOutput } from './refuse.ts'

/**
 * Makes tasks pending again and reopens their batches; where nothing drains, they start at once. A suspect output is
 * refused by naming its task: by a filter nothing that completed is done again.
 */
export async function retry(core: Core, asked: TaskFilter): Promise<Changed> {
  const { store, live, publisher } = core
  const filter = await resolved(core, asked)
  const batches = await batchesOf(core, filter)
  const refused: Changed['refused'] = []
  let changed = 0
  for (const refusal of await refusals(core, asked, 'retry', allowedFrom('retry'))) {
    const suspect = await refuseOutput(core, refusal.id)
    if (suspect) {
      changed += 1
      batches.add(suspect.execution_batch)
    } else refused.push(refusal)
  }
  const changes: Change[] = allowedFrom('retry').flatMap((from) => {
    const set = transition({ status: from, attempts: 0, max_attempts: 1 }, { type: 'retry' })
    return set ? [{ type: 'tasks', filter, from, set } as const] : []
  })
  const details = reactivateDetailsOf(filter)
  for (const rows of (await store.commit([...details, ...changes])).slice(details.length)) changed += rows
  if (changed === 0) return { changed, refused }
  for (const batch_id of batches) {
    await reopen(core, batch_id)
    publisher.publish({ type: 'tasks', batch_id })
  }
  if (asked.ids) await publishTasks(core, asked.ids)
  if (!live.draining) core.kick()
  return { changed, refused }
}

async function batchesOf(core: Core, filter: TaskFilter): Promise<Set<string>> {
  if (filter.batch !== undefined) return new Set([filter.batch])
  const batches = new Set<string>()
  for (const id of filter.ids ?? []) {
    const task = await core.store.task(id)
    if (task && allowedFrom('retry').includes(task.status)) batches.add(task.execution_batch)
  }
  return batches
}

/** Opens a batch again that has ended; nothing happens to one that has not. */
export async function reopen(core: Core, batch_id: string): Promise<void> {
  const batch = await core.store.batch(batch_id)
  const set = batch && batchTransition(batch.status, { type: 'resume' })
  if (!batch || !set) return
  await core.store.commit([{ type: 'batch', batch_id, from: batch.status, set }])
  // While draining nothing starts; the batch then waits for `resume_batch` like any other unfinished one.
  const { draining, active, unfinished } = core.live
  ;(draining ? unfinished : active).add(batch_id)
  core.publisher.publish({ type: 'batch', batch: { ...batch, ...set } })
}

async function publishTasks(core: Core, ids: readonly number[]): Promise<void> {
  for (const id of ids) {
    const task = await core.store.task(id)
    if (task) core.publisher.publish({ type: 'task', task })
  }
}
