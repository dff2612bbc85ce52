import { batchTransition } from '../../domain/batch.ts'
import { sqlTime } from '../../domain/clock.ts'
import type { Changed } from '../../domain/command.ts'
import { ZafraError } from '../../domain/error.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Change } from '../../domain/store.ts'
import { allowedFrom, transition } from '../../domain/task.ts'
import { stopAttempt } from '../attempts.ts'
import { backUp } from '../backup.ts'
import { minutesSince } from '../batch-end.ts'
import type { Core, Running } from '../core.ts'
import { skipDetailsOfCancelled } from '../details.ts'
import { pruneLogs } from '../log-retention.ts'
import { namedBatch } from '../named.ts'
import { tellOfBatchEnd } from '../notify-digest.ts'
import { refusals, resolved } from './chosen.ts'

/** Stops the chosen tasks; resolves when no process of theirs is left. */
export async function cancel(core: Core, asked: TaskFilter): Promise<Changed> {
  const { waiting, stopping, refused } = await core.turn(async () => {
    const filter = await resolved(core, asked)
    const refusedIds = await refusals(core, asked, 'cancel', allowedFrom('cancel'))
    const cancelled = cancelWaiting(core, filter)
    const touched = await core.store.commit([...cancelled, ...skipDetailsOfCancelled(core, filter)])
    const chosen = await runningIn(core, filter)
    for (const running of chosen) stopAttempt(core, running, 'cancel')
    for (const batch_id of await batchIds(core, filter)) core.publisher.publish({ type: 'tasks', batch_id })
    const taken = sum(touched.slice(0, cancelled.length))
    return { waiting: taken, stopping: chosen, refused: refusedIds }
  })
  await Promise.all(stopping.map((running) => running.ended))
  core.kick()
  return { changed: waiting + stopping.length, refused }
}

/** Ends a batch: nothing of it starts any more, everything of it stops. */
export async function cancelBatch(core: Core, batch_id: string): Promise<Changed> {
  const { waiting, stopping } = await core.turn(async () => {
    const batch = await namedBatch(core.store, batch_id)
    const now = core.clock.now()
    const minutes = minutesSince(batch.started_at, now)
    const set = batchTransition(batch.status, { type: 'cancel', at: sqlTime(now), minutes })
    if (!set)
      throw new ZafraError('conflict', `batch ${batch_id} is ${batch.status}: there is nothing to cancel`)
    const cancelled = cancelWaiting(core, { batch: batch_id })
    const notices = await tellOfBatchEnd(core, batch, set)
    const touched = await core.store.commit([
      ...cancelled,
      { type: 'batch', batch_id, from: batch.status, set },
      ...notices,
    ])
    core.live.active.delete(batch_id)
    core.live.unfinished.delete(batch_id)
    const chosen = await runningIn(core, { batch: batch_id })
    for (const running of chosen) stopAttempt(core, running, 'cancel')
    core.publisher.publish({ type: 'batch', batch: { ...batch, ...set } })
    core.publisher.publish({ type: 'tasks', batch_id })
    return { waiting: sum(touched.slice(0, cancelled.length)), stopping: chosen }
  })
  await Promise.all(stopping.map((running) => running.ended))
  core.kick()
  backUp(core)
  pruneLogs(core)
  core.look()
  return { changed: waiting + stopping.length, refused: [] }
}

/** The same patch for all chosen tasks of a status; those that run are stopped first and change when they end. */
function cancelWaiting(core: Core, filter: TaskFilter): Change[] {
  const at = sqlTime(core.clock.now())
  return allowedFrom('cancel')
    .filter((from) => from !== 'running')
    .flatMap((from) => {
      const set = transition({ status: from, attempts: 0, max_attempts: 1 }, { type: 'cancel', at })
      return set ? [{ type: 'tasks', filter, from, set } as const] : []
    })
}

async function runningIn(core: Core, filter: TaskFilter): Promise<Running[]> {
  const { running } = core.live
  if (running.size === 0 || filter.status?.includes('running') === false) return []
  const ids = [...running.keys()].filter((id) => filter.ids?.includes(id) ?? true)
  const { tasks } = await core.store.tasks(
    { ...filter, ids, status: ['running'] },
    { offset: 0, limit: ids.length },
  )
  return tasks.flatMap((task) => running.get(task.id) ?? [])
}

async function batchIds(core: Core, filter: TaskFilter): Promise<Set<string>> {
  if (filter.batch !== undefined) return new Set([filter.batch])
  const ids = new Set<string>()
  for (const id of filter.ids ?? []) {
    const task = await core.store.task(id)
    if (task) ids.add(task.execution_batch)
  }
  return ids
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
