import { once } from 'node:events'
import type { Readable } from 'node:stream'
import { execa } from 'execa'
import type { Clock } from '../domain/clock.ts'
import type { ErrorClass } from '../domain/error-class.ts'
import type { ScraperCommand } from './command.ts'
import { ProcessTree } from './tree.ts'

/** A scraper's first process, as it runs. */
export interface Program {
  stdout: Readable
  stderr: Readable
  tree: ProcessTree
  /** Resolves when the first process has ended; its descendants and streams may go on. */
  exit: Promise<Exit>
}

export interface Exit {
  exit_code: number | null
  signal: string | null
}

/** Errors of starting a program that another try may not meet: no process, memory or file to be had just now. */
const PASSING: ReadonlySet<unknown> = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE', 'ETXTBSY'])

/**
 * Starts a program as leader of its own session, without a shell, without standard input, with `env` and
 * nothing else as its environment.
 */
export async function startProgram(
  { file, args }: ScraperCommand,
  options: { env: Record<string, string>; cwd: string; tag: string; clock: Clock },
): Promise<Program | { refused: ErrorClass; message: string }> {
  const { env, cwd, tag, clock } = options
  const child = execa(file, args, {
    env,
    cwd,
    extendEnv: false,
    detached: true,
    stdin: 'ignore',
    buffer: false,
    reject: false,
  })
  if (child.pid === undefined) {
    const { code, shortMessage } = await child
    return {
      refused: PASSING.has(code) ? 'transient' : 'config',
      message: shortMessage ?? `cannot start ${file}`,
    }
  }
  const tree = new ProcessTree(child.pid, tag, clock)
  // In the very turn in which it is waited for, before anybody can use its numbers again.
  child.nodeChildProcess.once('exit', () => tree.leaderEnded())
  return {
    stdout: child.stdout,
    stderr: child.stderr,
    tree,
    // execa's own promise waits for the streams, which an escaped descendant can keep open for ever.
    exit: once(child.nodeChildProcess, 'exit').then(([exit_code, signal]) => ({ exit_code, signal })),
  }
}
