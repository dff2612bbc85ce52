import { parseSqlTime } from '../domain/clock.ts'
import { errorKey } from '../domain/error-group.ts'
import type { Change, Store } from '../domain/store.ts'
import type { Live, Parts } from './core.ts'
import { createDiffs, type Diffs } from './diff/diffs.ts'
import { createFailures, type Failures } from './failures.ts'
import { createLists, type Lists } from './list/lists.ts'
import { createOutlook, type Outlook } from './outlook.ts'
import { watchStore } from './watch-store.ts'

/** What the engine keeps of the database in hand, so that no question costs O(all tasks). */
export interface Kept {
  lists: Lists
  failures: Failures
  outlook: Outlook
  diffs: Diffs
}

/** Returns `store` with what is kept of it: every write that is acknowledged is taken over before it resolves. */
export function keep(
  store: Store,
  { clock, config, comparer }: Pick<Parts, 'clock' | 'config' | 'comparer'>,
  running: Live['running'],
): Kept & { store: Store } {
  const failures = createFailures(store)
  const lists = createLists({ reads: store, clock, failures })
  const outlook = createOutlook(store)
  const diffs = createDiffs({ config, reads: store, comparer, clock })

  function hear(changes: readonly Change[]): void {
    for (const change of changes) if (change.type === 'attempt_ended') hearEnd(change)
    failures.hear(changes)
    outlook.hear(changes)
    lists.hear(changes)
    diffs.hear(changes)
  }

  function hearEnd({ task_id, number, end }: Extract<Change, { type: 'attempt_ended' }>): void {
    const attempt = running.get(task_id)
    const { outcome, ended_at, error_class, error_message } = end
    if (!attempt || ended_at === null) return
    const { task, view } = attempt
    if (outcome === 'completed') {
      const took = parseSqlTime(ended_at).getTime() - parseSqlTime(view.started_at).getTime()
      outlook.observe(task, Math.max(took, 0) / 1000)
    }
    if (outcome !== 'failed' || error_class === null) return
    const message = error_message ?? ''
    const key = errorKey(error_class, message)
    const { website, execution_batch, status: task_status } = task
    const failure = { task_id, number, website, ended_at, error_class, message, task_status, key }
    failures.add(execution_batch, failure)
  }

  return {
    lists,
    failures,
    outlook,
    diffs,
    store: watchStore(store, (changes, batch) => {
      hear(changes)
      if (!batch) return
      lists.grow()
      outlook.follow(batch.batch_id)
    }),
  }
}
