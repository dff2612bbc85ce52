import type { Change } from '../../src/domain/store.ts'
import type { Task } from '../../src/domain/task.ts'

/** What the engine under test says, one line of JSON each. */
export type Said =
  | { type: 'loaded' }
  /** Everything that a dead engine left is put right. */
  | { type: 'open' }
  | { type: 'notice'; text: string }
  /** About to write; numbered by process. */
  | ({ type: 'try'; attempt: number } & (
      | { changes: readonly Change[] }
      | { batch_id: string; tasks: number }
    ))
  /** Acknowledged; `tasks`: of the batch that was inserted. */
  | { type: 'done'; attempt: number; tasks?: Task[] }
  /** Refused. */
  | { type: 'undone'; attempt: number }
