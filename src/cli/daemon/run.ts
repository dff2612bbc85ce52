import type { Config } from '../../domain/config.ts'
import type { Engine } from '../../domain/engine.ts'
import { reason, ZafraError } from '../../domain/error.ts'
import { safe } from '../../domain/safe.ts'
import { otherProcess, placeOf } from '../attach.ts'
import type { Io } from '../command.ts'
import { openEngine } from '../open-engine.ts'
import { many } from '../words.ts'
import { drain } from './drain.ts'
import { liveConfig } from './live-config.ts'
import type { Logger } from './logger.ts'
import { dropRecord, writeRecord } from './record.ts'
import { reload } from './reload.ts'
import { daemonSignals } from './signals.ts'
import { createServiceManager } from './systemd.ts'
import { tell } from './tell.ts'

/** How long the engine may take to answer before it counts as not well. */
const ANSWER_MS = 10_000

export interface DaemonParts {
  io: Io
  /** Reads the configuration as it is now. @throws ZafraError `config` */
  load: () => Promise<Config>
  log: Logger
  /** Goes on in the log's file of that name. */
  reopenLog: () => void
}

/**
 * An engine without a terminal, until it is told to end. It follows the schedules and goes on with a batch that is not
 * finished: whoever has it restarted after a crash expects that.
 * @throws ZafraError `conflict` where another engine has the workspace; what opening an engine throws
 */
export async function runDaemon({ io, load, log, reopenLog }: DaemonParts): Promise<void> {
  const live = liveConfig(await load())
  const manager = createServiceManager(io.env, io.clock, (message) => log.warn(safe(message)))
  let look = () => {}
  let record = () => {}
  let reloading = Promise.resolve()
  const signals = daemonSignals(() => {
    reloading = reloading.then(readAgain)
  })
  async function readAgain(): Promise<void> {
    if (signals.end.aborted) return
    await manager.reloading()
    reopenLog()
    await reload(live, load, look, log)
    record()
    await manager.ready('working')
  }
  const note = (text: string) => log.warn(safe(text))
  const engine = await openEngine(placeOf(live.config), io, note, 'stay', (again) => (look = again))
  try {
    await refuseOther(engine)
    const stopTelling = tell(engine, log)
    record = recorder(live.config, io)
    record()
    await resumeUnfinished(engine, log)
    await manager.ready('working')
    log.info({ workspace: live.config.workspace }, 'ready')
    const stopWatching = manager.watch(() => isWell(engine, io))
    await once(signals.end)
    await reloading
    await manager.stopping('draining')
    await end(
      engine,
      { seconds: live.config.daemon.drain_timeout, clock: io.clock, hurry: signals.hurry },
      log,
    )
    stopWatching()
    stopTelling()
    dropRecord(live.config)
  } finally {
    await engine.close()
    signals.restore()
  }
  log.info('ended')
}

/** Writes down that this process is the daemon, and how long it may take to end. */
function recorder(config: Config, { clock }: Pick<Io, 'clock'>): () => void {
  const started_at = clock.now().toISOString()
  return () => {
    const { drain_timeout } = config.daemon
    writeRecord(config, { pid: process.pid, started_at, drain_timeout, grace: config.execution.grace })
  }
}

async function refuseOther(engine: Engine): Promise<void> {
  const other = await otherProcess(engine)
  if (other === null) return
  throw new ZafraError('conflict', `process ${other} has the workspace already; zafra status shows its work`)
}

async function resumeUnfinished(engine: Engine, log: Logger): Promise<void> {
  const { engine: own, batch } = await engine.query({ type: 'overview' })
  if (own.state !== 'interrupted' || !batch) return
  try {
    const { batch_id, tasks } = await engine.execute({ type: 'resume_batch' })
    log.info({ batch: batch_id, tasks }, `goes on with batch ${batch_id}: ${many(tasks, 'task')} left`)
  } catch (error) {
    log.error({ batch: batch.batch_id }, `batch ${batch.batch_id} is not resumed: ${safe(reason(error))}`)
  }
}

async function end(engine: Engine, until: Parameters<typeof drain>[1], log: Logger): Promise<void> {
  log.info({ drain_timeout: until.seconds }, 'told to end: lets what runs end')
  const how = await drain(engine, until)
  if (how === 'drained') log.info('nothing runs any more')
  else if (how === 'late')
    log.warn(`what still runs after ${until.seconds} s is stopped; its tasks go on later`)
  else log.warn('told once more: what runs is stopped; its tasks go on later')
}

/** Whether the engine answers out of its database, in time. */
async function isWell(engine: Engine, { clock }: Pick<Io, 'clock'>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>()
  const cancel = clock.after(ANSWER_MS, () => resolve(false))
  engine.query({ type: 'batches', offset: 0, limit: 1 }).then(
    () => resolve(true),
    () => resolve(false),
  )
  return promise.finally(cancel)
}

function once(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    signal.addEventListener('abort', () => resolve())
  })
}
