import { createScheduler } from '../../src/scheduler/index.ts'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { systemClock } from '../../src/cli/system-clock.ts'
import { seeded } from '../../src/demo/chance.ts'
import type { Random } from '../../src/domain/clock.ts'
import { createChecker, createComparer } from '../../src/checks/index.ts'
import type { Config } from '../../src/domain/config.ts'
import type { Engine } from '../../src/domain/engine.ts'
import type { Change, Store } from '../../src/domain/store.ts'
import type { Task } from '../../src/domain/task.ts'
import { createEngine } from '../../src/engine/index.ts'
import { createPlanner } from '../../src/plan/planner.ts'
import { createLogReader, createOutputReader, createRunner } from '../../src/runner/index.ts'
import { acquireLock, openStore } from '../../src/store/index.ts'
import { press } from './client.ts'
import { CONFIG } from './config-file.ts'
import type { Said } from './said.ts'

// The engine that is killed: `engine.ts <workspace> <seed>`. It loads, waits for a line, opens the workspace, works
// under a client that interferes, and says each write before it tries it and after it is acknowledged.

const [workspace = '', seed = '1'] = process.argv.slice(2)

function say(what: Said): void {
  // Standard output is a pipe: the line is there for the reader when this returns.
  process.stdout.write(`${JSON.stringify(what)}\n`)
}

type Write = { changes: readonly Change[] } | { batch_id: string; tasks: number }

/** The store, which says what it is asked and what it acknowledged. */
function saying(store: Store): Store {
  let tries = 0
  async function said<T>(what: Write, write: () => Promise<T>, tasks?: () => Promise<Task[]>): Promise<T> {
    const attempt = ++tries
    say({ type: 'try', attempt, ...what })
    try {
      const done = await write()
      say({ type: 'done', attempt, ...(tasks && { tasks: await tasks() }) })
      return done
    } catch (error) {
      say({ type: 'undone', attempt })
      throw error
    }
  }
  return {
    ...store,
    commit: (changes) => said({ changes }, () => store.commit(changes)),
    insertBatch: (batch, tasks, max) =>
      said(
        { batch_id: batch.batch_id, tasks: tasks.length },
        () => store.insertBatch(batch, tasks, max),
        async () => (await store.tasks({ batch: batch.batch_id }, { offset: 0, limit: tasks.length })).tasks,
      ),
  }
}

async function open(config: Config, random: Random): Promise<Engine> {
  const lock = acquireLock(join(config.workspace, '.zafra'), new Date())
  if (!lock) throw new Error('the workspace is taken')
  const store = await openStore({ ...config.database, clock: systemClock })
  for (const notice of store.notices) say({ type: 'notice', text: notice })
  return createEngine({
    config,
    clock: systemClock,
    store: saying(store),
    runner: createRunner(config, {
      clock: systemClock,
      builtinScrapers: '/nonexistent',
      checker: createChecker(config),
    }),
    planner: createPlanner(config, { hasScraper: () => true }),
    machine: { load: () => Promise.resolve({ cpu_percent: 0, memory_percent: 0, free_disk_bytes: 1e12 }) },
    logs: createLogReader(),
    outputs: createOutputReader(),
    comparer: createComparer(),
    version: '0.0.0',
    backups: { make: () => Promise.resolve({ path: '', bytes: 0 }) },
    random,
    scheduler: createScheduler(),
    schedules: false,
    messenger: null,
    closing_stops_work: true,
  })
}

const random = seeded(Number(seed))
// Read by the harness, once for all: reading it is half of what there is to load.
const config = JSON.parse(readFileSync(join(workspace, CONFIG), 'utf8')) as Config
// A process that is killed leaves nothing in the cache of compiled modules: the next would load as slowly.
flushCompileCache()
say({ type: 'loaded' })
const input = createInterface(process.stdin)
const closed = once(input, 'close')
await once(input, 'line')
const engine = await open(config, random)
say({ type: 'open' })
const left = press(engine, random)
await closed
left()
await engine.close()
