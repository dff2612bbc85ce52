import { setImmediate } from 'node:timers/promises'
import { sqlTime } from '../../domain/clock.ts'
import { MOST_REFUSED, type Changed } from '../../domain/command.ts'
import type { TaskFilter } from '../../domain/filter.ts'
import type { Change } from '../../domain/store.ts'
import type { Core } from '../core.ts'
import { reactivateDetailsOf } from '../details.ts'
import { suspectIds } from '../views/suspects.ts'
import { reopen } from './retry.ts'

/** Outputs per transaction: few enough that the process answers others in between. */
const SLICE = 600
/** As many tasks are told one by one; of more it is told that tasks changed. */
const TOLD = 100

/**
 * Takes the suspect outputs of the chosen tasks for good: from now on they are history, and the detail tasks that
 * waited for them may run, for which their batch is opened again where it had ended. No task changes its state.
 */
export async function accept(core: Core, asked: TaskFilter): Promise<Changed> {
  const ids = asked.ids ? [...new Set(asked.ids)] : await suspectIds(core, asked)
  const refused: Changed['refused'] = []
  let changed = 0
  for (let from = 0; from < ids.length; from += SLICE) {
    if (from > 0) await setImmediate()
    const slice = ids.slice(from, from + SLICE)
    const accepted = await core.turn(() => acceptSlice(core, slice, asked))
    changed += accepted.size
    for (const id of slice) {
      if (!accepted.has(id) && refused.length < MOST_REFUSED)
        refused.push({ id, reason: 'it has no suspect output that waits to be accepted' })
    }
  }
  return { changed, refused }
}

/** Inside the turn: nobody accepts or refuses between what is read and what is written. */
async function acceptSlice(core: Core, slice: readonly number[], asked: TaskFilter): Promise<Set<number>> {
  const { store, live, publisher, clock } = core
  const chosen = new Set(await suspectIds(core, { ...asked, ids: slice }))
  const byBatch = Map.groupBy(
    (await store.suspects(slice)).filter(({ task_id }) => chosen.has(task_id)),
    ({ batch_id }) => batch_id,
  )
  const at = sqlTime(clock.now())
  for (const [batch_id, own] of byBatch) {
    const task_ids = own.map(({ task_id }) => task_id)
    const skips = { batch: batch_id, status: ['skipped'] } as const
    const { total: skipped } = await store.tasks(skips, { offset: 0, limit: 0 })
    const changes: Change[] = [
      { type: 'outputs_accepted', task_ids, at },
      { type: 'dependents_ready', task_ids },
      // Nothing of it is looked through where nothing was skipped.
      ...(skipped > 0 ? reactivateDetailsOf({ batch: batch_id, ids: task_ids }, ['completed']) : []),
    ]
    const [, ready = 0] = await store.commit(changes)
    if (ready > 0) await reopen(core, batch_id)
    if (skipped === 0 && task_ids.length <= TOLD) {
      const { tasks } = await store.tasks({ ids: task_ids }, { offset: 0, limit: TOLD })
      for (const task of tasks) publisher.publish({ type: 'task', task })
    } else publisher.publish({ type: 'tasks', batch_id })
    if (ready > 0 && !live.draining) core.kick()
  }
  return new Set([...byBatch.values()].flatMap((own) => own.map(({ task_id }) => task_id)))
}
