import type { Finding, OutputFacts, Verdict } from './check.ts'
import type { ErrorClass } from './error-class.ts'

export type AttemptOutcome = 'completed' | 'failed' | 'cancelled' | 'interrupted'

/** One try of a task: one subprocess, one log file. Column names as in `task_attempts`. */
export interface Attempt {
  task_id: number
  /** 1, 2, 3, … over the whole life of the task; a manual retry does not begin again at 1. */
  number: number
  /** The value of ZAFRA_RUN in the environment of every process of this attempt. */
  tag: string
  /** UTC, milliseconds. */
  started_at: string
  ended_at: string | null
  /** Null while it runs. */
  outcome: AttemptOutcome | null
  exit_code: number | null
  signal: string | null
  error_class: ErrorClass | null
  error_message: string | null
  error_url: string | null
  http_status: number | null
  /** Data rows in the output file. */
  rows: number | null
  file_size_bytes: number | null
  /** Numbers that the scraper reported (`metric` messages). */
  metrics: Readonly<Record<string, number>>
  /** Relative to the workspace. */
  log_path: string
  /** Of the whole process tree, as sampled; percent of one processor. */
  peak_cpu_percent: number | null
  peak_memory_bytes: number | null
  /** What the checks thought of the output; null where there was none, or nothing was checked. */
  verdict: Verdict | null
  /** The worst first. */
  findings: readonly Finding[]
  facts: OutputFacts | null
  /** When the operator took a suspect output for good; UTC as `sqlTime`. */
  accepted_at: string | null
}

/** What ends an attempt: the columns that were open until then. */
export type AttemptEnd = Pick<
  Attempt,
  | 'ended_at'
  | 'outcome'
  | 'exit_code'
  | 'signal'
  | 'error_class'
  | 'error_message'
  | 'error_url'
  | 'http_status'
  | 'rows'
  | 'file_size_bytes'
  | 'metrics'
  | 'peak_cpu_percent'
  | 'peak_memory_bytes'
  | 'verdict'
  | 'findings'
  | 'facts'
>
