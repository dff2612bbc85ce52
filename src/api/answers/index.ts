import { z } from 'zod'
import type { Views } from '../../domain/query.ts'
import { batches, plan } from './batch.ts'
import { checks, suspects } from './check.ts'
import { diff } from './diff.ts'
import { errors } from './error.ts'
import { exactly } from './exactly.ts'
import { log, logMatches, output } from './log.ts'
import { overview } from './overview.ts'
import { schedule } from './schedule.ts'
import { stats } from './stats.ts'
import { system } from './system.ts'
import { oneTask, tasks } from './task.ts'
import { whole } from './words.ts'

/** What each query is answered, as JSON. Nothing is parsed with these but in the tests: they are for the document. */
export const VIEWS = {
  overview,
  tasks,
  task_ids: z.array(whole),
  task: oneTask,
  batches,
  log,
  log_matches: logMatches,
  output,
  errors,
  plan,
  schedule,
  system,
  checks,
  suspects,
  diff,
  stats,
}

exactly<Views>()(z.strictObject(VIEWS))
