import { BATCHES } from './batches/batches.ts'
import { DASHBOARD } from './dashboard/dashboard.ts'
import { DIFF } from './diff/diff.ts'
import { LISTINGS } from './diff/listings.ts'
import { ERRORS } from './errors/errors.ts'
import { LOG } from './log/log.ts'
import type { Screen, ScreenName } from './screen.ts'
import { SCHEDULE } from './schedule/schedule.ts'
import { SYSTEM } from './system/system.ts'
import { STATS } from './stats/stats.ts'
import { TASK } from './task/task.ts'
import { TASKS } from './tasks/tasks.ts'

/** Every screen; those with a key in the order of their keys. */
export const SCREENS: Readonly<Record<ScreenName, Screen>> = {
  dashboard: DASHBOARD,
  tasks: TASKS,
  errors: ERRORS,
  batches: BATCHES,
  stats: STATS,
  schedule: SCHEDULE,
  system: SYSTEM,
  task: TASK,
  log: LOG,
  diff: DIFF,
  listings: LISTINGS,
}

/** Those that a key leads to. */
export const KEYED_SCREENS: readonly Screen[] = Object.values(SCREENS).filter(({ key }) => key !== undefined)
