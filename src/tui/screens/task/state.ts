import type { Attempt } from '../../../domain/attempt.ts'
import type { OutputView, Views } from '../../../domain/query.ts'
import type { Task } from '../../../domain/task.ts'

/** What the task screen shows. */
export interface TaskState {
  /** Null: none was opened. */
  id: number | null
  /** Null until the engine has answered. */
  view: Views['task'] | null
  /** The main task of a detail task, or the detail task of a main task. */
  relative: Task | null
  /** A text: why there is none. */
  output: OutputView | string | null
  /** The attempt looked at; null: the last one. */
  attempt: number | null
  /** Where the keys that move go. */
  pane: 'facts' | 'log'
  /** The first row shown of what stands above the log. */
  from: number
  /** Whether the engine is being asked, and has to be once more. */
  asking: boolean
  stale: boolean
}

export function initialTask(id: number | null = null): TaskState {
  return {
    id,
    view: null,
    relative: null,
    output: null,
    attempt: null,
    pane: 'facts',
    from: 0,
    asking: false,
    stale: false,
  }
}

/** The attempt looked at. */
export function attemptInView({ view, attempt }: TaskState): Attempt | undefined {
  return view?.attempts.find(({ number }) => number === attempt) ?? view?.attempts.at(-1)
}
