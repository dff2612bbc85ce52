import { recoveredPart } from './progress-lines.ts'
import type { Engine } from '../domain/engine.ts'
import { ZafraError } from '../domain/error.ts'
import { suspectLines, suspectSites } from './suspects.ts'
import type { SuspectBatch } from '../domain/suspect.ts'
import type { Config } from '../domain/config.ts'
import { absentText } from '../domain/plan.ts'
import type { BatchView } from '../domain/query.ts'
import { safe, safeDeep } from '../domain/safe.ts'
import { FAILED, type Task, type TaskStatus } from '../domain/task.ts'
import { isUnreachable, otherProcess, placeOf } from './attach.ts'
import type { Io, Verdict } from './command.ts'
import { openEngineLog } from './engine-log.ts'
import { follow, type FollowEnd } from './follow.ts'
import { lastingReader } from './lasting-reader.ts'
import { openReader, type Reader } from './open-engine.ts'
import type { Look } from './look.ts'
import type { Output } from './output.ts'
import { cause } from './progress-lines.ts'
import { combination, count, countsText, duration, many } from './words.ts'

/** How many failures the last words name. */
const NAMED_FAILURES = 20

/** How to go on in a workspace of one's own. */
export const GO_ON = 'zafra resume goes on with it'

/** What ends the work, and what does not; for the help. */
export const WITHOUT_TERMINAL =
  'Ctrl-C once lets what runs end, twice stops it. Ctrl-Z holds nothing up: the TUI asks first, lines go on. ' +
  'When the terminal is gone the work goes on to the end of the batch, told in logs/engine.log.'

/** `gone`: the other process that did the work does not answer any more. */
type WatchEnd = FollowEnd | 'gone'

/** Where a harvest is watched. */
export interface Watching {
  /** Null where only the engine behind a socket knows its workspace. */
  config: Config | null
  output: Output
  io: Io
  /** Of the TUI; absent: as the terminal says. */
  look?: Look
  /** Lines even on a terminal. */
  headless: boolean
  /** Whether the workspace goes when all went well, and its files with it. */
  temporary?: boolean
  /** For the person: how to go on with a batch that was left unfinished. */
  goOn: string
}

/**
 * Sees a batch that has just been started to its end, in the TUI or line by line, and sums it up. When the
 * terminal is gone the rest is told in engine.log. The engine stays open.
 * @throws ZafraError `interrupted` where it was left unfinished, `no_engine` where the process that did it is gone
 */
export async function harvest(engine: Engine, batch_id: string, watching: Watching): Promise<Verdict> {
  const { output, io, goOn } = watching
  const other = await otherProcess(engine)
  const end = canShowTui(watching)
    ? await watch(engine, watching)
    : await follow(engine, batch_id, output, io.clock, () => toEngineLog(watching))
  if (end === 'stopped') {
    throw new ZafraError('interrupted', `batch ${batch_id} was stopped; ${goOn}`)
  }
  if (end === 'detached') {
    throw new ZafraError('interrupted', `batch ${batch_id} goes on in process ${other}; zafra attaches to it`)
  }
  const { batch, failed, skipped, sites } = await outcome(engine, batch_id, watching)
  if (end === 'gone' && batch.status === 'running') {
    throw new ZafraError(
      'no_engine',
      `process ${other} does not answer any more; batch ${batch_id} is not finished, ${goOn}`,
    )
  }
  const suspect = { outputs: batch.outputs.suspect, sites }
  if (output.json) output.document({ batch, failed, skipped, suspect })
  else {
    sumUp(safeDeep({ batch, failed, skipped, sites }), watching)
    for (const line of suspectLines({ batch_id, sites: safeDeep(sites) })) output.line(line)
  }
  if (end === 'drained') {
    throw new ZafraError('interrupted', `batch ${batch_id} is drained, not finished; ${goOn}`)
  }
  const whole = batch.counts.completed === batch.total_tasks && batch.absent_sites.length === 0
  return whole && batch.outputs.suspect === 0 ? 'done' : 'failed'
}

/** Whether a person sits at a terminal that can show the TUI. */
export function canShowTui({ output, io, headless }: Pick<Watching, 'output' | 'io' | 'headless'>): boolean {
  return (
    !headless &&
    !output.json &&
    io.stdin.isTTY &&
    io.stdout.isTTY &&
    io.env['TERM'] !== 'dumb' &&
    !io.env['CI']
  )
}

