import { cp, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createChecker, createComparer } from '../../src/checks/index.ts'
import { loadConfig } from '../../src/config/load.ts'
import type { Config } from '../../src/domain/config.ts'
import type { Engine } from '../../src/domain/engine.ts'
import type { EngineEvent } from '../../src/domain/event.ts'
import type { DigestSource } from '../../src/domain/digest.ts'
import type { Messenger } from '../../src/domain/notice.ts'
import type { Load } from '../../src/domain/machine.ts'
import type { Planner } from '../../src/domain/plan.ts'
import type { Overview } from '../../src/domain/query.ts'
import type { Task, TaskStatus } from '../../src/domain/task.ts'
import { systemClock } from '../../src/cli/system-clock.ts'
import { createEngine } from '../../src/engine/index.ts'
import type { Scheduler } from '../../src/domain/schedule.ts'
import { createPlanner } from '../../src/plan/planner.ts'
import {
  createLogReader,
  createLogRetention,
  createOutputReader,
  createRunner,
} from '../../src/runner/index.ts'
import { diskFiles } from '../../src/store/disk/files.ts'
import { createScheduler } from '../../src/scheduler/index.ts'
import { openStore, type Files } from '../../src/store/index.ts'
import type { Backups } from '../../src/domain/backups.ts'
import { testClock, type TestClock } from './clock.ts'

/**
 * A scraper that does what its URL says, per attempt: `?1=75&2=0` exits 75 at the first attempt and 0 at the
 * second. `ask3600` says that the portal asks for that many seconds. `hang` sleeps until it is stopped; so does `tell`, but it tells a page once there is a file `go`; what is not named, and every detail task, exits 0 with two rows.
 */
const OBEDIENT = `#!/bin/sh
do=$(printf '%s' "$SCRAPER_INPUT_URL" | sed -n "s/.*[?&]$SCRAPER_ATTEMPT=\\([a-z0-9]*\\).*/\\1/p")
[ "$SCRAPER_MODE" = detail ] && do=0
case "$do" in
  hang) sleep 600 ;;
  tell)
    while [ ! -e "$SCRAPER_BASE_DIR/go" ]; do sleep 0.05; done
    echo '{"scraper":1,"type":"progress","page":1}'
    sleep 600 ;;
  '' | 0) printf 'id,url\\n1,https://example.org/1\\n2,https://example.org/2\\n' > "$SCRAPER_OUTPUT_FILE" ;;
  ask*)
    echo '{"scraper":1,"type":"error","class":"rate_limited","message":"429","http":429,"retry_after":'"$(printf %s "$do" | cut -c4-)"'}'
    exit 75 ;;
  *) echo "told to exit $do" >&2; exit "$do" ;;
esac
`

export interface Bench {
  engine: Engine
  clock: TestClock
  config: Config
  /** Every event since the engine was opened. */
  events: EngineEvent[]
  /** What the machine says of itself. */
  load: Load
  /** Resolves when \`holds\` is true of the overview; looks again after every event. */
  until(holds: (overview: Overview) => boolean, what?: string): Promise<Overview>
  tasks(status?: TaskStatus): Promise<Task[]>
  /** Task ids in the order in which they started. */
  starts(): number[]
  /** Closes the engine and opens another on the same workspace. */
  reopen(): Promise<void>
  close(): Promise<void>
}

/** Whom the engine tells; nobody where a test does not ask. */
interface Telling {
  messenger?: (config: Config) => Messenger
  digests?: DigestSource
}

