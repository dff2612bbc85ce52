import type { Batch } from '../domain/batch.ts'
import { ZafraError } from '../domain/error.ts'
import type { Reads } from '../domain/store.ts'
import type { Task } from '../domain/task.ts'

/** @throws ZafraError `not_found` */
export async function namedBatch(reads: Pick<Reads, 'batch'>, batch_id: string): Promise<Batch> {
  const batch = await reads.batch(batch_id)
  if (!batch) throw new ZafraError('not_found', `there is no batch ${batch_id}; zafra batches lists them`)
  return batch
}

/** @throws ZafraError `not_found` */
export async function namedTask(reads: Pick<Reads, 'task'>, id: number): Promise<Task> {
  const task = await reads.task(id)
  if (!task) throw new ZafraError('not_found', `there is no task ${id}; zafra tasks lists them`)
  return task
}
