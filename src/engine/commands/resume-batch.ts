import { batchTransition, type Batch } from '../../domain/batch.ts'
import { sqlTime } from '../../domain/clock.ts'
import type { Results } from '../../domain/command.ts'
import { ZafraError } from '../../domain/error.ts'
import type { Change } from '../../domain/store.ts'
import { transition, type TaskStatus } from '../../domain/task.ts'
import type { Core } from '../core.ts'
import { reactivateDetailsOf } from '../details.ts'
import { namedBatch } from '../named.ts'

/**
 * What a resumed batch takes up again besides what is pending: what was held, and what was stopped with the
 * whole batch. What the operator cancelled task by task stays cancelled, what failed for good stays failed.
 */
function revived(batch: Batch): TaskStatus[] {
  return batch.status === 'cancelled' ? ['failed', 'cancelled'] : ['failed']
}

export async function resumeBatch(core: Core, batch_id?: string): Promise<Results['resume_batch']> {
  const { store, live, publisher, clock } = core
  const batch = await find(core, batch_id)
  const [open] = await store.openBatches()
  if (open && open.batch_id !== batch.batch_id) {
    throw new ZafraError(
      'conflict',
      `batch ${open.batch_id} is not finished: resume or cancel that one first`,
    )
  }
  const changes: Change[] = []
  const patch = batchTransition(batch.status, { type: 'resume' })
  if (patch) changes.push({ type: 'batch', batch_id: batch.batch_id, from: batch.status, set: patch })
  const filter = { batch: batch.batch_id }
  const details = reactivateDetailsOf(filter, revived(batch))
  for (const from of revived(batch)) {
    const set = transition({ status: from, attempts: 0, max_attempts: 1 }, { type: 'retry' })
    if (set) changes.push({ type: 'tasks', filter, from, set })
  }
  const tasks = await countWork(core, batch)
  if (tasks === 0 && patch) {
    throw new ZafraError(
      'conflict',
      `batch ${batch.batch_id} has nothing left to do; zafra retry --failed takes up what failed`,
    )
  }
  core.outlook.learn(await store.meanDurations(sqlTime(clock.now())))
  const reactivated = (await store.commit([...details, ...changes])).slice(0, details.length)
  live.draining = false
  live.unfinished.delete(batch.batch_id)
  live.active.add(batch.batch_id)
  publisher.publish({ type: 'batch', batch: { ...batch, ...patch } })
  publisher.publish({ type: 'tasks', batch_id: batch.batch_id })
  core.kick()
  return { batch_id: batch.batch_id, tasks: reactivated.reduce((sum, each) => sum + each, tasks) }
}

async function find(core: Core, batch_id?: string): Promise<Batch> {
  if (batch_id !== undefined) return namedBatch(core.store, batch_id)
  const batch = (await core.store.openBatches())[0] ?? (await core.store.latestBatch())
  if (!batch) throw new ZafraError('not_found', 'there is no batch yet; zafra run starts one')
  return batch
}

async function countWork(core: Core, batch: Batch): Promise<number> {
  const statuses: TaskStatus[] = ['pending', 'running', 'retrying', ...revived(batch)]
  let tasks = 0
  for (const { counts } of await core.store.siteCounts(batch.batch_id)) {
    for (const status of statuses) tasks += counts[status]
  }
  return tasks
}
