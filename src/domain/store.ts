import type { Attempt, AttemptEnd } from './attempt.ts'
import type { Batch, BatchPatch, BatchStatus } from './batch.ts'
import type { Combination } from './codes.ts'
import type { TaskFilter } from './filter.ts'
import type { PlannedTask } from './plan.ts'
import type { ErrorClass } from './error-class.ts'
import type { Alert, RecentError, StatusCounts } from './query.ts'
import type { ScheduleState, Slot } from './schedule.ts'
import type { Stats, StatsOf } from './stats.ts'
import type { Task, TaskPatch, TaskStatus } from './task.ts'

/** One thing to write. A guarded change that finds its row in another state undoes the whole commit. */
export type Change =
  | { type: 'task'; id: number; from: TaskStatus; set: TaskPatch }
  /** The same for every task that the filter chooses and that is in `from`; none is no fault. */
  | { type: 'tasks'; filter: TaskFilter; from: TaskStatus; set: TaskPatch }
  | { type: 'batch'; batch_id: string; from: BatchStatus; set: BatchPatch }
  | {
      type: 'attempt_started'
      attempt: Pick<Attempt, 'task_id' | 'number' | 'tag' | 'started_at' | 'log_path'>
    }
  | { type: 'attempt_ended'; task_id: number; number: number; end: AttemptEnd }
  /** The detail tasks of this main task may run now. */
  | { type: 'dependents_ready'; task_id: number }
  | { type: 'pause'; pause: Pause }
  | { type: 'unpause'; scope: string }
  /** Deletes the tasks made before this moment with their attempts; those of a running batch stay. */
  /** Takes the place of what was remembered of the schedule. */
  | { type: 'schedule'; schedule: ScheduleState }
  /**
   * Each slot is decided once. Only a slot that was not acted on, and that by a clock that ran ahead of
   * `decided_at`, is decided anew.
   */
  | { type: 'slot_decided'; slot: Slot }
  /** What became of a queued slot. */
  | {
      type: 'slot_settled'
      slot: Pick<Slot, 'schedule' | 'slot'>
      set: Pick<Slot, 'decision' | 'batch_id' | 'reason'>
    }
  | { type: 'forget_tasks'; before: string }
  /** Deletes the completed batches that ended before this moment and have no tasks any more. */
  | { type: 'forget_batches'; before: string }

/** A stop to new starts. `scope`: a site code, or `*` for all of them. */
export interface Pause {
  scope: string
  /** UTC as `sqlTime`. */
  since: string
  /** UTC as `sqlTime`; null: until the operator lifts it. A past moment: lifted, `level` still remembered. */
  until: string | null
  reason: string
  /** Which pause in a row this is; grows until an attempt at the site completes. 0: by the operator. */
  level: number
}

export type NewBatch = Omit<
  Batch,
  | 'id'
  | 'completed_at'
  | 'completed_tasks'
  | 'failed_tasks'
  | 'actual_duration_minutes'
  | 'total_tasks'
  | 'status'
>

/** What waits at one site of one batch: the heads of its queues. */
export interface SiteQueue {
  /** First ready pending detail task, then first ready pending task, in list order. */
  pending: Task | undefined
  /** The task whose retry has been due for longest. */
  due: Task | undefined
  /** A task whose retry is not due yet: the last one to be. */
  held: Task | undefined
}

/** Per site and status of one batch: how many tasks, and the data rows of the completed ones. */
export interface SiteCounts {
  website: string
  counts: StatusCounts
  rows: number
}

/** What can be asked of the database. */
export interface Reads {
  batch(batch_id: string): Promise<Batch | undefined>
  latestBatch(): Promise<Batch | undefined>
  /** Batches that are `running`, oldest first. */
  openBatches(): Promise<Batch[]>
  batches(page: { offset: number; limit: number }): Promise<{ total: number; batches: Batch[] }>
  /** The next free number in the month. */
  nextExecutionNumber(month_year: string): Promise<number>

  task(id: number): Promise<Task | undefined>
  tasks(
    filter: TaskFilter,
    page: { sort?: TaskSort; offset: number; limit: number },
  ): Promise<{ total: number; tasks: Task[] }>
  /** O(log n) in the number of tasks. `now` as `sqlTime`. */
  siteQueue(batch_id: string, website: string, now: string): Promise<SiteQueue>
  /** The earliest `retry_at` after `now` (`sqlTime`) of open batches, O(log n). */
  nextRetryAt(now: string): Promise<string | undefined>
  /** Kept as tasks change, never counted anew. */
  siteCounts(batch_id: string): Promise<SiteCounts[]>

  attempts(task_id: number): Promise<Attempt[]>
  lastAttempt(task_id: number): Promise<Attempt | undefined>
  /** Attempts that have no end: after a crash, the ones it cut short. */
  openAttempts(): Promise<Attempt[]>
  /** Newest first. */
  recentErrors(batch_id: string, limit: number): Promise<RecentError[]>
  /** The `output_path` of the same combination's last completed task in an earlier batch. */
  previousOutput(task: Combination & { execution_batch: string }): Promise<string | undefined>
  /** Mean minutes of completed tasks, per combination and per site, over the last six months. */
  meanDurations(now: string): Promise<
    {
      website: string
      city: string
      operation: string
      product: string
      scraper_name: string
      minutes: number
    }[]
  >
  pauses(): Promise<Pause[]>
  /** Figures over tasks and batches since `since`; `now` ends what still runs. Both UTC as `sqlTime`. */
  stats<Of extends StatsOf>(of: Of, span: { since: string; now: string }): Promise<Stats[Of]>
}

/** What is wrong with the database file while the engine works; nothing is lost by it. */
export interface FileTrouble {
  /** `snapshot`: it cannot be written · `changed`: another program changed it, and what it wrote is kept aside. */
  code: Extract<Alert['code'], 'snapshot' | 'changed'>
  /** For the person; null: it is over. */
  message: string | null
}

/**
 * The database as the engine needs it. Writes resolve when they are durable; what was not acknowledged is
 * not there after a crash. Reads see every acknowledged write.
 */
export interface Store extends Reads {
  /** All or nothing. Returns how many rows each change touched. @throws ZafraError `conflict`, `storage` */
  commit(changes: readonly Change[]): Promise<number[]>
  /** The batch with all its tasks and `also`, in one transaction. @throws ZafraError `conflict`, `storage` */
  insertBatch(
    batch: NewBatch,
    tasks: readonly PlannedTask[],
    max_attempts: number,
    also?: readonly Change[],
  ): Promise<Batch>
  /** `hear` is called when the database file gets into trouble, and when that is over. */
  onTrouble(hear: (trouble: FileTrouble) => void): void
  /** Writes a last snapshot and lets go of the files. */
  close(): Promise<void>
}
  /** Every schedule that was ever looked at or told something, by name. */
  schedules(): Promise<ScheduleState[]>
  /** The ledger, latest slot first. */
  slots(page: { offset: number; limit: number }): Promise<{ total: number; slots: Slot[] }>
  /** Those of one schedule from one moment to another (`sqlTime`), both included. */
  slotsBetween(schedule: string, from: string, to: string): Promise<Slot[]>
  /** The latest slot of a schedule. */
  lastSlot(schedule: string): Promise<Slot | undefined>
  /** Those that wait to be acted on, soonest first. */
  queuedSlots(): Promise<Slot[]>
