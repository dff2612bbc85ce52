import { sqlTime, sqlTimeMs } from '../domain/clock.ts'
import type { AttemptResult } from '../domain/runner.ts'
import type { Change } from '../domain/store.ts'
import { transition, type Task } from '../domain/task.ts'
import { attemptEnd } from './judge.ts'
import type { Core } from './core.ts'

const CRASHED = {
  outcome: 'interrupted',
  exit_code: null,
  signal: null,
  error: null,
  output: null,
  metrics: {},
  peak: null,
  retry_after: null,
  checked: null,
} as const satisfies AttemptResult

/** How many tasks to mend in one commit. */
const PAGE = 500

/**
 * After a crash: kills what a dead engine of this workspace left running, then puts every task that was
 * running back in its queue. Its attempt is `interrupted` and counts for nothing.
 */
export async function recover(core: Core): Promise<void> {
  await core.runner.reap()
  const now = core.clock.now()
  const open = await core.store.openAttempts()
  if (open.length > 0) {
    await core.store.commit(
      open.map((attempt) => ({
        type: 'attempt_ended',
        task_id: attempt.task_id,
        number: attempt.number,
        end: { ...attemptEnd(CRASHED, now), ended_at: sqlTimeMs(now) },
      })),
    )
  }
  for (;;) {
    const { tasks } = await core.store.tasks({ status: ['running'] }, { offset: 0, limit: PAGE })
    if (tasks.length === 0) break
    await core.store.commit(tasks.flatMap(requeue))
  }
  for (const batch of await core.store.openBatches()) core.live.unfinished.add(batch.batch_id)
  for (const pause of await core.store.pauses()) core.live.pauses.set(pause.scope, pause)
  for (const wait of await core.store.waits()) core.live.waits.set(wait.site, wait)
  core.outlook.learn(await core.store.meanDurations(sqlTime(now)))
  for (const batch_id of core.live.unfinished) core.outlook.follow(batch_id)
}

function requeue(task: Task): Change[] {
  const set = transition(task, { type: 'interrupt' })
  return set ? [{ type: 'task', id: task.id, from: task.status, set }] : []
}
