import type { SiteQueue } from '../domain/store.ts'
import type { Task } from '../domain/task.ts'

/** A site that has a free place, and what waits there. */
export interface Candidate {
  site: string
  priority: number
  /** The number of its last start; 0 if it never had one. */
  lastStart: number
  task: Task
}

/**
 * What a site's queue lets start next. `strict`: a task that waits for its retry holds its site. `relaxed`: a
 * due retry and a fresh task are told apart by place in the list, detail tasks before main tasks.
 */
export function nextOf(queue: SiteQueue, order: 'strict' | 'relaxed'): Task | undefined {
  const { pending, due, held } = queue
  if (order === 'strict') return due ?? (held ? undefined : pending)
  if (!due || !pending) return due ?? pending
  const detailFirst = Number(pending.depends_on !== null) - Number(due.depends_on !== null)
  if (detailFirst !== 0) return detailFirst > 0 ? pending : due
  return due.order_num <= pending.order_num ? due : pending
}

/** Who goes first: the site of highest priority; among equals the one that has waited longest for a start. */
export function firstOf(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates.reduce<Candidate | undefined>(
    (best, each) => (best === undefined || goesBefore(each, best) ? each : best),
    undefined,
  )
}

function goesBefore(a: Candidate, b: Candidate): boolean {
  return a.priority !== b.priority ? a.priority > b.priority : a.lastStart < b.lastStart
}