/** The TUI until the operator leaves it. What drains, or loses its terminal, goes on line by line. */
export async function watch(
  engine: Engine,
  watching: Pick<Watching, 'config' | 'output' | 'io' | 'look'>,
): Promise<WatchEnd> {
  const { output, io, look } = watching
  const { openTui } = await import('../tui/index.ts')
  const other = await otherProcess(engine)
  const { why } = await openTui(engine, { ...io, ...look })
  if (other !== null) return why === 'quit' ? leave(engine) : 'detached'
  if (why === 'signal') return 'stopped'
  const lost = () => toEngineLog(watching)
  if (why === 'hangup') lost()
  const { batch, running, engine: own } = await engine.query({ type: 'overview' })
  if (batch?.status !== 'running') return 'finished'
  const inHand = own.state !== 'interrupted' && own.state !== 'idle'
  if (inHand && (why === 'hangup' || own.state === 'draining')) {
    // Nobody is there to lift the pause.
    if (own.state === 'paused') await engine.execute({ type: 'drain' })
    return follow(engine, batch.batch_id, output, io.clock, lost)
  }
  return running.length > 0 ? 'stopped' : 'drained'
}

/** How the engine of another process is left to itself. */
async function leave(engine: Engine): Promise<WatchEnd> {
  try {
    const { batch } = await engine.query({ type: 'overview' })
    return batch?.status === 'running' ? 'detached' : 'finished'
  } catch (error) {
    return isUnreachable(error) ? 'gone' : 'detached'
  }
}

/** The terminal is gone, or whoever read our output; the work goes on. */
function toEngineLog({ config, output, io }: Pick<Watching, 'config' | 'output' | 'io'>): void {
  if (!config) return
  output.moveTo(() => {
    const log = openEngineLog(config.paths.logs, io.clock)
    log(`process ${process.pid} goes on without a terminal`)
    return log
  })
}

interface Outcome {
  batch: BatchView
  failed: readonly Task[]
  /** Those with suspect outputs that wait for the operator. */
  sites: SuspectBatch['sites']
  skipped: readonly Task[]
}

/** How a batch ended; where the process that did the work has gone meanwhile, the database tells. */
async function outcome(engine: Reader, batch_id: string, watching: Watching): Promise<Outcome> {
  const { config, output, io } = watching
  const open = () => {
    if (config) return openReader(placeOf(config), io.clock, output.note)
    throw new ZafraError(
      'no_engine',
      `the engine that could tell of batch ${batch_id} does not answer any more`,
    )
  }
  const reader = lastingReader({ ...engine, close: async () => {} }, async () => open())
  try {
    const { batch, sites } = await reader.query({ type: 'overview', batch_id })
    if (!batch) throw new ZafraError('internal', `batch ${batch_id} has gone`)
    const [failed, skipped] = [
      await some(reader, batch_id, FAILED),
      await some(reader, batch_id, ['skipped']),
    ]
    return { batch, failed, skipped, sites: suspectSites(sites) }
  } finally {
    await reader.close()
  }
}

/** The first tasks of the batch in one of these states. */
async function some(
  engine: Pick<Reader, 'query'>,
  batch: string,
  status: readonly TaskStatus[],
): Promise<Task[]> {
  const filter = { batch, status }
  const { tasks } = await engine.query({ type: 'tasks', filter, offset: 0, limit: NAMED_FAILURES })
  return tasks
}

function sumUp({ batch, failed, skipped }: Outcome, { config, output, temporary }: Watching): void {
  const { colour } = output
  output.line()
  output.line(
    `${colour.bold(batch.batch_id)} ${batch.status} in ${duration(batch.elapsed_s)}: ${[countsText(batch.counts), ...recoveredPart(batch), many(batch.rows, 'row')].join('; ')}`,
  )
  for (const absent of batch.absent_sites) output.line(`  ${colour.red('missing')}  ${absentText(absent)}`)
  for (const task of failed) {
    output.line(
      `  ${colour.red('failed')}  ${task.id}  ${task.scraper_name} ${combination(task)}  ${cause(task)}`,
    )
  }
  const more = batch.counts.permanently_failed + batch.counts.failed - failed.length
  if (more > 0) output.line(`  and ${count(more)} more: zafra tasks --status permanently_failed`)
  for (const task of skipped) {
    const what = `${task.id}  ${task.scraper_name} ${combination(task)}`
    output.line(`  ${colour.yellow('skipped')}  ${what}  ${task.error_message ?? ''}`)
  }
  const left_out = batch.counts.skipped - skipped.length
  if (left_out > 0) output.line(`  and ${count(left_out)} more: zafra tasks --status skipped`)
  if (config && (!temporary || batch.counts.completed < batch.total_tasks))
    output.line(`Files: ${safe(config.paths.data)}`)
}
