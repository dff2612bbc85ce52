import type { Checked, Checker } from '../domain/check.ts'
import { sqlTime, type Clock } from '../domain/clock.ts'
import type { Config } from '../domain/config.ts'
import { reason } from '../domain/error.ts'
import { NO_REPORT } from '../domain/list-report.ts'
import type { Progress } from '../domain/query.ts'
import type { AttemptResult, AttemptSpec, RunningAttempt, StopReason, Usage } from '../domain/runner.ts'
import { scraperCommand } from './command.ts'
import { scraperEnvironment } from './environment.ts'
import { Intake } from './intake.ts'
import { LogWriter } from './log-writer.ts'
import { acceptOutput, outputFiles, prepareOutput, type OutputFiles, type OutputVerdict } from './output.ts'
import { startProgram, type Program } from './program.ts'
import { ProgressFeed } from './progress.ts'
import type { MemoryGroup } from './memory-group.ts'
import type { Redactor } from './redact.ts'
import type { Exit } from './starter.ts'
import { StateFile } from './state-file.ts'
import { failure, judge, type Judged } from './verdict.ts'
import type { Watch } from './watch.ts'
import type { WorkFolders } from './work-folders.ts'

/** What all attempts of a runner share. */
export interface Surroundings {
  config: Config
  clock: Clock
  watch: Watch
  workFolders: WorkFolders
  builtinScrapers: string
  checker: Checker
  /** Our own environment. */
  environment: NodeJS.ProcessEnv
  redactor: Redactor
  memoryGroup: MemoryGroup
}

/** One attempt's own things. */
interface Attempt {
  spec: AttemptSpec
  files: OutputFiles
  /** Seconds. */
  timeout: number
  log: LogWriter
  intake: Intake
  onUsage: (usage: Usage) => void
  peak: Usage | null
  /** What the memory group had counted before. */
  kills: number
  /** Aborted with a StopReason as its reason; a second abort changes nothing. */
  stopping: AbortController
}

export function startAttempt(
  around: Surroundings,
  spec: AttemptSpec,
  onProgress: (progress: Progress) => void,
  onUsage: (usage: Usage) => void,
): RunningAttempt {
  const { config, clock } = around
  const files = outputFiles(spec.output_file)
  const log = new LogWriter(spec.log_file, config.logs.max_bytes_per_attempt, clock, () => intake.resume())
  const intake = new Intake({
    log,
    progress: new ProgressFeed(clock, onProgress),
    state: new StateFile(files.state, files.partial),
  })
  const attempt: Attempt = {
    spec,
    files,
    timeout: config.scrapers[spec.task.scraper_name]?.timeout ?? config.execution.timeout,
    log,
    intake,
    onUsage,
    peak: null,
    kills: around.memoryGroup.kills(),
    stopping: new AbortController(),
  }
  return { stop: (why) => attempt.stopping.abort(why), done: run(around, attempt) }
}

const UNKNOWN: Exit = { exit_code: null, signal: null }

/** All but what is measured meanwhile. */
type Ended = Omit<AttemptResult, 'peak'>

async function run(around: Surroundings, attempt: Attempt): Promise<AttemptResult> {
  const { log } = attempt
  const ended = await inPlace(around, attempt).catch((thrown) =>
    unstarted(failure('internal', reason(thrown))),
  )
  const result = { ...withoutSecrets(ended, around.redactor), peak: attempt.peak }
  log.note(describe(result))
  await log.close()
  return result
}

/** An error may quote what was never a line of the scraper's: the command that could not be started. */
function withoutSecrets(result: Ended, redactor: Redactor): Ended {
  if (!result.error) return result
  const message = redactor.maskText(result.error.message)
  const url = result.error.url && redactor.maskText(result.error.url)
  return { ...result, error: { ...result.error, message, url } }
}

async function inPlace(around: Surroundings, attempt: Attempt): Promise<Ended> {
  // Synchronous, as starting a process is: many times quicker than by way of the thread pool.
  const goesOn = prepareOutput(attempt.files, around.config.paths.data)
  const workFolder = around.workFolders.take()
  try {
    const program = await start(around, attempt, workFolder)
    if (!('outcome' in program)) return await supervise(around, attempt, program, goesOn)
    const stopped = stopReason(attempt)
    return stopped ? verdict(around, attempt, UNKNOWN, stopped, null) : program
  } finally {
    // A folder that cannot be emptied must not change how the attempt ended.
    await around.workFolders.giveBack(workFolder).catch((thrown) => attempt.log.note(reason(thrown)))
  }
}

