import type { TaskFilter } from './filter.ts'
import type { AbsentSite } from './plan.ts'

/** What a client tells the engine. */
export type Command =
  /** Plans the lists (narrowed by `filter`) and starts a batch of the plan. */
  | { type: 'start_batch'; filter: TaskFilter }
  /** Goes on with a batch that was interrupted, cancelled or left tasks behind; the last one if none is named. */
  | { type: 'resume_batch'; batch_id?: string }
  /** Stops every task of the batch and ends it. */
  | { type: 'cancel_batch'; batch_id: string }
  /**
   * Makes the chosen tasks pending again and starts their count of attempts anew; of completed ones those with a suspect
   * output, and only where they are named by id.
   */
  | { type: 'retry'; filter: TaskFilter }
  /** Stops the chosen tasks; resolves when no process of theirs is left. */
  | { type: 'cancel'; filter: TaskFilter }
  /** Starts nothing new, at one site or at all. */
  | { type: 'pause'; site?: string }
  | { type: 'unpause'; site?: string }
  /** Lets what runs end and starts nothing more until a batch is started or resumed. */
  | { type: 'drain' }
  /** Takes the suspect output of the chosen completed tasks for good: their detail tasks may run. */
  | { type: 'accept'; filter: TaskFilter }
  /** Makes a backup of the database now. */
  | { type: 'backup' }
  /** Does what the schedule would do at its next slot, now. */
  | { type: 'run_schedule'; name: string }
  /** Until further notice, over restarts; `zafra.yaml` stays as it is. */
  | { type: 'enable_schedule'; name: string; enabled: boolean }

/** What each command answers. */
export interface Results {
  /** `rejected`: rows of the lists that are in no task; the plan names each. */
  start_batch: { batch_id: string; tasks: number; rejected: number; absent_sites: AbsentSite[] }
  resume_batch: { batch_id: string; tasks: number }
  cancel_batch: Changed
  retry: Changed
  cancel: Changed
  pause: Changed
  unpause: Unpaused
  drain: { running: number }
  accept: Changed
  backup: { path: string; bytes: number }
  run_schedule: { batch_id: string | null; reason: string }
  enable_schedule: { enabled: boolean }
}

/** Of many tasks to which something could not be done so many are named. */
export const MOST_REFUSED = 1000

/**
 * How many tasks (or sites) it was done to, and the chosen ones to which it could not be done; `accept`, which takes
 * any number of ids, names MOST_REFUSED of them at most.
 */
export interface Changed {
  changed: number
  refused: { id: number; reason: string }[]
}

/** `note`: against what it goes on, or what still holds it. */
export type Unpaused = Changed & { note: string | null }

export type Result<C extends Command> = Results[C['type']]
