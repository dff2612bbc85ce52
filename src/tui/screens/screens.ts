import { DASHBOARD } from './dashboard/dashboard.ts'
import { LOG } from './log/log.ts'
import type { Screen, ScreenName } from './screen.ts'
import { TASK } from './task/task.ts'
import { TASKS } from './tasks/tasks.ts'

/** Every screen; those with a key in the order of their keys. */
export const SCREENS: Readonly<Record<ScreenName, Screen>> = {
  dashboard: DASHBOARD,
  tasks: TASKS,
  task: TASK,
  log: LOG,
}

/** Those that a key leads to. */
export const KEYED_SCREENS: readonly Screen[] = Object.values(SCREENS).filter(({ key }) => key !== undefined)
