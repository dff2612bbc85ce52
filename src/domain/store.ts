import type { Attempt, AttemptEnd } from './attempt.ts'
import type { Batch, BatchPatch, BatchStatus } from './batch.ts'
import type { Doubt, DoubtPage, OutputCounts, PastOutput, VerdictCounts } from './check.ts'
import type { SuspectBatch, SuspectOutput } from './suspect.ts'
import type { Combination } from './codes.ts'
import type { DiffPairs, SweepsAround } from './diff.ts'
import type { TaskFilter } from './filter.ts'
import type { DeliverySettlement, DeliveryState, NoticeTask, OutboxEntry, QueuedDelivery } from './notice.ts'
import type { AbsentSite, PlannedTask } from './plan.ts'
import type { ErrorClass } from './error-class.ts'
import type { Alert, RecentError, StatusCounts } from './query.ts'
import type { ScheduleState, Slot } from './schedule.ts'
import type { Stats, StatsOf } from './stats.ts'
import type { SystemView } from './system.ts'
import type { Task, TaskPatch, TaskStatus } from './task.ts'

/** One thing to write. A guarded change that finds its row in another state undoes the whole commit. */
export type Change =
  | { type: 'task'; id: number; from: TaskStatus; set: TaskPatch }
  /** The same for every task that the filter chooses and that is in `from`; none is no fault. */
  | { type: 'tasks'; filter: TaskFilter; from: TaskStatus; set: TaskPatch }
  /** The same for the detail tasks, in `from`, of the main tasks that the filter chooses and that are in `main`. */
  | { type: 'details'; filter: TaskFilter; main: TaskStatus; from: TaskStatus; set: TaskPatch }
  | { type: 'batch'; batch_id: string; from: BatchStatus; set: BatchPatch }
  | {
      type: 'attempt_started'
      attempt: Pick<Attempt, 'task_id' | 'number' | 'tag' | 'started_at' | 'log_path'>
    }
  | { type: 'attempt_ended'; task_id: number; number: number; end: AttemptEnd }
  /** The operator takes the suspect outputs of these completed tasks for good; others are left as they are. */
  | { type: 'outputs_accepted'; task_ids: readonly number[]; at: string }
  /** The operator does not take it: the attempt that delivered it counts no more. Refused where there is none. */
  | { type: 'output_refused'; task_id: number }
  /** The detail tasks of these main tasks may run now. */
  | { type: 'dependents_ready'; task_ids: readonly number[] }
  /** Known when the batch is made, and written with it. */
  | { type: 'site_absent'; batch_id: string; absent: AbsentSite }
  | { type: 'pause'; pause: Pause }
  | { type: 'unpause'; scope: string }
  /** Takes the place of what the site waited for. */
  | { type: 'wait'; wait: Wait }
  | { type: 'wait_over'; site: string }
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
  /** Deletes the schedule's slots before this moment (`sqlTime`), but for its last thousand and what waits to be acted on. */
  | { type: 'forget_slots'; schedule: string; before: string }
  /** A notice for one channel, to be sent when this is written. */
  | { type: 'notice_queued'; delivery: Pick<QueuedDelivery, 'id' | 'channel' | 'notice' | 'created_at'> }
  /** What became of a queued one. */
  | { type: 'notice_settled'; id: string; set: DeliverySettlement }
  /** Deletes the notices that were sent or given up before this moment (`sqlTimeMs`). */
  | { type: 'forget_notices'; before: string }
  /** Deletes the tasks made before this moment with their attempts; those of a running batch stay. */
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

/** How long a portal asked to be left alone: until then nothing starts at the site, whatever is paused or not. */
export interface Wait {
  site: string
  /** UTC as `sqlTime`. */
  since: string
  until: string
  reason: string
}

export interface NewBatch extends Omit<
  Batch,
  | 'id'
  | 'completed_at'
  | 'completed_tasks'
  | 'failed_tasks'
  | 'actual_duration_minutes'
  | 'total_tasks'
  | 'status'
> {
  /** What it was asked for; absent: that is not known. */
  asked?: TaskFilter
}

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
  outputs: OutputCounts
}

/** What of a task its lists are searched and sorted by. */
export type ListedTask = Omit<
  Task,
  'max_attempts' | 'output_path' | 'depends_on' | 'ready' | 'retry_at' | 'output_expected'
>

/** A failed attempt, as it is put together with its like. */
export interface Failure {
  task_id: number
  number: number
  website: string
  /** UTC, milliseconds. */
  ended_at: string
  error_class: ErrorClass
  message: string
  /** What its task is now. */
  task_status: TaskStatus
  /** `errorKey` of the message; null where an older program wrote it down. */
  key: string | null
}

/** How long completed tasks of one combination took. */
export interface Duration {
  website: string
  city: string
  operation: string
  product: string
  scraper_name: string
  /** The mean. */
  minutes: number
  /** Mean square of what they differ from it, minutes²; null where there was but one. */
  variance: number | null
}

