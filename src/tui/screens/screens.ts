import { BATCHES } from './batches/batches.tsx'
import { DASHBOARD } from './dashboard/dashboard.tsx'
import { DIFF } from './diff/diff.tsx'
import { LISTINGS } from './diff/listings.tsx'
import { ERRORS } from './errors/errors.tsx'
import { LOG } from './log/log.tsx'
import type { Screen, ScreenName } from './screen.ts'
import { SCHEDULE } from './schedule/schedule.tsx'
import { SYSTEM } from './system/system.tsx'
import { STATS } from './stats/stats.tsx'
import { TASK } from './task/task.tsx'
import { TASKS } from './tasks/tasks.tsx'

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
