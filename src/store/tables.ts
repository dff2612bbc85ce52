import type { Generated } from 'kysely'
import type { Attempt } from '../domain/attempt.ts'
import type { OutputCounts } from '../domain/check.ts'
import type { Batch } from '../domain/batch.ts'
import type { ScheduleState, Slot } from '../domain/schedule.ts'
import type { AbsentSite } from '../domain/plan.ts'
import type { DeliveryState } from '../domain/notice.ts'
import type { Pause, Wait } from '../domain/store.ts'
import type { Task, TaskStatus } from '../domain/task.ts'

/** The tables as Kysely knows them: what the migrations make. */
export interface Tables {
  execution_batches: Omit<Batch, 'id' | 'total_tasks'> & { id: Generated<number>; total_tasks: number | null }
  batch_requests: { batch_id: string; asked: string }
  scraping_tasks: TaskRow
  task_attempts: AttemptRow
  pauses: Pause
  site_waits: Wait
  task_counts: {
    execution_batch: string
    website: string
    status: TaskStatus
    tasks: number
    rows: number
  }
  output_counts: OutputCounts & { execution_batch: string; website: string }
  absent_sites: AbsentSite & { execution_batch: string }
  schedules: Omit<ScheduleState, 'enabled'> & { enabled: number | null }
  schedule_slots: Slot
  outbox: OutboxRow
  sqlite_sequence: { name: string; seq: number }
}

/** Rows that an older program wrote may lack what Zafra always writes. */
export type TaskRow = Omit<Task, 'created_at' | 'output_path' | 'ready' | 'output_complete'> & {
  created_at: string | null
  output_path: string | null
  ready: number
  output_complete: number | null
}

/** `metrics`, `findings` and `facts` are JSON. */
export type AttemptRow = Omit<Attempt, 'metrics' | 'findings' | 'facts'> & {
  metrics: string
  findings: string
  facts: string | null
  execution_batch: string
  error_key: string | null
}

/** `notice` is JSON. */
export interface OutboxRow {
  seq: Generated<number>
  id: string
  channel: string
  event: string
  notice: string
  created_at: string
  state: DeliveryState
  tries: number
  next_try_at: string | null
  ended_at: string | null
  reason: string | null
}
