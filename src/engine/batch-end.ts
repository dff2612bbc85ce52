import { batchTransition } from '../domain/batch.ts'
import { parseSqlTime, sqlTime } from '../domain/clock.ts'
import { backUp } from './backup.ts'
import type { Core } from './core.ts'
import { skipLeftOver } from './details.ts'
import { pruneLogs } from './log-retention.ts'
import { tellOfBatchEnd } from './notify-digest.ts'
import { totalCounts } from './overview.ts'

/** Ends a batch that has nothing left to do. Inside the turn. */
export async function finishBatch(core: Core, batch_id: string): Promise<void> {
  const { store, clock, live, publisher } = core
  const batch = await store.batch(batch_id)
  if (!batch) {
    live.active.delete(batch_id)
    return
  }
  if (await skipLeftOver(core, batch_id)) publisher.publish({ type: 'tasks', batch_id })
  const now = clock.now()
  const set = batchTransition(batch.status, {
    type: 'finish',
    at: sqlTime(now),
    ...(await outcomes(core, batch_id)),
    minutes: minutesSince(batch.started_at, now),
  })
  if (!set) return
  const notices = await tellOfBatchEnd(core, batch, set)
  await store.commit([{ type: 'batch', batch_id, from: batch.status, set }, ...notices])
  live.active.delete(batch_id)
  publisher.publish({ type: 'batch', batch: { ...batch, ...set } })
  backUp(core)
  pruneLogs(core)
  core.look()
}

async function outcomes(core: Core, batch_id: string) {
  const counts = totalCounts(await core.store.siteCounts(batch_id))
  const { completed, failed, permanently_failed, skipped, cancelled } = counts
  // What is skipped ended as its main task did, but for one whose list is in doubt, which counts as completed.
  return { completed, failed: failed + permanently_failed, cancelled: cancelled + skipped }
}

/** Whole minutes, rounded, from a TIMESTAMP to `now`: the unit of `actual_duration_minutes`. */
export function minutesSince(since: string, now: Date): number {
  return Math.round((now.getTime() - parseSqlTime(since).getTime()) / 60_000)
}
