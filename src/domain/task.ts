import type { Combination } from './codes.ts'
import type { OutputCheck } from './check.ts'
import type { ErrorClass } from './error-class.ts'

export const TASK_STATUSES = [
  'pending',
  'running',
  'retrying',
  'failed',
  'permanently_failed',
  'skipped',
  'cancelled',
  'completed',
] as const
export type TaskStatus = (typeof TASK_STATUSES)[number]

/** What a person calls failed, and the schema document too: no attempt is to come by itself. */
export const FAILED = ['failed', 'permanently_failed'] as const satisfies readonly TaskStatus[]

/** A row of `scraping_tasks`, with the document's column names and our own columns. */
export interface Task extends Combination {
  id: number
  url: string
  /** Place in the site's list, from 1; a detail task has that of its main task. */
  order_num: number
  status: TaskStatus
  /** Attempts used of `max_attempts`, including one that runs. */
  attempts: number
  max_attempts: number
  created_at: string
  started_at: string | null
  completed_at: string | null
  error_message: string | null
  error_class: ErrorClass | null
  execution_batch: string
  /** Relative to the workspace. */
  output_path: string
  data_records_extracted: number
  file_size_bytes: number
  /** The main task that feeds this one, for a detail task. */
  depends_on: number | null
  /** False while the main task has not completed. */
  ready: boolean
  /** When the automatic retry is due; set only while `retrying`. */
  retry_at: string | null
  /** How its output stands; null where nothing was checked. */
  output_check: OutputCheck | null
  /** Whether its scraper said that the output is all there was; null where it said nothing. */
  output_complete: boolean | null
  /** What the portal counts; null where that is not known. */
  output_expected: number | null
}

/** How the output of a task stands. */
export type TaskOutput = Pick<Task, 'output_check' | 'output_complete' | 'output_expected'>

/** What can happen to a task. Times are UTC as `sqlTime` writes them. */
export type TaskEvent =
  | { type: 'start'; at: string }
  | { type: 'complete'; at: string; rows: number; bytes: number; output?: TaskOutput }
  | {
      type: 'fail'
      at: string
      error_class: ErrorClass
      message: string
      next: 'never' | 'hold' | { retry_at: string }
      /** The checks refused what it delivered. */
      refused?: boolean
    }
  | { type: 'interrupt' }
  | { type: 'cancel'; at: string }
  /** A detail task whose main task has ended without a list that it can work from. */
  | { type: 'skip'; at: string; reason: string }
  /** Its main task is done again, or its list is accepted. */
  | { type: 'reactivate' }
  | { type: 'retry' }
  /** The operator does not take its suspect output. */
  | { type: 'refuse' }

export const TASK_EVENTS = [
  'start',
  'complete',
  'fail',
  'interrupt',
  'cancel',
  'skip',
  'reactivate',
  'retry',
  'refuse',
] as const satisfies readonly TaskEvent['type'][]

/** The columns that a transition writes. */
export type TaskPatch = Partial<
  Pick<
    Task,
    | 'attempts'
    | 'started_at'
    | 'completed_at'
    | 'error_message'
    | 'error_class'
    | 'data_records_extracted'
    | 'file_size_bytes'
    | 'retry_at'
    | keyof TaskOutput
  >
> & { status: TaskStatus }

/** What is needed to know where a task goes next. */
export type TaskState = Pick<Task, 'status' | 'attempts' | 'max_attempts'>

const ALLOWED: Record<TaskEvent['type'], readonly TaskStatus[]> = {
  start: ['pending', 'retrying'],
  complete: ['running'],
  fail: ['running'],
  interrupt: ['running'],
  cancel: ['pending', 'running', 'retrying', 'failed'],
  skip: ['pending'],
  reactivate: ['skipped'],
  retry: ['retrying', 'failed', 'permanently_failed', 'cancelled'],
  refuse: ['completed'],
}

const NO_OUTPUT: TaskOutput = { output_check: null, output_complete: null, output_expected: null }

/** With a fresh count of attempts. */
const AGAIN = {
  ...NO_OUTPUT,
  status: 'pending',
  attempts: 0,
  started_at: null,
  completed_at: null,
  retry_at: null,
} as const satisfies TaskPatch

/** Why a detail task is skipped, in the words of its `error_message`. */
export function skipReason(main: Pick<Task, 'status' | 'error_message'> | undefined): string {
  switch (main?.status) {
    case 'failed':
    case 'permanently_failed':
      return `its main task failed${main.error_message === null ? '' : `: ${main.error_message}`}`
    case 'cancelled':
      return 'its main task was cancelled'
    case 'completed':
      return 'the output of its main task is suspect, and not accepted'
    default:
      return 'its main task did not run'
  }
}

/** The statuses from which `event` leads somewhere. */
export function allowedFrom(event: TaskEvent['type']): readonly TaskStatus[] {
  return ALLOWED[event]
}

/**
 * Where `event` takes a task, as the columns to write, or undefined where the event has no meaning in that
 * status. Pure and total over status × event (source: design.md, State machines).
 */
export function transition(task: TaskState, event: TaskEvent): TaskPatch | undefined {
  if (!ALLOWED[event.type].includes(task.status)) return undefined
  switch (event.type) {
    case 'start':
      return {
        status: 'running',
        attempts: Math.min(task.attempts + 1, task.max_attempts),
        started_at: event.at,
        completed_at: null,
        retry_at: null,
        ...NO_OUTPUT,
      }
    case 'complete':
      return {
        status: 'completed',
        completed_at: event.at,
        error_message: null,
        error_class: null,
        data_records_extracted: event.rows,
        file_size_bytes: event.bytes,
        ...(event.output ?? NO_OUTPUT),
      }
    case 'fail':
      return {
        ...failed(task, event),
        error_message: event.message,
        error_class: event.error_class,
        ...NO_OUTPUT,
        output_check: event.refused ? 'failed' : null,
      }
    case 'interrupt':
      return { status: 'pending', attempts: Math.max(task.attempts - 1, 0), started_at: null }
    case 'cancel':
      return { status: 'cancelled', completed_at: event.at, retry_at: null }
    case 'skip':
      return { status: 'skipped', completed_at: event.at, error_message: event.reason, error_class: null }
    case 'reactivate':
      return { ...AGAIN, error_message: null, error_class: null }
    case 'retry':
      return AGAIN
    case 'refuse':
      return { ...AGAIN, data_records_extracted: 0, file_size_bytes: 0 }
  }
}

function failed(task: TaskState, event: Extract<TaskEvent, { type: 'fail' }>): TaskPatch {
  if (event.next === 'never' || task.attempts >= task.max_attempts) {
    return { status: 'permanently_failed', completed_at: event.at, retry_at: null }
  }
  if (event.next === 'hold') return { status: 'failed', completed_at: event.at, retry_at: null }
  return { status: 'retrying', completed_at: null, retry_at: event.next.retry_at }
}
