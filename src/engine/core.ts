import type { Backups } from '../domain/backups.ts'
import type { Clock, Random } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import type { Comparer } from '../domain/diff.ts'
import type { DigestSource } from '../domain/digest.ts'
import type { LogReader, LogRetention } from '../domain/logs.ts'
import type { Machine } from '../domain/machine.ts'
import type { Messenger } from '../domain/notice.ts'
import type { OutputReader } from '../domain/outputs.ts'
import type { Planner } from '../domain/plan.ts'
import type { Alert, RunningTask } from '../domain/query.ts'
import type { Runner, RunningAttempt } from '../domain/runner.ts'
import type { Scheduler } from '../domain/schedule.ts'
import type { Pause, Store, Wait } from '../domain/store.ts'
import type { Task } from '../domain/task.ts'
import type { Notifier } from './notifier.ts'
import type { Publisher } from './publisher.ts'
import type { Turn } from './turn.ts'
import type { Kept } from './kept.ts'
import type { Vitals } from './vitals.ts'

/** What the engine is made of: the ports it works through. */
export interface Parts {
  config: Config
  store: Store
  backups: Backups
  runner: Runner
  planner: Planner
  machine: Machine
  logs: LogReader
  /** Without it logs are kept for ever. */
  retention?: LogRetention
  outputs: OutputReader
  comparer: Comparer
  clock: Clock
  random: Random
  scheduler: Scheduler
  /** Whether slots are decided and acted on: in a process whose engine stays. */
  schedules: boolean
  /** Null: notices wait in the outbox for an engine that stays. */
  messenger: Messenger | null
  /** What a digest says besides what the engine itself knows. */
  digests?: DigestSource
  /** Of this program. */
  version: string
  /** Hears how to make the engine look at once at a configuration that has changed. */
  onReload?: (look: () => void) => void
  /** Whether closing this engine ends what runs for the one who looks at it (see Overview). */
  closing_stops_work: boolean
}

/** An attempt in hand. */
export interface Running {
  task: Task
  number: number
  view: RunningTask
  attempt: RunningAttempt
  /** Resolves when its end is written. */
  ended: Promise<void>
}

/** What the engine knows and the database does not: it is gone with the process. */
export interface Live {
  started_at: string
  running: Map<number, Running>
  /** Batches that are being worked on. */
  active: Set<string>
  /** Open batches that wait for `resume_batch`: a crash or a drain left them. */
  unfinished: Set<string>
  draining: boolean
  closing: boolean
  /** As in the database, by scope. */
  pauses: Map<string, Pause>
  /** As in the database, by site. */
  waits: Map<string, Wait>
  /** Per site: blocked attempts in a row. */
  blocked: Map<string, number>
  /** Per site: the number of its last start, for taking turns. */
  lastStart: Map<string, number>
  starts: number
  alerts: Map<Alert['code'], Alert>
  /** Resolves when no backup is being made. */
  backup: Promise<void>
  /** Whether anything was written since the last backup; true as long as this is not known. */
  unsaved: boolean
}

export interface Core extends Parts, Kept {
  live: Live
  publisher: Publisher
  vitals: Vitals
  notifier: Notifier
  /** Whoever reads in order to write does both inside its turn. */
  turn: Turn
  /** Looks for tasks to start, soon. */
  kick(): void
  /** Looks at what the schedules have due, soon. */
  look(): void
}
