import type { Checked, PastOutput } from './check.ts'
import type { ErrorClass } from './error-class.ts'
import type { Progress } from './query.ts'
import type { Task } from './task.ts'

/** Everything the runner needs for one attempt. Paths are absolute. */
export interface AttemptSpec {
  task: Task
  number: number
  /** Value of ZAFRA_RUN: begins with the workspace's own prefix, so that survivors can be found. */
  tag: string
  mode: 'url' | 'detail' | 'full'
  /** The final output file; the scraper writes to a `.partial` beside it. */
  output_file: string
  /** Detail only: the main task's output. */
  url_list_file: string | null
  /** The same combination's output in an earlier batch. */
  previous_file: string | null
  /** The last good outputs of the same combination in earlier batches, latest first. */
  history: readonly PastOutput[]
  log_file: string
}

/** Why we stopped an attempt. `shutdown`: the engine closes. */
export type StopReason = 'cancel' | 'shutdown' | 'timeout' | 'memory'

/** What the whole process tree of an attempt takes of the machine. */
export interface Usage {
  /** Of one processor: two that are busy are 200. */
  cpu_percent: number
  memory_bytes: number
}

/** How an attempt ended, judged by the scraper contract. */
export interface AttemptResult {
  outcome: 'completed' | 'failed' | 'cancelled' | 'interrupted'
  exit_code: number | null
  signal: string | null
  /** Set when the outcome is `failed`. */
  error: { class: ErrorClass; message: string; url: string | null; http: number | null } | null
  /** Data rows and bytes of the accepted output file; set when the outcome is `completed`. */
  output: { rows: number; bytes: number } | null
  /** What the checks thought of the output, accepted or not; null where nothing was checked. */
  checked: Checked | null
  metrics: Readonly<Record<string, number>>
  /** The most of each that was seen; null where it ended before anybody looked. */
  peak: Usage | null
  /** Seconds for which the portal asked to be left alone, as the scraper heard it; null where it completed, or heard nothing. */
  retry_after: number | null
}

export interface RunningAttempt {
  /** Asks it to stop; a second call changes nothing. */
  stop(why: 'cancel' | 'shutdown'): void
  /** Resolves, never rejects, when no process of the attempt is left and its output is accepted or refused. */
  readonly done: Promise<AttemptResult>
}

export interface Runner {
  /**
   * Starts one process tree; what cannot be started ends as a failed attempt.
   * @param onUsage called every two seconds at most
   */
  start(
    spec: AttemptSpec,
    onProgress: (progress: Progress) => void,
    onUsage: (usage: Usage) => void,
  ): RunningAttempt
  /** Kills every process left over from a dead engine of this workspace. Returns how many there were. */
  reap(): Promise<number>
  /** The workspace's own beginning of every tag. */
  readonly tagPrefix: string
}
