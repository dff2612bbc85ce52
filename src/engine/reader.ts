import type { Engine } from '../domain/engine.ts'
import type { Overview, RunningTask } from '../domain/query.ts'
import type { Reads } from '../domain/store.ts'
import { createDiffs } from './diff/diffs.ts'
import { createFailures } from './failures.ts'
import { createLists } from './list/lists.ts'
import { runningTask } from './running-task.ts'
import { answer, type ViewParts } from './views.ts'
import { createVitals } from './vitals.ts'

/** More tasks than run at once on any machine that this is meant for. */
const MOST_RUNNING = 200

/**
 * Answers queries from a database of which this process is not the owner: what is stored, without what only
 * an engine knows (progress, alerts).
 * @param owner the engine that owns the workspace; null: none is alive, and an unfinished batch waits
 */
export function createReader(
  given: Omit<ViewParts, 'lists' | 'failures' | 'diffs' | 'vitals'> & {
    owner: Pick<Overview['engine'], 'pid' | 'started_at'> | null
  },
): Pick<Engine, 'query'> {
  const { reads, owner, clock, config, comparer } = given
  const failures = createFailures(reads)
  const parts: ViewParts = {
    ...given,
    failures,
    lists: createLists({ reads, clock, failures }),
    diffs: createDiffs({ config, reads, comparer, clock }),
    vitals: createVitals(clock),
  }
  return {
    async query(query) {
      const open = (await reads.openBatches()).length > 0
      const state = open ? (owner ? 'running' : 'interrupted') : 'idle'
      const { pid, started_at } = owner ?? { pid: null, started_at: null }
      const engine: Overview['engine'] = { pid, started_at, state, closing_stops_work: false }
      const pauses = new Map((await reads.pauses()).map((pause) => [pause.scope, pause]))
      const waits = new Map((await reads.waits()).map((wait) => [wait.site, wait]))
      const now = {
        seq: 0,
        engine,
        running: await runningTasks(reads),
        alerts: [],
        pauses,
        waits,
        outlook: undefined,
        clients: 0,
      }
      return answer(parts, now, query)
    },
  }
}

async function runningTasks(reads: Reads): Promise<RunningTask[]> {
  const { tasks } = await reads.tasks({ status: ['running'] }, { offset: 0, limit: MOST_RUNNING })
  return Promise.all(
    tasks.map(async (task) => {
      const last = await reads.lastAttempt(task.id)
      return runningTask(task, last?.number ?? task.attempts, last?.started_at ?? task.created_at)
    }),
  )
}
