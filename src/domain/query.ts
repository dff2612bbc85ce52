import type { Attempt } from './attempt.ts'
import type { Batch } from './batch.ts'
import type { ErrorClass } from './error-class.ts'
import type { TaskFilter } from './filter.ts'
import type { LogPage, LogStream } from './logs.ts'
import type { Stats, StatsOf } from './stats.ts'
import type { Task, TaskStatus } from './task.ts'

/** What a client asks the engine. */
export type Query =
  /** Of the batch named, else of the one that `Overview.batch` describes. */
  | { type: 'overview'; batch_id?: string }
  | { type: 'tasks'; filter: TaskFilter; sort?: TaskSort; offset: number; limit: number }
  | { type: 'task'; id: number }
  | { type: 'batches'; offset: number; limit: number }
  /** A piece of an attempt's log (the last attempt's if none is named). */
  | { type: 'log'; task_id: number; attempt?: number; from: LogFrom; limit: number; stream?: LogStream }
  /** Figures over the tasks and batches of the last `days` (STATS_DAYS where none are named). */
  | { type: 'stats'; of: StatsOf; days?: number }

/** Where a log page begins: at a byte offset, or with the last `limit` lines before one (or before the end). */
export type LogFrom = { offset: number } | { before: number } | 'end'

export interface TaskSort {
  by: 'id' | 'website' | 'status' | 'attempts' | 'started_at' | 'completed_at' | 'data_records_extracted'
  descending: boolean
}

/** What each query answers. */
export interface Views {
  overview: Overview
  tasks: { total: number; tasks: Task[] }
  task: { task: Task; attempts: Attempt[]; running: RunningTask | null }
  batches: { total: number; batches: Batch[] }
  log: LogPage & { attempt: number }
  stats: Stats[StatsOf]
}

/** What `Q` is answered; `of` fixes which of the stats. */
export type View<Q extends Query> = Q extends { type: 'stats'; of: infer Of extends StatsOf }
  ? Stats[Of]
  : Views[Q['type']]

export type StatusCounts = Record<TaskStatus, number>

/** Everything a dashboard shows; its size does not grow with the number of tasks. */
export interface Overview {
  /** The number of the last event that this view includes. */
  seq: number
  engine: {
    state: EngineState
    /** Both null where no engine is alive and the answer comes from the database alone. */
    pid: number | null
    started_at: string | null
    /** Whether closing this engine ends what runs (true where it lives in the client's own process). */
    closing_stops_work: boolean
  }
  /** The latest batch that is not finished, else the latest of all. */
  batch: BatchView | null
  sites: SiteView[]
  running: RunningTask[]
  /** Newest first, at most 20. */
  recent_errors: RecentError[]
  alerts: Alert[]
}

/**
 * `idle`: nothing to do · `running` · `paused`: by the operator · `interrupted`: an unfinished batch waits for
 * `resume_batch` · `held`: the machine is at a limit (see alerts) · `draining` · `closing`.
 */
export type EngineState = 'idle' | 'running' | 'paused' | 'interrupted' | 'held' | 'draining' | 'closing'

export interface BatchView extends Batch {
  counts: StatusCounts
  /** Data rows of its completed tasks. */
  rows: number
  elapsed_s: number
  /** Seconds until it is done at this pace, or null while nothing is known. */
  eta_s: number | null
}

export interface SiteView {
  site: string
  name: string
  counts: StatusCounts
  rows: number
  /** Seconds until this site is done at its pace, or null. */
  eta_s: number | null
  state: 'running' | 'waiting' | 'paused' | 'done'
  /** Why it is paused or waits, for the person; null when there is nothing to say. */
  note: string | null
}

export interface RunningTask {
  task_id: number
  attempt: number
  scraper_name: string
  website: string
  city: string
  operation: string
  product: string
  variant: number
  started_at: string
  /** True from the wish to stop it until no process of it is left. */
  cancelling: boolean
  progress: Progress
}

/** What the scraper last said of itself; every text is the scraper's own and not to be trusted. */
export interface Progress {
  page: number | null
  pages: number | null
  items: number | null
  expected: number | null
  message: string | null
}

export interface RecentError {
  task_id: number
  attempt: number
  scraper_name: string
  website: string
  city: string
  operation: string
  product: string
  ended_at: string
  error_class: ErrorClass
  message: string
  task_status: TaskStatus
}

export interface Alert {
  code:
    | 'cpu'
    | 'memory'
    | 'disk'
    | 'storage'
    | 'snapshot'
    | 'changed'
    | 'paused'
    | 'interrupted'
    | 'backup'
    | 'lists'
  message: string
}
