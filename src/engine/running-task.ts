import type { RunningTask } from '../domain/query.ts'
import type { Task } from '../domain/task.ts'

/** A task that has just been started, before its scraper has said anything. `started_at`: milliseconds, UTC. */
export function runningTask(task: Task, attempt: number, started_at: string): RunningTask {
  return {
    task_id: task.id,
    attempt,
    scraper_name: task.scraper_name,
    website: task.website,
    city: task.city,
    operation: task.operation,
    product: task.product,
    variant: task.variant,
    started_at,
    cancelling: false,
    progress: { page: null, pages: null, items: null, expected: null, message: null },
    progress_at: started_at,
    cpu_percent: null,
    memory_bytes: null,
  }
}
