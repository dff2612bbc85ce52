import { parseSqlTime } from '../../../domain/clock.ts'
import type { BatchSummary } from '../../../domain/query.ts'

/** What the batches screen shows beside the list. */
export interface BatchesState {
  /** The latest ones that have ended, the oldest first: what the sparklines are drawn of. */
  trend: readonly BatchSummary[]
  /** Whether the engine is being asked for them. */
  asking: boolean
}

export function initialBatches(): BatchesState {
  return { trend: [], asking: false }
}

/** Names a row of the list: the batches in the order in which they began, and the name of each. */
export function batchKey({ id, batch_id }: Pick<BatchSummary, 'id' | 'batch_id'>): string {
  return `${id}/${batch_id}`
}

/** The batches of these rows, the earliest first. */
export function batchesOf(keys: Iterable<string>): string[] {
  return [...keys]
    .map((key) => ({ id: Number(key.slice(0, key.indexOf('/'))), batch_id: key.slice(key.indexOf('/') + 1) }))
    .toSorted((one, other) => one.id - other.id)
    .map(({ batch_id }) => batch_id)
}

/** Tasks of a batch that neither completed nor failed for good. */
export function tasksLeft({ total_tasks, completed_tasks, failed_tasks }: BatchSummary): number {
  return Math.max(0, total_tasks - completed_tasks - failed_tasks)
}

/** Seconds from its beginning to its end; null of a batch that goes on. The database keeps whole minutes too. */
export function secondsTaken({ started_at, completed_at }: BatchSummary): number | null {
  if (completed_at === null) return null
  return (parseSqlTime(completed_at).getTime() - parseSqlTime(started_at).getTime()) / 1000
}

/** Percent of its tasks that completed; null of a batch without tasks. */
export function successOf({ total_tasks, completed_tasks }: BatchSummary): number | null {
  return total_tasks === 0 ? null : (100 * completed_tasks) / total_tasks
}
