import type { Batch } from './batch.ts'
import type { Overview, RunningTask } from './query.ts'
import type { Task } from './task.ts'

/**
 * What a client hears: one snapshot, then changes. `seq` grows by one per event, so that a gap can be seen.
 * `progress` may be left out under load; nothing else is.
 */
export type EngineEvent = { seq: number } & (
  | { type: 'snapshot'; overview: Overview }
  | { type: 'task'; task: Task }
  /** Many tasks of a batch changed at once: ask again. */
  | { type: 'tasks'; batch_id: string }
  | { type: 'progress'; running: RunningTask }
  | { type: 'batch'; batch: Batch }
  /** Pauses, alerts or the engine's state changed: ask for the overview again. */
  | { type: 'engine' }
  /**
   * Only from an engine in another process: the way to it is lost, or is there again (a snapshot follows). Carries
   * the last number heard. While it is lost, told after each try: `tries` have failed so far (the loss itself is the
   * first), the next one is in `retry_s` seconds.
   */
  | { type: 'connection'; connected: boolean; message: string; tries: number; retry_s: number }
)
