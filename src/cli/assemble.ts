import type { Config } from '../domain/config.ts'
import type { Engine } from '../domain/engine.ts'
import type { Planner } from '../domain/plan.ts'
import type { Io } from './command.ts'
import { BUILTIN_SCRAPERS, version } from './package.ts'

/** Hears what a person should know, beside the answer. */
export type Note = (text: string) => void

export type OnReload = (look: () => void) => void

/**
 * What an engine in this process is opened for: `act`, one command and no more · `batch`, to see one to its end, while
 * other sessions attach · `stay`, until it is told to go: its schedules are followed as well.
 */
export type Purpose = 'act' | 'batch' | 'stay'

export async function openPlanner(config: Config): Promise<Planner> {
  const [{ createPlanner }, { scraperCommand }] = await Promise.all([
    import('../plan/planner.ts'),
    import('../runner/index.ts'),
  ])
  return createPlanner(config, {
    hasScraper: (name) => scraperCommand(config, BUILTIN_SCRAPERS, name) !== undefined,
  })
}

/**
 * An engine of all its parts; the caller holds the workspace.
 * @param purpose `mend`: only what a dead engine left behind is put right
 */
export async function assemble(
  config: Config,
  { clock, env }: Pick<Io, 'clock' | 'env'>,
  note: Note,
  purpose: Purpose | 'mend',
  onReload?: OnReload,
): Promise<Engine> {
  const [
    { openStore, createBackups },
    { createEngine, createCheckLines },
    { createRunner, createLogReader, createLogRetention, createMachine, createOutputReader },
    { createScheduler },
    { createMessenger },
    { createChecker, createComparer },
    { createCodeNames },
  ] = await Promise.all([
    import('../store/index.ts'),
    import('../engine/index.ts'),
    import('../runner/index.ts'),
    import('../scheduler/index.ts'),
    import('../notify/index.ts'),
    import('../checks/index.ts'),
    import('../plan/code-names.ts'),
  ])
  const { path, backup_dir, snapshot_interval, fsync } = config.database
  const store = await openStore({ path, backup_dir, snapshot_interval, fsync, clock })
  for (const notice of store.notices) note(notice)
  const comparer = createComparer()
  return createEngine({
    config,
    store,
    backups: createBackups(config.database, clock),
    runner: createRunner(config, {
      clock,
      builtinScrapers: BUILTIN_SCRAPERS,
      checker: createChecker(config, createCodeNames(config)),
    }),
    planner: await openPlanner(config),
    machine: createMachine(config.workspace),
    logs: createLogReader(),
    retention: createLogRetention(config, clock),
    outputs: createOutputReader(),
    comparer,
    digests: createCheckLines({ config, reads: store, comparer }),
    version: version(),
    clock,
    random: Math.random,
    scheduler: createScheduler(),
    schedules: purpose === 'stay',
    // Whoever only looks must not wait for what is to be told.
    messenger: purpose === 'mend' ? null : createMessenger(config, { clock, env }),
    ...(onReload && { onReload }),
    closing_stops_work: true,
  })
}
