import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Config } from '../domain/config.ts'
import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import { ZafraError } from '../domain/error.ts'
import type { Planner } from '../domain/plan.ts'
import type { Reads } from '../domain/store.ts'
import { exists } from './write-files.ts'

/** Where the build puts the built-in scrapers. */
export const BUILTIN_SCRAPERS = fileURLToPath(new URL('../scrapers', import.meta.url))

/** How long to wait for a workspace: whoever only looks has it for less. */
const PATIENCE_MS = 1000
const AGAIN_MS = 50

/** Hears what a person should know, beside the answer. */
type Note = (text: string) => void

/** A view of the database, without an engine. */
export type Reader = Pick<Engine, 'query' | 'close'>

/**
 * The engine of the workspace, in this process: takes the workspace for as long as it is open.
 * @param note hears what was found and mended while opening
 * @param stays whether this process is there for the engine, and not for one act alone: then its schedules are followed
 * @throws ZafraError `workspace_owned` while another process has it; `database`
 */
export async function openEngine(config: Config, clock: Clock, note: Note, stays = false): Promise<Engine> {
  const lock = await takeWorkspace(config, clock)
  try {
    const engine = await assemble(config, clock, note, stays)
    return { ...engine, close: () => engine.close().finally(() => lock.release()) }
  } catch (error) {
    lock.release()
    throw error
  }
}

/**
 * Does `work` on the workspace's database while no engine can have it.
 * @throws ZafraError `workspace_owned` while another process has the workspace; what `work` throws
 */
export async function owning<T>(config: Config, clock: Clock, work: () => Promise<T>): Promise<T> {
  const lock = await takeWorkspace(config, clock)
  try {
    return await work()
  } finally {
    lock.release()
  }
}

/**
 * What commands that only look are answered from: the last snapshot of the database and the journal after it.
 * The workspace stays free, so that looking never stands in the way of work; only what a dead engine left
 * behind is put right first.
 * @throws ZafraError `database`
 */
export async function openReader(config: Config, clock: Clock, note: Note): Promise<Reader> {
  const [
    { openSnapshot, acquireLock, lockOwner },
    { createReader },
    { createLogReader },
    { createScheduler },
  ] = await Promise.all([
    import('../store/index.ts'),
    import('../engine/index.ts'),
    import('../runner/log-reader.ts'),
    import('../scheduler/index.ts'),
  ])
  const lock = acquireLock(stateFolder(config), null)
  try {
    if (lock && (await isLeftBehind(config, clock)))
      await (await assemble(config, clock, note, false)).close()
  } finally {
    lock?.release()
  }
  // Without an owner the lock is another one's who only looks.
  const owner = lock ? null : (lockOwner(stateFolder(config)) ?? null)
  const reads = await openSnapshot(config.database.path, clock)
  const logs = createLogReader()
  const reader = createReader({ config, reads, logs, clock, scheduler: createScheduler(), owner })
  return { ...reader, close: () => reads.close() }
}

/** Whether an engine has to be opened before the database tells the truth: none is alive, or there is no database. */
function isLeftBehind(config: Config, clock: Clock): Promise<boolean> {
  return fromDatabase(config, clock, async (reads) => (await reads.openAttempts()).length > 0, true)
}

/**
 * What `ask` finds in the database as it stands on the disk. Writes nothing.
 * @param without the answer where there is no database yet
 * @throws ZafraError `database`
 */
export async function fromDatabase<T>(
  config: Config,
  clock: Clock,
  ask: (reads: Reads) => Promise<T>,
  without: T,
): Promise<T> {
  if (!(await exists(config.database.path))) return without
  const { openSnapshot } = await import('../store/index.ts')
  const reads = await openSnapshot(config.database.path, clock)
  try {
    return await ask(reads)
  } finally {
    await reads.close()
  }
}

export async function openPlanner(config: Config): Promise<Planner> {
  const [{ createPlanner }, { scraperCommand }] = await Promise.all([
    import('../plan/planner.ts'),
    import('../runner/index.ts'),
  ])
  return createPlanner(config, {
    hasScraper: (name) => scraperCommand(config, BUILTIN_SCRAPERS, name) !== undefined,
  })
}

async function assemble(config: Config, clock: Clock, note: Note, schedules: boolean): Promise<Engine> {
  const [
    { openStore, createBackups },
    { createEngine },
    { createRunner, createLogReader, createMachine },
    { createScheduler },
  ] = await Promise.all([
    import('../store/index.ts'),
    import('../engine/index.ts'),
    import('../runner/index.ts'),
    import('../scheduler/index.ts'),
  ])
  const { path, backup_dir, snapshot_interval, fsync } = config.database
  const store = await openStore({ path, backup_dir, snapshot_interval, fsync, clock })
  for (const notice of store.notices) note(notice)
  return createEngine({
    config,
    store,
    backups: createBackups(config.database, clock),
    runner: createRunner(config, { clock, builtinScrapers: BUILTIN_SCRAPERS }),
    planner: await openPlanner(config),
    machine: createMachine(config.workspace),
    logs: createLogReader(),
    clock,
    random: Math.random,
    scheduler: createScheduler(),
    schedules,
    closing_stops_work: true,
  })
}

async function takeWorkspace(config: Config, clock: Clock) {
  const { acquireLock, lockOwner } = await import('../store/index.ts')
  const deadline = clock.monotonic() + PATIENCE_MS
  for (;;) {
    const lock = acquireLock(stateFolder(config), clock.now())
    if (lock) return lock
    if (clock.monotonic() >= deadline) throw owned(config, lockOwner(stateFolder(config)))
    await new Promise<void>((resolve) => clock.after(AGAIN_MS, resolve))
  }
}

/**
 * For what only an engine that runs can do; this process cannot reach one yet.
 * @param instead what to do where one runs
 * @throws ZafraError `workspace_owned` where one runs, `no_engine` where none does
 */
export async function refuseWithoutEngine(config: Config, instead: string): Promise<never> {
  const { acquireLock, lockOwner } = await import('../store/index.ts')
  const lock = acquireLock(stateFolder(config), null)
  lock?.release()
  if (!lock) throw owned(config, lockOwner(stateFolder(config)))
  throw new ZafraError('no_engine', `no engine runs in ${config.workspace}; while one does, ${instead}`)
}

function stateFolder(config: Config): string {
  return join(config.workspace, '.zafra')
}

function owned(config: Config, owner: { pid: number } | undefined): ZafraError {
  const who = owner ? `process ${owner.pid}` : 'another process'
  return new ZafraError(
    'workspace_owned',
    `${who} owns the workspace ${config.workspace}. Acting on it from a second shell comes with attach, in a later version: act there, or end it first`,
  )
}