/** A real engine (store, runner, planner) on a temporary workspace; engine time stands still until it is moved. */
export async function openBench(
  options: {
    /** Rows of the lists, by file: \`site/city/operation/product/path?query\`. */
    lists: Record<string, string[]>
    /** Merged into the configuration, keyed as in zafra.yaml. */
    config?: Record<string, unknown>
    /** What is done after each batch; nothing where a test does not ask. */
    backups?: Backups
    /** The file system under the database. */
    files?: Files
    /** Whether slots are acted on. */
    schedules?: boolean
    planner?: Planner
    scheduler?: Scheduler
    clock?: TestClock
    /** A workspace whose database is taken over as it stands. */
    from?: string
  } & Telling,
): Promise<Bench> {
  const workspace = await mkdtemp(join(tmpdir(), 'zafra-engine-'))
  if (options.from !== undefined) await cp(options.from, workspace, { recursive: true })
  await mkdir(join(workspace, 'scrapers'), { recursive: true })
  await mkdir(join(workspace, 'urls'), { recursive: true })
  await writeFile(join(workspace, 'zafra.yaml'), '')
  for (const name of ['cyt', 'inm24', 'inm24_det', 'prop', 'tro']) {
    await writeFile(join(workspace, 'scrapers', `${name}.sh`), OBEDIENT)
  }
  for (const [file, rows] of Object.entries(options.lists)) {
    const header = 'PaginaWeb,Ciudad,Operacion,ProductoPaginaWeb,URL'
    await writeFile(join(workspace, 'urls', file), [header, ...rows, ''].join('\n'))
  }
  const loaded = await loadConfig({
    cwd: workspace,
    env: {},
    overrides: mergeTrees(QUIET, options.config ?? {}),
    cronProblem: () => undefined,
  })
  const { clock = testClock() } = options
  const known: Partial<Bench> = { config: loaded.config, clock, events: [], load: { ...IDLE } }
  // Opening fills in the engine, and what follows is made of the bench itself.
  const bench = known as Bench
  await open(bench, options)
  bench.until = (holds, what) => until(bench, holds, what)
  bench.tasks = async (status) => {
    const filter = status ? { status: [status] } : {}
    return (await bench.engine.query({ type: 'tasks', filter, offset: 0, limit: 1000 })).tasks
  }
  bench.starts = () => bench.events.flatMap((event) => startOf(event))
  bench.reopen = async () => {
    await bench.engine.close()
    await open(bench, options)
  }
  bench.close = async () => {
    await bench.engine.close()
    await rm(workspace, { recursive: true, force: true })
  }
  return bench
}

const NO_BACKUPS: Backups = { make: () => Promise.resolve({ path: '', bytes: 0 }) }

const IDLE: Load = { cpu_percent: 0, memory_percent: 0, free_disk_bytes: 10 ** 12 }

const QUIET = {
  execution: {
    max_parallel: 4,
    retry_delay: 60,
    retry_factor: 2,
    retry_jitter: 0,
    max_attempts: 3,
    grace: 1,
  },
  sites: { Inm24: { priority: 0 } },
}

async function open(
  bench: Bench,
  {
    backups = NO_BACKUPS,
    files = diskFiles,
    schedules = false,
    planner,
    scheduler,
    messenger,
    digests,
  }: {
    backups?: Backups
    files?: Files
    schedules?: boolean
    planner?: Planner
    scheduler?: Scheduler
  } & Telling,
): Promise<void> {
  const { config, clock } = bench
  const { path, backup_dir, snapshot_interval, fsync } = config.database
  bench.engine = await createEngine({
    config,
    clock,
    store: await openStore({ path, backup_dir, snapshot_interval, fsync, clock: systemClock, files }),
    backups,
    runner: createRunner(config, {
      clock: systemClock,
      builtinScrapers: '/nonexistent',
      checker: createChecker(config),
    }),
    planner: planner ?? createPlanner(config, { hasScraper: () => true }),
    machine: { load: () => Promise.resolve(bench.load) },
    logs: createLogReader(),
    retention: createLogRetention(config, systemClock),
    outputs: createOutputReader(),
    comparer: createComparer(),
    version: '0.0.0',
    random: () => 0.5,
    scheduler: scheduler ?? createScheduler(),
    schedules,
    messenger: messenger?.(config) ?? null,
    ...(digests && { digests }),
    closing_stops_work: true,
  })
  bench.engine.subscribe((event) => bench.events.push(event))
}

/** Waits for real processes to bring the state about; fails with the last state seen. */
async function until(
  bench: Bench,
  holds: (overview: Overview) => boolean,
  what = 'the state asked for',
): Promise<Overview> {
  const deadline = Date.now() + 15_000
  for (;;) {
    // A timer that was set just after a test moved the clock must fire too.
    bench.clock.advance(1)
    const overview = await bench.engine.query({ type: 'overview' })
    if (holds(overview)) return overview
    if (Date.now() > deadline)
      throw new Error(`${what} did not come about: ${JSON.stringify(overview, null, 1)}`)
    await new Promise<void>((resolve) => {
      const timer = setTimeout(done, 100)
      const stop = bench.engine.subscribe((event) => event.type !== 'snapshot' && done())
      function done() {
        clearTimeout(timer)
        stop()
        resolve()
      }
    })
  }
}

function startOf(event: EngineEvent): number[] {
  return event.type === 'task' && event.task.status === 'running' ? [event.task.id] : []
}

function mergeTrees(under: Record<string, unknown>, over: Record<string, unknown>): Record<string, unknown> {
  const merged = { ...under }
  for (const [key, value] of Object.entries(over)) {
    const below = merged[key]
    merged[key] = isTree(below) && isTree(value) ? mergeTrees(below, value) : value
  }
  return merged
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
