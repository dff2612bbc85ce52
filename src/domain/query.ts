import type { Attempt } from './attempt.ts'
import type { Batch } from './batch.ts'
import type { Doubt, OutputCounts, VerdictCounts } from './check.ts'
import type { SuspectsView } from './suspect.ts'
import type { CodeNames } from './codes.ts'
import type { DiffView, ListingPage } from './diff.ts'
import type { ErrorClass } from './error-class.ts'
import type { ErrorGroup, GroupSort } from './error-group.ts'
import type { TaskFilter } from './filter.ts'
import type { LogMatches, LogPage, LogStream } from './logs.ts'
import type { OutputHead } from './outputs.ts'
import type { AbsentSite, PlannedTask, Problem } from './plan.ts'
import type { ScheduleView, Slot } from './schedule.ts'
import type { Stats, StatsOf } from './stats.ts'
import type { SystemView } from './system.ts'
import type { TaskSort } from './task-sort.ts'
import type { Task, TaskStatus } from './task.ts'

/** What a client asks the engine. */
export type Query =
  /** Of the batch named, else of the one that `Overview.batch` describes. */
  | { type: 'overview'; batch_id?: string }
  /** `find`: also where this task stands in the whole list. */
  | { type: 'tasks'; filter: TaskFilter; sort?: TaskSort; offset: number; limit: number; find?: number }
  /** The ids of all chosen tasks, for marks. */
  | { type: 'task_ids'; filter: TaskFilter }
  | { type: 'task'; id: number }
  | { type: 'batches'; offset: number; limit: number }
  /** A piece of an attempt's log (the last attempt's if none is named). */
  | { type: 'log'; task_id: number; attempt?: number; from: LogFrom; limit: number; stream?: LogStream }
  /** Where `text` stands in an attempt's log, case and accents ignored; one piece of it, from byte `from` on. */
  | { type: 'log_matches'; task_id: number; attempt?: number; text: string; from: number; stream?: LogStream }
  /** The first rows of what a task has delivered, else of what its running attempt has written so far. */
  | { type: 'output'; task_id: number; limit: number }
  /** Failures in groups, in the order of `error_groups` unless sorted; batch as of `overview`, `search` by GROUP_FIELDS, `find`: a key. */
  | {
      type: 'errors'
      batch_id?: string
      search?: string
      sort?: GroupSort
      offset: number
      limit: number
      find?: string
    }
  /** What `start_batch` with this filter would do; writes nothing. `whole`: with every task and every problem. */
  | { type: 'plan'; filter: TaskFilter; whole?: boolean }
  /** The rules, and a page of the ledger, newest first. */
  | { type: 'schedule'; offset: number; limit: number }
  | { type: 'system' }
  /** What the checks thought of a batch's outputs; the doubtful attempts by page. */
  | { type: 'checks'; batch_id: string; offset: number; limit: number }
  /** What the suspect outputs of the chosen tasks have in common; batch as of `overview` where neither ids nor one are named. */
  | { type: 'suspects'; filter: TaskFilter }
  /** What one batch found otherwise than an earlier one; `filter` as for tasks, its batch aside. */
  | {
      type: 'diff'
      from: string
      to: string
      filter?: TaskFilter
      offset: number
      limit: number
      listings?: ListingPage
    }
  /** Figures over the tasks and batches of the last `days` (STATS_DAYS where none are named). */
  | { type: 'stats'; of: StatsOf; days?: number }

/** Where a log page begins: at a byte offset, or with the last `limit` lines before one (or before the end). */
export type LogFrom = { offset: number } | { before: number } | 'end'

/** What each query answers. */
export interface Views {
  overview: Overview
  /** `position`: from 0; null where `find` is not given or not among the chosen. */
  tasks: { total: number; tasks: Task[]; position: number | null }
  task_ids: number[]
  task: { task: Task; attempts: Attempt[]; running: RunningTask | null; names: CodeNames }
  batches: { total: number; batches: BatchSummary[] }
  log: LogPage & { attempt: number }
  log_matches: LogMatches & { attempt: number }
  output: OutputView
  /** `position`: as of `tasks`. */
  errors: { total: number; groups: ErrorGroup[]; position: number | null }
  plan: PlanView
  schedule: { schedules: ScheduleView[]; total: number; slots: Slot[] }
  system: SystemView
  checks: { batch_id: string; counts: VerdictCounts; total: number; doubts: Doubt[] }
  suspects: SuspectsView
  diff: DiffView
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
  /** Failed attempts, newest first, at most 20; what became of their tasks since is `task_status`. */
  recent_errors: RecentError[]
  /** The same failures of the whole batch in groups, the latest first, those that are all recovered last; at most 20. */
  error_groups: ErrorGroup[]
  /** The soonest due moment of any schedule that starts batches; UTC as `sqlTime`. */
  next_slot: { schedule: string; slot: string } | null
  alerts: Alert[]
}

/**
 * `idle`: nothing to do · `running` · `paused`: by the operator · `interrupted`: an unfinished batch waits for
 * `resume_batch` · `held`: the machine is at a limit (see alerts) · `draining` · `closing`.
 */
export type EngineState = 'idle' | 'running' | 'paused' | 'interrupted' | 'held' | 'draining' | 'closing'

export interface BatchView extends Batch {
  counts: StatusCounts
  /** Of the completed tasks those that had failed before. */
  recovered: number
  /** Data rows of its completed tasks. */
  rows: number
  outputs: OutputCounts
  elapsed_s: number
  /** Seconds until it is done, or null while nothing is known. */
  eta_s: number | null
  /** How far off `eta_s` may be either way, in seconds. */
  eta_spread_s: number | null
  /**
   * What most of `eta_s` rests on: how long the same combinations took before, else how long tasks of their sites
   * took, else the pace so far.
   */
  eta_from: 'history' | 'site' | 'pace' | null
  /** The completed batch before this one. */
  previous: { batch_id: string; rows: number; completed_tasks: number; minutes: number | null } | null
  /** The sites of the batch before that have no task in this one, and were not left out by a filter. */
  absent_sites: AbsentSite[]
}

export interface BatchSummary extends Batch {
  /** Data rows of its completed tasks, as long as they are kept. */
  rows: number
  outputs: OutputCounts
}

/** What a batch of the lists as they are would hold. */
export interface PlanView {
  batch_id: string
  rows: number
  planned: number
  duplicates: number
  rejected: number
  tasks: number
  sites: { site: string; name: string; tasks: number }[]
  /** Without a filter: the sites of the latest batch of which there is no task. */
  absent_sites: AbsentSite[]
  estimated_duration_minutes: number
  /** Errors first, at most 200 unless the whole plan is asked for. */
  problems: Problem[]
  /** Only of a whole plan. */
  listed?: PlannedTask[]
}

/** The beginning of a CSV; every cell is the scraper's own and not to be trusted. */
export interface OutputView extends OutputHead {
  /** Relative to the workspace. */
  path: string
  /** False: the attempt that writes it still runs. */
  accepted: boolean
}

export interface SiteView {
  site: string
  name: string
  counts: StatusCounts
  rows: number
  outputs: OutputCounts
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
  /** When its scraper last said anything of itself; until it has, when it began. UTC, milliseconds. */
  progress_at: string
  /** Of the whole process tree, percent of one processor; null until it has been measured. */
  cpu_percent: number | null
  memory_bytes: number | null
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
    | 'schedule'
    | 'lists'
    | 'logs'
    | 'notify'
    | 'suspect'
  message: string
}
