import type { Command } from '../command.ts'
import { accept } from './accept.ts'
import { batches } from './batches.ts'
import { cancel } from './cancel.ts'
import { check } from './check.ts'
import { completion } from './completion.ts'
import { config } from './config.ts'
import { daemon } from './daemon.ts'
import { db } from './db.ts'
import { demo } from './demo.ts'
import { diff } from './diff.ts'
import { doctor } from './doctor.ts'
import { drain } from './drain.ts'
import { init } from './init.ts'
import { logs } from './logs-group.ts'
import { notify } from './notify.ts'
import { pause, unpause } from './pause.ts'
import { plan } from './plan.ts'
import { resume } from './resume.ts'
import { retry } from './retry.ts'
import { run } from './run.ts'
import { schedule } from './schedule.ts'
import { stats } from './stats.ts'
import { status } from './status.ts'
import { task } from './task.ts'
import { tasks } from './tasks.ts'
import { tui } from './tui.ts'

/** In the order in which the help shows them. */
export const commands: readonly Command[] = [
  tui,
  demo,
  init,
  plan,
  run,
  resume,
  status,
  batches,
  tasks,
  task,
  logs,
  check,
  accept,
  diff,
  retry,
  cancel,
  pause,
  unpause,
  drain,
  schedule,
  stats,
  daemon,
  db,
  notify,
  doctor,
  config,
  completion,
]
