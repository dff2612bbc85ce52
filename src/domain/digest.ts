import type { BatchStatus } from './batch.ts'
import type { SuspectBatch } from './suspect.ts'
import type { ErrorClass } from './error-class.ts'
import type { AbsentSite } from './plan.ts'
import type { NoticeTask } from './notice.ts'
import type { StatusCounts } from './query.ts'

/** What there is to say of a batch that ended; its size does not grow with the batch. Foreign texts in it are raw. */
export interface Digest {
  batch_id: string
  status: BatchStatus
  /** UTC as `sqlTime`. */
  started_at: string
  ended_at: string
  /** From start to end, interruptions included. */
  seconds: number
  total_tasks: number
  counts: StatusCounts
  /** Of the completed tasks those that had failed before. */
  recovered: number
  /** Data rows of its completed tasks. */
  rows: number
  /** The completed batch before this one. */
  previous: { batch_id: string; seconds: number | null; rows: number; completed_tasks: number } | null
  /** The sites of the batch before that have no task in this one. */
  absent_sites: AbsentSite[]
  /** Those with most failures first, at most 30. */
  sites: { site: string; completed: number; failed: number; skipped: number; rows: number }[]
  /** Tasks that failed for good, by what their messages have in common; the largest groups first, at most 10. */
  failures: DigestFailure[]
  /** Tasks in further groups. */
  further_failures: number
  /** Longest first, at most 5. */
  longest: (NoticeTask & { seconds: number })[]
  /** Outputs that are suspect and wait for the operator, by site. */
  suspect: SuspectBatch['sites']
  /** Outputs that their scrapers called incomplete. */
  incomplete: number
  /** What the checks of the data found, line by line; at most 20. */
  findings: string[]
  /** What differs from the batch before, line by line; at most 20. */
  diff: string[]
}

export interface DigestFailure {
  error_class: ErrorClass
  /** One of the messages. */
  message: string
  tasks: number
  /** Codes, in alphabetical order; at most 10. */
  sites: string[]
  /** The task of that message. */
  task_id: number
}

/** What others find out about a batch that has ended; may take its time. */
export interface DigestSource {
  lines(batch_id: string): Promise<Pick<Digest, 'findings' | 'diff'>>
}
