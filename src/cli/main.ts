import { ZafraError, reason, type ErrorCode } from '../domain/error.ts'
import { safe, safeJson } from '../domain/safe.ts'
import type { Command, Io, Verdict } from './command.ts'
import { allCommands, commandsFor } from './commands/index.ts'
import type { MakeParser } from './known-words.ts'
import { createParser } from './parser.ts'
import { systemClock } from './system-clock.ts'
import { version } from './package.ts'

/** What the scripts of `zafra completion` call the program with, before the words typed so far. */
const COMPLETE = '--get-yargs-completions'

/** cli.md, Exit status. What a code is not named for is a fault that was found: 1. */
const EXIT_STATUS: Partial<Record<ErrorCode, number>> = {
  usage: 2,
  config: 2,
  lists: 2,
  no_engine: 3,
  closing: 3,
  workspace_owned: 4,
  database: 5,
  storage: 5,
  interrupted: 130,
}

/** Runs the command line of this process and ends it. */
export async function main(): Promise<void> {
  const args = process.argv.slice(2)
  const io: Io = {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    clock: systemClock,
  }
  // Whoever read our output may have gone (a closed pipe, a lost terminal): that is no fault of a command.
  io.stdout.on('error', () => {})
  const status = await run(args, io)
  // A pipe takes what it is given at its own pace; leaving before it has would cut the answer.
  await new Promise<void>((resolve) => io.stdout.write('', () => resolve()))
  process.exit(status)
}

/** Runs a command line. Returns its exit status; whatever went wrong has been reported. */
export async function run(args: readonly string[], io: Io): Promise<number> {
  let running: Promise<Verdict | void> | undefined
  const parser = (commands: readonly Command[]) => (line: readonly string[]) =>
    createParser(commands, line, version(), io, (begun) => {
      running = begun
    })
  try {
    if (args[0] === COMPLETE) {
      const { complete } = await import('./complete.ts')
      for (const word of await complete(args.slice(1), io, parser(await allCommands())))
        io.stdout.write(`${word}\n`)
      return 0
    }
    await parser(await commandsFor(args))(args).parseAsync()
    return (await running) === 'failed' ? 1 : 0
  } catch (thrown) {
    const error = thrown instanceof ZafraError ? thrown : unexpected(thrown)
    const message = error.code === 'usage' ? await explained(error.message, args, parser) : error.message
    report(error, message, args, io)
    return EXIT_STATUS[error.code] ?? 1
  }
}

async function explained(
  message: string,
  args: readonly string[],
  parser: (commands: readonly Command[]) => MakeParser,
): Promise<string> {
  const { explain } = await import('./suggest.ts')
  return explain(message, args, parser(await allCommands()))
}

function report(error: ZafraError, message: string, args: readonly string[], io: Io): void {
  if (args.includes('--json')) {
    io.stdout.write(`${safeJson({ error: { code: error.code, message } })}\n`)
    return
  }
  const lines = message.split('\n').map(safe)
  if (error.code === 'usage')
    lines.push('zafra --help shows the commands, zafra COMMAND --help their options.')
  io.stderr.write(`zafra: ${lines.join('\n')}\n`)
  const verbose = args.includes('-v') || args.includes('--verbose')
  if (error.code === 'internal' || (verbose && error.cause !== undefined)) {
    io.stderr.write(`${causes(error).map(safe).join('\n')}\n`)
  }
}

function unexpected(thrown: unknown): ZafraError {
  return new ZafraError('internal', `a defect of Zafra: ${reason(thrown)}`, { cause: thrown })
}

/** The stack of an error and of everything that caused it, line by line. */
function causes(error: unknown): string[] {
  if (!(error instanceof Error)) return [String(error)]
  const own = (error.stack ?? error.message).split('\n')
  return error.cause === undefined ? own : [...own, 'caused by:', ...causes(error.cause)]
}
