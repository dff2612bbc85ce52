import type { OutputCheck } from './check.ts'
import type { TaskStatus } from './task.ts'

/** The same words as the command line's filters; all that are given must hold. */
export interface TaskFilter {
  ids?: readonly number[]
  batch?: string
  scraper?: string
  site?: string
  city?: string
  operation?: string
  product?: string
  status?: readonly TaskStatus[]
  check?: readonly OutputCheck[]
  /** Whether the output is all there was, as its scraper said. */
  complete?: boolean
  /** UTC as `sqlTime`; against `created_at`, inclusive. */
  since?: string
  /** UTC as `sqlTime`; against `created_at`, exclusive. */
  until?: string
  /** A piece of the URL or the error message, letter case ignored. */
  match?: string
  /** `ErrorGroup.key`: tasks with a failed attempt of that group. */
  error?: string
  /** What a person types to filter a list (`parseSearch`). */
  search?: string
}

/** What of a filter holds for the detail tasks of the tasks that it chooses: their batch. */
export function batchOf({ batch }: TaskFilter): TaskFilter {
  return batch === undefined ? {} : { batch }
}
