import type { ArgumentsCamelCase, Argv } from 'yargs'
import type { Clock } from '../domain/clock.ts'
import { createOutput, type Output, type OutputOptions } from './output.ts'

/** `failed`: it was done, but tasks failed or checks found faults (cli.md, Exit status 1). */
export type Verdict = 'done' | 'failed'

/** The process as commands see it. */
export interface Io {
  stdin: NodeJS.ReadStream
  stdout: NodeJS.WriteStream
  stderr: NodeJS.WriteStream
  env: NodeJS.ProcessEnv
  cwd: string
  clock: Clock
}

/** Options that every command takes. */
export interface Globals extends OutputOptions {
  workspace?: string | undefined
  /** Of an engine, instead of a workspace. */
  socket?: string | undefined
}

export interface CommandSpec<A> {
  /** As yargs reads it: name and positionals. */
  command: string | string[]
  describe: string
  /** Command line and what it does. */
  examples: readonly (readonly [string, string])[]
  options(yargs: Argv<Globals>): Argv<A>
  run(options: ArgumentsCamelCase<A>, output: Output, io: Io): Promise<Verdict | void>
}

/** Adds the command to a parser. `begin` is given what goes on when it is the one that the command line means. */
export type Command = (yargs: Argv<Globals>, io: Io, begin: Begin) => void

export type Begin = (running: Promise<Verdict | void>) => void

export function command<A extends Globals>(spec: CommandSpec<A>): Command {
  return (yargs, io, begin) => {
    yargs.command(
      spec.command,
      spec.describe,
      (own) => spec.options(own).example(spec.examples.map(([line, text]) => [line, text])),
      // Of a promise yargs would think that it may need the help later, and write all of it first.
      (options) => begin(spec.run(options, createOutput(io, options), io)),
    )
  }
}

/** Several commands behind one word: `zafra db backup`. */
export function group(name: string, describe: string, commands: readonly Command[]): Command {
  return (yargs, io, begin) => {
    yargs.command(name, describe, (own) => {
      for (const add of commands) add(own, io, begin)
      return own.demandCommand(1, `say what to do: zafra ${name} --help shows what there is`)
    })
  }
}

/** Adds `--json` and `--no-header`, for commands that print facts. */
export function facts<T>(yargs: Argv<T>) {
  return yargs.option('json', { type: 'boolean', describe: 'one JSON document' }).option('header', {
    type: 'boolean',
    default: true,
    describe: 'piped lines begin with the column names; --no-header for none',
  })
}

/** As long as a page of the engine. */
const MOST = 1000

/** Adds `--count`, for commands that print the first of many. */
export function counted<T>(yargs: Argv<T>, usual: number) {
  return yargs
    .option('count', { type: 'number', default: usual, describe: 'how many' })
    .check(
      ({ count }) =>
        (Number.isInteger(count) && count >= 1 && count <= MOST) ||
        `--count is a whole number from 1 to ${MOST}`,
    )
}
