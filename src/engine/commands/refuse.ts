import { ZafraError } from '../../domain/error.ts'
import { transition, type Task } from '../../domain/task.ts'
import type { Core } from '../core.ts'
import { reactivateDetails } from '../details.ts'

/**
 * Makes a task pending again whose output is suspect and that nobody has accepted: the attempt that delivered it counts
 * no more, and the output stands at its place until another is accepted there. Undefined where there is no such output.
 */
export async function refuseOutput(core: Core, id: number): Promise<Task | undefined> {
  const { store } = core
  const task = await store.task(id)
  const set = task && transition(task, { type: 'refuse' })
  if (!set) return undefined
  try {
    await store.commit([
      { type: 'output_refused', task_id: id },
      { type: 'task', id, from: task.status, set },
      ...(await reactivateDetails(core, id)).changes,
    ])
    return task
  } catch (error) {
    if (error instanceof ZafraError && error.code === 'conflict') return undefined
    throw error
  }
}
