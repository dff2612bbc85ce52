import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { isAbsolute } from 'node:path'
import type { Readable } from 'node:stream'
import type { Clock } from '../domain/clock.ts'
import type { ErrorClass } from '../domain/error-class.ts'
import type { ScraperCommand } from './command.ts'
import { reapTagged } from './reap.ts'
import { starter, type Exit, type Refused, type Started } from './starter.ts'
import { ProcessTree } from './tree.ts'

/** A scraper's first process, as it runs. */
export interface Program {
  stdout: Readable
  stderr: Readable
  tree: ProcessTree
  /** Resolves when the first process has ended; its descendants and streams may go on. */
  exit: Promise<Exit>
}

/** Errors of starting a program that another try may not meet: no process, memory or file to be had just now. */
const PASSING: ReadonlySet<unknown> = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE', 'ETXTBSY'])

/** Milliseconds before each further try after such an error: to fail at once would use up task after task. */
const PAUSES = [100, 1000, 4000, 15_000, 40_000]

/** Bytes that the kernel reads of a script's first line. */
const LONGEST_FIRST_LINE = 256

interface Start {
  env: Record<string, string>
  cwd: string
  tag: string
  clock: Clock
  /** Aborted: what has not begun need not be tried again. */
  stop: AbortSignal | undefined
}

/**
 * Starts a program as leader of its own session, without a shell, without standard input, with `env` and
 * nothing else as its environment. Where there is no room for it just now, it is tried for a minute.
 */
export async function startProgram(
  command: ScraperCommand,
  options: Start,
): Promise<Program | { refused: ErrorClass; message: string }> {
  const { tag, clock } = options
  const begun = await begin(command, options)
  if ('message' in begun) {
    if (PASSING.has(begun.code)) return { refused: 'transient', message: begun.message }
    return { refused: 'config', message: whyNot(command.file, begun) }
  }
  const { stdout, stderr, exit } = begun
  const tree = new ProcessTree(begun, tag, clock)
  return {
    stdout,
    stderr,
    tree,
    exit: exit.then((end) => {
      tree.leaderEnded()
      return end
    }),
  }
}

/** `began`: before it was there, as `Clock.monotonic`. */
async function begin(
  command: ScraperCommand,
  { env, cwd, tag, clock, stop }: Start,
): Promise<(Started & { began: number }) | Refused> {
  for (let tries = 0; ; tries++) {
    const began = clock.monotonic()
    const begun = await starter.start(command, { env, cwd })
    if (!('message' in begun)) return { ...begun, began }
    // Where the starter was lost, it may have been quick enough.
    await reapTagged(tag, 'whole', clock)
    const pause = PASSING.has(begun.code) ? PAUSES[tries] : undefined
    if (pause === undefined || stop?.aborted) return begun
    await new Promise<void>((resolve) => {
      const callOff = clock.after(pause, resolve)
      const giveUp = () => {
        callOff()
        resolve()
      }
      stop?.addEventListener('abort', giveUp, { once: true })
    })
    if (stop?.aborted) return begun
  }
}

/** What is wrong with the program, in place of the system's words, which name the script where its interpreter is missing. */
function whyNot(file: string, { code, message }: Refused): string {
  const found = isAbsolute(file) && existsSync(file)
  if (code === 'EACCES')
    return `${file} cannot be started: it is not executable, or its folder is not accessible`
  if (code !== 'ENOENT') return message
  if (!found) return `${file} cannot be started: the program is missing`
  return `${file} cannot be started: its interpreter ${interpreterOf(file) ?? 'or loader'} is missing`
}

/** As the first line of a script names it. */
function interpreterOf(file: string): string | undefined {
  try {
    return /^#!\s*(\S+)/.exec(readBeginning(file))?.[1]
  } catch {
    return undefined
  }
}

function readBeginning(file: string): string {
  const opened = openSync(file, 'r')
  try {
    const bytes = Buffer.alloc(LONGEST_FIRST_LINE)
    return bytes.toString('utf8', 0, readSync(opened, bytes))
  } finally {
    closeSync(opened)
  }
}
