import { finished } from 'node:stream/promises'
import type { Clock } from '../../domain/clock.ts'
import { ZafraError } from '../../domain/error.ts'
import type { ScraperCommand } from '../../runner/command.ts'
import { LineCutter } from '../../runner/lines.ts'
import { allProcesses, carriesTag } from '../../runner/processes.ts'
import { startProgram, type Program } from '../../runner/program.ts'
import { parseMessage, type Message } from '../../runner/protocol.ts'
import { createRedactor } from '../../runner/redact.ts'
import type { Exit } from '../../runner/starter.ts'
import { onInterrupt } from '../interrupts.ts'

/** A line that a scraper wrote. */
export interface Line {
  stream: 'out' | 'err'
  text: string
  /** Undefined for a log line. */
  message: Message | undefined
}

/** One run of a scraper, told from outside. */
export interface Trial {
  lines: Line[]
  exit: Exit
  /** Whether it was stopped because its time was over. */
  overtime: boolean
  /** Seconds from being asked to stop until its first process had ended; null where it was not asked. */
  stopping: number | null
  /** Whether it had to be killed because it did not stop in its grace. */
  killed: boolean
  /** How many of its processes were there when its first one had ended. */
  left: number
}

export interface TrialOptions {
  command: ScraperCommand
  env: Record<string, string>
  cwd: string
  clock: Clock
  /** Seconds it may take, and seconds it has for stopping. */
  limit: number
  grace: number
  /** Aborted: stop it, as an operator does. */
  stop?: AbortSignal
  onLine?: (line: Line, kill: () => void) => void
}

/** Of the lines of one run; who writes more says nothing new. */
const MAX_LINES = 100_000
/** Milliseconds in which what ends together with the first process may end. */
const AFTER = 1000
const PAUSE = 20
const LINGER = 2000

/**
 * Runs a program to its end under the environment given, and leaves no process of it behind.
 * @throws ZafraError `scraper` where it cannot be started; `interrupted` where the operator stopped us meanwhile
 */
export async function tryScraper(options: TrialOptions): Promise<Trial> {
  const interrupted = new AbortController()
  const interrupt = () => interrupted.abort()
  // Before there is a process that could be left behind.
  const signals = onInterrupt({
    onFirst: interrupt,
    onStop: interrupt,
    onSuspend: () => {},
    onHangup: interrupt,
  })
  const stop = AbortSignal.any([interrupted.signal, ...(options.stop ? [options.stop] : [])])
  const trial = await tryUninterrupted({ ...options, stop }).finally(() => signals.restore())
  if (interrupted.signal.aborted)
    throw new ZafraError('interrupted', 'stopped; nothing of the scraper is left')
  return trial
}

async function tryUninterrupted(options: TrialOptions): Promise<Trial> {
  const { command, env, cwd, clock, grace, stop } = options
  const tag = env['ZAFRA_RUN'] ?? ''
  const program = await startProgram(command, { env, cwd, tag, clock, stop })
  if ('refused' in program)
    throw new ZafraError('scraper', `${command.file} cannot be started: ${program.message}`)
  const { tree } = program
  const lines: Line[] = []
  const streams = listen(program, (line) => {
    if (lines.length < MAX_LINES) lines.push(line)
    options.onLine?.(line, () => void tree.stop(0))
  })
  const stops = stopper(tree, clock, grace)
  const exit = await supervise(program, options, stops)
  const stopping = stops.seconds()
  const left = await outliving(tag, clock)
  await tree.stop(0)
  await tree.clear()
  // A stranger can keep them open.
  const giveUp = clock.after(LINGER, () => {
    program.stdout.destroy()
    program.stderr.destroy()
  })
  await streams
  giveUp()
  const why = stops.why()
  const killed = why !== null && exit.signal === 'SIGKILL'
  return { lines, exit, overtime: why === 'overtime', stopping, killed, left }
}

/** Waits for its end, and stops it when its time is over or that is asked for. */
async function supervise(
  program: Program,
  { clock, limit, stop }: TrialOptions,
  stops: ReturnType<typeof stopper>,
): Promise<Exit> {
  const callOff = clock.after(limit * 1000, () => stops.now('overtime'))
  const onStop = () => stops.now('asked')
  stop?.addEventListener('abort', onStop, { once: true })
  if (stop?.aborted) onStop()
  const exit = await program.exit
  callOff()
  stop?.removeEventListener('abort', onStop)
  return exit
}

/** Resolves when both streams have ended. */
async function listen({ stdout, stderr }: Program, onLine: (line: Line) => void): Promise<void> {
  const redactor = createRedactor([], {})
  const ended = (
    [
      ['out', stdout],
      ['err', stderr],
    ] as const
  ).map(([stream, source]) => {
    const cutter = new LineCutter(redactor, (bytes) => {
      const message = stream === 'out' ? parseMessage(bytes) : undefined
      onLine({ stream, text: bytes.toString(), message })
    })
    source.on('data', (chunk: Buffer) => cutter.push(chunk))
    // It may have ended before it came to us.
    return finished(source, { writable: false })
      .catch(() => {})
      .then(() => cutter.end())
  })
  await Promise.all(ended)
}

type Why = 'overtime' | 'asked'

function stopper(tree: Program['tree'], clock: Clock, grace: number) {
  let asked: { at: number; why: Why } | null = null
  return {
    now(why: Why) {
      if (asked) return
      asked = { at: clock.monotonic(), why }
      void tree.stop(grace * 1000)
    },
    why: () => asked?.why ?? null,
    seconds: () => asked && (clock.monotonic() - asked.at) / 1000,
  }
}

/** How many processes carry the tag, once those had their moment that end with the first one. */
async function outliving(tag: string, clock: Clock): Promise<number> {
  for (const from = clock.monotonic(); ; await new Promise<void>((go) => clock.after(PAUSE, go))) {
    const left = (await allProcesses()).filter(({ pid }) => carriesTag(pid, tag, 'whole')).length
    if (left === 0 || clock.monotonic() - from > AFTER) return left
  }
}
