import type { Config } from '../domain/config.ts'
import type { Clock } from '../domain/clock.ts'
import type { Engine } from '../domain/engine.ts'
import { ZafraError } from '../domain/error.ts'
import type { Reads } from '../domain/store.ts'
import { assemble, openPlanner, type Note, type OnReload, type Purpose } from './assemble.ts'
import { attachTo, engineOf, stateFolder, type Place } from './attach.ts'
import type { Io } from './command.ts'
import { lastingReader } from './lasting-reader.ts'
import { serve } from './serve.ts'
import { attachOrTake, takeWorkspace } from './take-workspace.ts'
import { version } from './package.ts'
import { exists } from './write-files.ts'

/** A view of the database, without an engine. */
export type Reader = Pick<Engine, 'query' | 'close'>

/**
 * The engine of the workspace: the one that runs, in whatever process, else one in this process, which takes the
 * workspace for as long as it is open.
 * @param note hears what was found and mended while opening
 * @param onReload hears how to make an engine in this process look at once at a configuration that has changed
 * @throws ZafraError `workspace_owned` while another process has it and cannot be reached; `no_engine` where nobody
 *   answers behind a socket; `config`; `database`
 */
export async function openEngine(
  place: Place,
  io: Pick<Io, 'clock' | 'env'>,
  note: Note,
  purpose: Purpose,
  onReload?: OnReload,
): Promise<Engine> {
  if ('socket' in place) return attachTo(place.socket, io.clock)
  const found = await attachOrTake(place, io.clock)
  if ('query' in found) return found
  try {
    const config = await place.config()
    const own = await assemble(config, io, note, purpose, onReload)
    const engine = purpose === 'act' ? own : await serve(own, config, io, note).catch(closing(own))
    return { ...engine, close: () => engine.close().finally(() => found.release()) }
  } catch (error) {
    found.release()
    throw error
  }
}

/**
 * The engine that runs, in another process.
 * @throws ZafraError `no_engine` where none does, `workspace_owned` where it cannot be reached
 */
export async function runningEngine(place: Place, clock: Clock): Promise<Engine> {
  if ('socket' in place) return attachTo(place.socket, clock)
  const found = await attachOrTake(place, clock, null)
  if ('query' in found) return found
  found.release()
  throw new ZafraError('no_engine', `no engine runs in ${place.workspace}; zafra run and zafra start one`)
}

function closing(engine: Engine): (error: unknown) => Promise<never> {
  return async (error) => {
    await engine.close()
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
 * What commands that only look are answered from: the engine that runs, else the last snapshot of the database and
 * the journal after it. The workspace stays free, so that looking never stands in the way of work; only what a dead
 * engine left behind is put right first.
 * @throws ZafraError `config`; `database`; `no_engine` where nobody answers behind a socket
 */
export async function openReader(place: Place, clock: Clock, note: Note): Promise<Reader> {
  if ('socket' in place) return attachTo(place.socket, clock)
  // Whether an engine runs is told by the first question; to ask for that alone would take as long as the answer.
  const engine = await engineOf(place, clock)
  return lastingReader(engine, async () => openSnapshotReader(await place.config(), clock, note))
}

async function openSnapshotReader(config: Config, clock: Clock, note: Note): Promise<Reader> {
  const [
    { openSnapshot, acquireLock, lockOwner },
    { createReader },
    { createLogReader },
    { createOutputReader },
    { createMachine },
    { createScheduler },
    { createComparer },
  ] = await Promise.all([
    import('../store/index.ts'),
    import('../engine/index.ts'),
    import('../runner/log-reader.ts'),
    import('../runner/output-reader.ts'),
    import('../runner/machine.ts'),
    import('../scheduler/index.ts'),
    import('../checks/index.ts'),
  ])
  const lock = acquireLock(stateFolder(config), null)
  try {
    if (lock && (await isLeftBehind(config, clock)))
      await (await assemble(config, { clock, env: {} }, note, 'mend')).close()
  } finally {
    lock?.release()
  }
  // Without an owner the lock is another one's who only looks.
  const owner = lock ? null : (lockOwner(stateFolder(config)) ?? null)
  const reads = await openSnapshot(config.database.path, clock)
  const logs = createLogReader()
  const reader = createReader({
    config,
    reads,
    // Loaded only where a plan, or one task, is asked for.
    planner: {
      plan: async (...of) => (await openPlanner(config)).plan(...of),
      names: async (codes) => (await openPlanner(config)).names(codes),
    },
    machine: createMachine(config.workspace),
    logs,
    outputs: createOutputReader(),
    comparer: createComparer(),
    clock,
    scheduler: createScheduler(),
    version: version(),
    owner,
  })
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
