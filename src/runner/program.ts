import type { Readable } from 'node:stream'
import type { Clock } from '../domain/clock.ts'
import type { ErrorClass } from '../domain/error-class.ts'
import type { ScraperCommand } from './command.ts'
import { reapTagged } from './reap.ts'
import { starter, type Exit } from './starter.ts'
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

/**
 * Starts a program as leader of its own session, without a shell, without standard input, with `env` and
 * nothing else as its environment.
 */
export async function startProgram(
  command: ScraperCommand,
  options: { env: Record<string, string>; cwd: string; tag: string; clock: Clock },
): Promise<Program | { refused: ErrorClass; message: string }> {
  const { env, cwd, tag, clock } = options
  const began = clock.monotonic()
  const begun = await starter.start(command, { env, cwd })
  if ('message' in begun) {
    // Where the starter was lost, it may have been quick enough.
    await reapTagged(tag, 'whole', clock)
    return { refused: PASSING.has(begun.code) ? 'transient' : 'config', message: begun.message }
  }
  const { stdout, stderr, exit } = begun
  const tree = new ProcessTree({ ...begun, began }, tag, clock)
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