/** What can be asked of the database. */
export interface Reads {
  batch(batch_id: string): Promise<Batch | undefined>
  latestBatch(): Promise<Batch | undefined>
  /** What a batch was asked for; null where that is not known. */
  askedOf(batch_id: string): Promise<TaskFilter | null>
  /** Batches that are `running`, oldest first. */
  openBatches(): Promise<Batch[]>
  batches(page: { offset: number; limit: number }): Promise<{ total: number; batches: Batch[] }>
  /** The next free number in the month. */
  nextExecutionNumber(month_year: string): Promise<number>

  task(id: number): Promise<Task | undefined>
  /** The detail tasks that a main task feeds. */
  details(task_id: number): Promise<Task[]>
  /** In the order of their ids; `search` and `error` of the filter are not for the database and must be resolved. */
  tasks(
    filter: TaskFilter,
    page: { descending?: boolean; offset: number; limit: number },
  ): Promise<{ total: number; tasks: Task[] }>
  /** In order. */
  taskIds(filter: TaskFilter): Promise<number[]>
  /** Of the chosen ones those after the id `after`, in the order of ids: O(limit) where the filter names a batch at most. */
  listedTasks(filter: TaskFilter, page: { after: number; limit: number }): Promise<ListedTask[]>
  /** O(log n) in the number of tasks. `now` as `sqlTime`. */
  siteQueue(batch_id: string, website: string, now: string): Promise<SiteQueue>
  /** The earliest `retry_at` after `now` (`sqlTime`) of open batches, O(log n). */
  nextRetryAt(now: string): Promise<string | undefined>
  /** Kept as tasks change, never counted anew. */
  siteCounts(batch_id: string): Promise<SiteCounts[]>
  /** The sites of the batch before that have no task in this one. */
  absentSites(batch_id: string): Promise<AbsentSite[]>

  attempts(task_id: number): Promise<Attempt[]>
  lastAttempt(task_id: number): Promise<Attempt | undefined>
  /** Attempts that have no end: after a crash, the ones it cut short. */
  openAttempts(): Promise<Attempt[]>
  /** Newest first. */
  recentErrors(batch_id: string, limit: number): Promise<RecentError[]>
  /** Failed attempts of a batch in the order of their ends, `limit` of them after `after`: O(limit). */
  failures(batch_id: string, page: { after: Failure | undefined; limit: number }): Promise<Failure[]>
  /** The completed batch that started last before this moment. */
  completedBefore(started_at: string): Promise<Batch | undefined>
  /** Data rows of completed tasks, by batch; of batches that have any. */
  batchRows(batch_ids: readonly string[]): Promise<Map<string, number>>
  /** Of the batches that have any output that is not simply good; kept as tasks change. */
  outputCounts(batch_ids: readonly string[]): Promise<Map<string, OutputCounts>>
  /** Batches of which outputs wait for the operator, the newest first. */
  suspectBatches(limit: number): Promise<SuspectBatch[]>
  /** The `output_path` of the same combination's last completed task in an earlier batch whose output is not in doubt. */
  previousOutput(task: Combination & { execution_batch: string }): Promise<string | undefined>
  /**
   * The outputs of the last tasks of the same combination in earlier batches that completed and are not in doubt, latest
   * first, HISTORY_READ at most; without those that are not complete, unless a limit is the reason or the operator
   * accepted them.
   */
  pastOutputs(task: Combination & { execution_batch: string }): Promise<PastOutput[]>
  /** Attempts of a batch whose output the checks doubted or refused, a page in the order of their tasks. */
  doubtful(batch_id: string, page: DoubtPage): Promise<{ total: number; doubts: Doubt[] }>
  /** Of the named tasks those with a suspect output that waits for the operator, in order. */
  suspects(ids: readonly number[]): Promise<SuspectOutput[]>
  /** From counts that are kept. */
  verdictCounts(batch_id: string): Promise<VerdictCounts>
  diffPairs: DiffPairs
  diffSweeps: SweepsAround
  /** Of completed tasks per combination, over the last six months. */
  meanDurations(now: string): Promise<Duration[]>
  pauses(): Promise<Pause[]>
  /** As far as they are not forgotten, also those that are over. */
  waits(): Promise<Wait[]>
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
  /** The channels for which notices wait. */
  queuedChannels(): Promise<string[]>
  /** The oldest notice that waits for a channel. */
  nextDelivery(channel: string): Promise<QueuedDelivery | undefined>
  /** Alerts that somebody was told of, and not yet that they are over, as far as notices are kept. */
  toldAlerts(): Promise<{ code: string; message: string }[]>
  /** The latest notices, newest first, as long as they are kept; only those in `state` where one is named. */
  outbox(limit: number, state?: DeliveryState): Promise<OutboxEntry[]>
  /** The tasks of a batch that took longest to complete, longest first. */
  longestTasks(batch_id: string, limit: number): Promise<(NoticeTask & { seconds: number })[]>
  /** What has completed in this batch and had failed for good when it was last tried, in whatever batch that was. */
  mendedTasks(batch_id: string, limit: number): Promise<{ total: number; tasks: NoticeTask[] }>
  /** Figures over tasks and batches since `since`; `now` ends what still runs. Both UTC as `sqlTime`. */
  stats<Of extends StatsOf>(of: Of, span: { since: string; now: string }): Promise<Stats[Of]>
  /** The state of the file and what is beside it; costs a look at the disk, whatever the size. */
  database(backup_dir: string): Promise<SystemView['database']>
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