async function start(around: Surroundings, attempt: Attempt, workFolder: string): Promise<Program | Ended> {
  const { config, clock, builtinScrapers } = around
  const { spec, files, timeout, log } = attempt
  const name = spec.task.scraper_name
  const command = scraperCommand(config, builtinScrapers, name)
  if (!command) {
    const remedy = `put a program into scrapers/ under that name or set scrapers.${name}.command in zafra.yaml`
    return unstarted(failure('config', `there is no scraper "${name}"; ${remedy}`))
  }
  const deadline = new Date(clock.now().getTime() + timeout * 1000)
  const env = scraperEnvironment(config, spec, { files, workFolder, deadline }, around.environment)
  const line = [command.file, ...command.args].join(' ')
  log.note(`attempt ${spec.number} of task ${spec.task.id}: ${around.redactor.maskText(line)}`)
  const stop = attempt.stopping.signal
  const program = await startProgram(command, { env, cwd: workFolder, tag: spec.tag, clock, stop })
  return 'refused' in program ? unstarted(failure(program.refused, program.message)) : program
}

/** @param goesOn whether it may go on from where an earlier attempt was, so that its own time says nothing */
async function supervise(
  around: Surroundings,
  attempt: Attempt,
  program: Program,
  goesOn: boolean,
): Promise<Ended> {
  const { clock } = around
  const { files, intake } = attempt
  intake.read(program.stdout, 'out', around.redactor)
  intake.read(program.stderr, 'err', around.redactor)
  const release = enforce(around, attempt, program)
  const started = clock.monotonic()
  const exit = await program.exit
  const seconds = goesOn ? null : (clock.monotonic() - started) / 1000
  // A stop that comes later has nothing left to stop.
  const stopped = stopReason(attempt)
  release()
  await program.tree.clear()
  await intake.end(clock)
  const done = exit.exit_code === 0 && !stopped
  const check = around.config.checks.enabled ? () => checkOutput(around, attempt, seconds) : null
  const output = done ? await acceptOutput(files, intake.result?.complete ?? false, check) : null
  // Checking a large file takes time, in which it may be told to stop.
  const late = output && 'refused' in output ? stopReason(attempt) : null
  return verdict(around, attempt, exit, stopped ?? late, output)
}

function checkOutput(
  { checker, clock }: Surroundings,
  { spec, files, intake, stopping }: Attempt,
  seconds: number | null,
): Promise<Checked> {
  const { task, mode, history } = spec
  const { result } = intake
  const report = result?.report ?? NO_REPORT
  const expected = report.expected ?? intake.expected ?? intake.metrics.get('expected') ?? null
  return checker.check(
    {
      file: files.partial,
      quarantine: files.quarantine,
      task,
      mode,
      at: sqlTime(clock.now()),
      complete: result?.complete ?? null,
      said: result?.rows ?? null,
      report: { ...report, expected },
      seconds,
      history,
    },
    stopping.signal,
  )
}

/** Stops the program when that is asked for or a limit is reached, until the returned function is called. */
function enforce(around: Surroundings, attempt: Attempt, { tree }: Program): () => void {
  const { config, clock, watch } = around
  const { stopping, timeout } = attempt
  const { grace, memory_limit } = config.execution
  const stop = () => void tree.stop(grace * 1000)
  if (stopping.signal.aborted) stop()
  else stopping.signal.addEventListener('abort', stop, { once: true })
  const callOff = clock.after(timeout * 1000, () => stopping.abort('timeout'))
  const unwatch = watch.add(tree, (usage) => {
    if (memory_limit > 0 && usage.memory_bytes > memory_limit) stopping.abort('memory')
    attempt.peak = most(attempt.peak, usage)
    attempt.onUsage(usage)
  })
  return () => {
    stopping.signal.removeEventListener('abort', stop)
    callOff()
    unwatch()
  }
}

function most(peak: Usage | null, { cpu_percent, memory_bytes }: Usage): Usage {
  return {
    cpu_percent: Math.max(peak?.cpu_percent ?? 0, cpu_percent),
    memory_bytes: Math.max(peak?.memory_bytes ?? 0, memory_bytes),
  }
}

function stopReason({ stopping }: Attempt): StopReason | null {
  return stopping.signal.aborted ? (stopping.signal.reason as StopReason) : null
}

function verdict(
  { config, memoryGroup }: Surroundings,
  { intake, timeout, kills }: Attempt,
  exit: Exit,
  stopped: StopReason | null,
  output: OutputVerdict | null,
): Ended {
  const judged = judge({
    ...exit,
    stopped,
    limits: { timeout, memory: config.execution.memory_limit },
    out_of_memory: memoryGroup.kills() > kills ? { limit: memoryGroup.limit() } : null,
    error: intake.error,
    output,
    last_error_line: intake.lastErrorLine,
    error_tail: intake.errorTail,
  })
  const retry_after = judged.outcome === 'completed' ? null : intake.retryAfter
  return { ...exit, ...judged, metrics: Object.fromEntries(intake.metrics), retry_after }
}

/** The result of an attempt of which no process ever ran. */
function unstarted(judged: Judged): Ended {
  return { ...UNKNOWN, ...judged, metrics: {}, retry_after: null }
}

function describe({ outcome, error, output, exit_code, signal }: Ended): string {
  const end = signal ?? (exit_code === null ? 'no exit status' : `exit status ${exit_code}`)
  if (error) return `${outcome} (${end}, ${error.class}): ${error.message}`
  return output ? `${outcome} (${end}): ${output.rows} rows, ${output.bytes} bytes` : `${outcome} (${end})`
}
