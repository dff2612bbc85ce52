import yargs, { type Argv } from 'yargs'
import { ZafraError } from '../domain/error.ts'
import type { Begin, Command, Globals, Io } from './command.ts'

/** What may hold several values. */
const LISTS: ReadonlySet<string> = new Set(['_', '--', 'ids', 'status', 'check'])

/** A command line of these commands. @throws (while parsing) ZafraError `usage` */
export function createParser(
  commands: readonly Command[],
  args: readonly string[],
  version: string,
  io: Io,
  begin: Begin,
): Argv<Globals> {
  const parser: Argv<Globals> = yargs([...args], io.cwd)
    .scriptName('zafra')
    .usage('$0 <command>\n\nHarvests the URL lists of a workspace, site by site, and shows it live.')
    .option('workspace', {
      alias: 'w',
      type: 'string',
      requiresArg: true,
      describe: 'folder with zafra.yaml',
    })
    .option('socket', {
      type: 'string',
      requiresArg: true,
      describe: 'attach to the engine behind this socket, wherever its workspace is',
    })
    .option('quiet', { alias: 'q', type: 'boolean', describe: 'the answer and errors only' })
    .option('verbose', { alias: 'v', type: 'boolean', describe: 'say more, causes of errors included' })
    .option('color', { type: 'boolean', describe: 'colours; --no-color for none' })
    .conflicts('quiet', 'verbose')
    .conflicts('socket', 'workspace')
    .check(onceEach, true)
    .version(version)
    .help()
    .alias('help', 'h')
    .locale('en')
    .wrap(Math.min(io.stdout.columns || 100, 110))
    .strict()
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      // Without a message something else than the command line is wrong.
      throw message === null || error instanceof ZafraError ? error : new ZafraError('usage', message)
    })
    .epilogue('zafra COMMAND --help shows a command with examples.')
  for (const add of commands) add(parser, io, begin)
  return parser
}

/** yargs makes a list of an option that is given twice, also of one that takes a single value. */
function onceEach(options: Record<string, unknown>): true {
  const twice = Object.keys(options).find((name) => Array.isArray(options[name]) && !LISTS.has(name))
  if (twice !== undefined) throw new ZafraError('usage', `--${twice} can be given only once`)
  return true
}
