import { sqlTime } from '../domain/clock.ts'
import type { TaskFilter } from '../domain/filter.ts'
import type { Change } from '../domain/store.ts'
import { allowedFrom, skipReason, transition, type Task, type TaskEvent } from '../domain/task.ts'
import type { Core } from './core.ts'

/** What a change of one main task means for its detail tasks. */
export interface DetailStep {
  /** To be written in the same commit. */
  changes: Change[]
  /** As they are once it is written. */
  tasks: Task[]
}

/** The main task has ended, and not with a list that can be worked from: its detail tasks are skipped. */
export function skipDetails(core: Core, main: Task): Promise<DetailStep> {
  return detailStep(core, main.id, { type: 'skip', at: sqlTime(core.clock.now()), reason: skipReason(main) })
}

/** The main task is done again, or its list is accepted: its skipped detail tasks wait again. */
export function reactivateDetails(core: Core, main_id: number): Promise<DetailStep> {
  return detailStep(core, main_id, { type: 'reactivate' })
}

async function detailStep({ store }: Core, main_id: number, event: TaskEvent): Promise<DetailStep> {
  const step: DetailStep = { changes: [], tasks: [] }
  for (const task of await store.details(main_id)) {
    const set = transition(task, event)
    if (!set) continue
    step.changes.push({ type: 'task', id: task.id, from: task.status, set })
    step.tasks.push({ ...task, ...set })
  }
  return step
}

/** With the main tasks of the choice that are cancelled, in the same commit: what they would have fed is skipped. */
export function skipDetailsOfCancelled(core: Core, { status: _before, ...filter }: TaskFilter): Change[] {
  const at = sqlTime(core.clock.now())
  const reason = skipReason({ status: 'cancelled', error_message: null })
  const set = transition({ status: 'pending', attempts: 0, max_attempts: 1 }, { type: 'skip', at, reason })
  return set ? [{ type: 'details', filter, main: 'cancelled', from: 'pending', set }] : []
}

/** Before the main tasks of the choice are done again, in the same commit: what they feed waits again. */
export function reactivateDetailsOf(filter: TaskFilter, mains = allowedFrom('retry')): Change[] {
  const set = transition({ status: 'skipped', attempts: 0, max_attempts: 1 }, { type: 'reactivate' })
  return set ? mains.map((main) => ({ type: 'details', filter, main, from: 'skipped', set })) : []
}

/** Tasks that are looked at in one commit. */
const PAGE = 500

/** Skips what is pending in a batch that has nothing left to do, with the reason. Inside the turn. */
export async function skipLeftOver(core: Core, batch_id: string): Promise<boolean> {
  const { store, clock } = core
  const at = sqlTime(clock.now())
  const filter: TaskFilter = { batch: batch_id, status: ['pending'] }
  for (let any = false; ; any = true) {
    const { tasks } = await store.tasks(filter, { offset: 0, limit: PAGE })
    const changes: Change[] = []
    for (const task of tasks) {
      const main = task.depends_on === null ? undefined : await store.task(task.depends_on)
      const set = transition(task, { type: 'skip', at, reason: skipReason(main) })
      if (set) changes.push({ type: 'task', id: task.id, from: task.status, set })
    }
    if (changes.length === 0) return any
    await store.commit(changes)
  }
}
