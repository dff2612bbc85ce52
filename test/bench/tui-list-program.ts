import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Tui from '../../src/tui/index.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import type { Query, View } from '../../src/domain/query.ts'
import { createFailures } from '../../src/engine/failures.ts'
import { createLists } from '../../src/engine/list/lists.ts'
import { taskIds, tasksView } from '../../src/engine/views/tasks.ts'
import type { ViewParts } from '../../src/engine/views.ts'
import { openStore } from '../../src/store/index.ts'
import { batchView, overview } from '../support/overview.ts'
import { ScriptedEngine } from '../support/scripted-engine.ts'
import { BATCH, fill } from './list.ts'

/** The built TUI on 100,000 tasks of a real database, of which nothing changes. */
const { openTui } = (await import(new URL('../../dist/program/tui.js', import.meta.url).href)) as typeof Tui

const folder = await mkdtemp(join(tmpdir(), 'zafra-bench-'))
const store = await openStore({
  path: join(folder, 'orchestrator.db'),
  backup_dir: join(folder, 'backups'),
  snapshot_interval: 3600,
  fsync: 'never',
  clock: systemClock,
})
await fill(store)
// All that these two views need of the engine.
const parts = {
  reads: store,
  lists: createLists({ reads: store, clock: systemClock, failures: createFailures(store) }),
} as Partial<ViewParts> as ViewParts

class TasksEngine extends ScriptedEngine {
  override async query<Q extends Query>(query: Q): Promise<View<Q>> {
    if (query.type === 'tasks') return (await tasksView(parts, query)) as View<Q>
    if (query.type === 'task_ids') return (await taskIds(parts, query.filter)) as View<Q>
    return super.query(query)
  }
}

const { stdin, stdout, env } = process
const batch = batchView({ batch_id: BATCH, total_tasks: 100_000, status: 'completed' })
await openTui(new TasksEngine(overview({ batch })), { clock: systemClock, stdin, stdout, env })
await store.close()
await rm(folder, { recursive: true, force: true })
